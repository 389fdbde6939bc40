"""The scan finds what was planted, in every form and at every depth, and takes cipher text for nothing else."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import zstandard

from tests.leaks.scanner import ENCODINGS, forms, leaks, log_pages, uneven

SECRET = "欧阳某某不愿意让人知道的事"


def zipped(data: bytes) -> bytes:
    """A zip with one member, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a", data)
    return out.getvalue()


def deflated(data: bytes) -> bytes:
    """A raw stream."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "zip": zipped,
    "gzip": gzip.compress,
    "deflate": deflated,
    "zlib inside noise": lambda data: Random(1).randbytes(999) + zlib.compress(data) + b"tail",
    "gzip inside noise": lambda data: Random(2).randbytes(999) + gzip.compress(data) + b"tail",
    "zstd inside noise": lambda data: Random(3).randbytes(999) + zstandard.compress(data),
    "gzip inside a zip": lambda data: zipped(gzip.compress(data)),
    "cut off": lambda data: gzip.compress(data + Random(4).randbytes(9000))[:-4000],
}


@pytest.mark.threat("T01")
@pytest.mark.parametrize("packer", PACKERS)
def test_a_planted_secret_is_found_in_every_form(tmp_path: Path, packer: str) -> None:
    shapes = list(forms(SECRET))
    for place, shape in enumerate(shapes):
        (tmp_path / f"{place}.bin").write_bytes(PACKERS[packer](b"\x01before" + shape + b"after\x02"))
    assert len({line.partition(":")[0] for line in leaks([tmp_path], [SECRET])}) == len(shapes) == len(ENCODINGS) + 6


def test_a_name_of_a_file_can_be_a_leak(tmp_path: Path) -> None:
    (tmp_path / f"{SECRET}.txt").touch()
    assert leaks([tmp_path], [SECRET])


def test_noise_is_no_secret_and_as_even_as_cipher_text(tmp_path: Path) -> None:
    noise = Random(5).randbytes(1 << 20)
    (tmp_path / "noise").write_bytes(noise)
    assert leaks([tmp_path], [SECRET, "13900001111"]) == []
    assert uneven(noise) == []


@pytest.mark.parametrize(
    "plain",
    [bytes(256), SECRET.encode() * 8, SECRET.encode("utf-16-le") * 12, SECRET.encode("gb18030") * 12,
     bytes(range(64)) * 4, Random(6).randbytes(120).hex().encode() * 2],
    ids=["zeros", "utf-8", "utf-16", "gb18030", "few values", "hex"],
)  # fmt: skip
def test_a_region_in_clear_is_uneven(plain: bytes) -> None:
    noise = Random(7).randbytes(2560)
    assert uneven(noise[:1024] + plain[:256] + noise[1024:]) == [1024]


def test_the_pages_of_a_log_are_looked_at_without_its_headers() -> None:
    pages = [Random(seed).randbytes(4096) for seed in (8, 9)]
    log = bytes.fromhex("377f0682") + bytes(28) + b"".join(bytes(24) + page for page in pages)
    assert log_pages(log) == b"".join(pages)
