"""Looks for secrets in files as they could lie there: in every usual encoding, and inside what compressors leave.

Also says where a file is not as even as cipher text, so that a secret nobody planted does not stay unseen either.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import math
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import zstandard

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
STARTS = {b"\x1f\x8b\x08": 31, b"\x78\x01": 15, b"\x78\x5e": 15, b"\x78\x9c": 15, b"\x78\xda": 15}
ZSTD = b"\x28\xb5\x2f\xfd"
DEPTH, MOST = 3, 16 * 1024 * 1024
REGION, EVEN = 256, 6.6


def forms(secret: str) -> Iterator[bytes]:
    """A secret in four encodings, as JSON escapes, hexadecimal of either case, base64 at each of its three offsets."""
    for encoding in ENCODINGS:
        yield secret.encode(encoding)
    plain = secret.encode()
    yield json.dumps(secret)[1:-1].encode()
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        yield coded[4 * bool(offset) : -4]


def layers(data: bytes, depth: int = DEPTH) -> Iterator[bytes]:
    """The bytes themselves and whatever was compressed inside them, some levels deep."""
    yield data
    if depth:
        for inner in unpacked(data):
            yield from layers(inner, depth - 1)


def unpacked(data: bytes) -> Iterator[bytes]:
    """Members of a zip, gzip, zlib and zstd streams wherever they begin, a raw deflate stream that is the whole."""
    with suppress(zipfile.BadZipFile, NotImplementedError, OSError), zipfile.ZipFile(io.BytesIO(data)) as packed:
        yield from (packed.read(name) for name in packed.namelist())
    yield from inflated(data, -15)
    for start, window in STARTS.items():
        for place in places(data, start):
            yield from inflated(data[place:], window)
    for place in places(data, ZSTD):
        with suppress(zstandard.ZstdError):
            yield zstandard.ZstdDecompressor().decompressobj().decompress(data[place:])


def inflated(data: bytes, window: int) -> Iterator[bytes]:
    """What a stream holds as far as it can be read; nothing when it is none."""
    with suppress(zlib.error):
        found = zlib.decompressobj(window).decompress(data, MOST)
        if len(found) >= 8:
            yield found


def places(data: bytes, start: bytes) -> Iterator[int]:
    """Where a stream may begin."""
    place = data.find(start)
    while place >= 0:
        yield place
        place = data.find(start, place + 1)


def files_in(folders: Iterable[Path]) -> Iterator[Path]:
    """Every file of these folders, and files named themselves."""
    for folder in folders:
        yield from (path for path in (folder, *sorted(folder.rglob("*"))) if path.is_file())


def leaks(folders: Iterable[Path], secrets: Iterable[str]) -> list[str]:
    """Where any secret stands in any form, and which; names of files count too."""
    wanted = [(secret, tuple(forms(secret))) for secret in secrets]
    found = []
    for path in files_in(folders):
        for data in layers(path.read_bytes() + b"\n" + str(path).encode()):
            found += [f"{path}: {secret}" for secret, shapes in wanted if any(shape in data for shape in shapes)]
    return found


def evenness(data: bytes) -> float:
    """Entropy in bits a byte; 256 bytes of cipher text have about 7.2, Chinese text in UTF-8 about 5.5."""
    counts = Counter(data)
    return -sum(count / len(data) * math.log2(count / len(data)) for count in counts.values())


def uneven(data: bytes) -> list[int]:
    """Offsets of regions that cannot be cipher text."""
    whole = range(0, len(data) - REGION + 1, REGION)
    return [place for place in whole if evenness(data[place : place + REGION]) < EVEN]


def log_pages(data: bytes, page: int = 4096) -> bytes:
    """The pages of a database's log without the headers, which tell numbers of pages and sums alone."""
    assert binascii.hexlify(data[:4]) in (b"377f0682", b"377f0683"), "no log"
    return b"".join(data[place + 24 : place + 24 + page] for place in range(32, len(data), 24 + page))
