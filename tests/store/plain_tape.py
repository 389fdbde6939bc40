"""A second reader and writer of `MTP1`, written from FORMATS.md alone: the standard library and the plain HPKE."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

from tests.crypto import plain_hpke

LABEL = b"mediator/tape/1\x00"


def read(data: bytes, private: bytes) -> tuple[tuple[str, ...], bytes, str]:
    """(case, hearing, recording), every sample, and the digest; raises AssertionError for whatever does not fit."""
    assert data[:4] == b"MTP1"
    assert data[4:12] == bytes((1, 1, 0, 0)) + (16_000).to_bytes(4, "big")
    ids = tuple(data[at : at + 16].hex() for at in (12, 28, 44))
    chain, at, number, pcm = hashlib.sha256(LABEL + data[:68]).digest(), 68, 0, b""
    while at < len(data):
        told, samples, length = struct.unpack(">III", data[at : at + 12])
        assert told == number
        assert length == 2 * samples + 48
        sealed = data[at + 12 : at + 12 + length]
        pcm += plain_hpke.unseal(private, chain + data[at : at + 12], sealed, aead=plain_hpke.AES_256)
        chain = hashlib.sha256(LABEL + chain + data[at : at + 12 + length]).digest()
        assert data[at + 12 + length : at + 12 + length + 32] == chain
        at, number = at + 12 + length + 32, number + 1
    return ids, pcm, chain.hex()


def write(path: Path, ids: tuple[str, str, str], begun: int, public: bytes, pieces: list[bytes]) -> None:
    """A file of these pieces, each under an ephemeral key that is its number, so that the bytes are always the same."""
    data = b"MTP1" + bytes((1, 1, 0, 0)) + (16_000).to_bytes(4, "big") + b"".join(map(bytes.fromhex, ids))
    data += begun.to_bytes(8, "big")
    chain = hashlib.sha256(LABEL + data).digest()
    for number, piece in enumerate(pieces):
        head = struct.pack(">III", number, len(piece) // 2, len(piece) + 48)
        sealed = plain_hpke.seal(
            bytes(31) + bytes((number + 1,)), public, chain + head, piece, aead=plain_hpke.AES_256, aad=b""
        )
        chain = hashlib.sha256(LABEL + chain + head + sealed).digest()
        data += head + sealed + chain
    path.write_bytes(data)
