"""Laptops of other versions, frozen: they write and read as their version did, with the standard library and ciphers.

Version 1 knew segments of whole entries, one after the other (`SEG1`), and nothing by columns. A version after ours
says things nobody here knows. Never changed to make a test pass: such laptops are out there.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from struct import pack, unpack_from

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.sync.wire import independent

LABEL = b"mediator/bundle/1\0"
NOTHING = {"h": "0" * 64, "n": 0}


class TooNew(Exception):
    """A bundle for later versions: this one asks for an update and takes nothing."""


@dataclass(frozen=True)
class Version:
    """What a version is called, the lowest that reads what it writes, whether it reads columns, what else it says."""

    number: int
    lowest: int
    columns: bool
    more: bool = False


@dataclass
class Machine:
    """A laptop's keys and places: raw secrets of signing and opening, its id, and the county's public keys."""

    sign: bytes
    opening: bytes
    desk: str
    center: str
    county: str
    home_sign: bytes
    home_seal: bytes


def encoded(value: object) -> bytes:
    """Canonical JSON of ASCII keys."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def frame(kind: int, data: bytes) -> bytes:
    """Type, zeros, length, bytes."""
    return pack(">B3xI", kind, len(data)) + data


def upward(
    version: Version, machine: Machine, entries: Sequence[bytes], *, top: str, have: object = (), no: int = 1
) -> bytes:
    """Everything from the first entry, as this version sends it; `top` is the hash of the last."""
    last = {"h": top, "n": len(entries)} if entries else NOTHING
    hello = {"base": NOTHING, "have": list(have), "program": "0", "top": last, "wall": 1}  # type: ignore[call-overload]
    hello |= {"said_by_a_later_version": [1]} if version.more else {}
    parts = [frame(1, encoded(hello))]
    if entries:
        body = b"".join(pack(">I", len(raw)) + raw for raw in entries)
        head = b"SEG1" + bytes.fromhex(machine.desk) + pack(">QI", 1, len(entries)) + bytes(32) + pack(">Q", len(body))
        parts.append(frame(3, head + body))
    parts += [frame(0x9A, b"of a later version")] if version.more else []
    payload = b"".join(parts)
    end = {"frames": len(parts), "sha256": hashlib.sha256(payload).hexdigest()}
    return sealed(version, machine, payload + frame(0x7F, encoded(end)), no)


def sealed(version: Version, machine: Machine, payload: bytes, no: int) -> bytes:
    """A bundle for the county, not compressed."""
    signer = Ed25519PrivateKey.from_private_bytes(machine.sign)
    to = independent.key_name(machine.home_seal)
    header = encoded({
        "bundle": secrets.token_hex(16), "center": machine.center, "county": machine.county, "desk": machine.desk,
        "dir": "up", "key": independent.key_name(signer.public_key().public_bytes_raw()), "made": 1, "no": no,
        "plain": len(payload), "prev": "0" * 64, "schema": [version.lowest, version.number], "to": [to], "v": 1,
    })  # fmt: skip
    chunks = max(-(-len(payload) // 65_536), 1)
    total = 24 + len(header) + 1 + 98 + len(payload) + 16 * chunks + 64
    start = pack(">8sHBBIQ", b"MEDB1\r\n\x1a", 1, 1, 0, len(header), total) + header
    key, info = secrets.token_bytes(32), LABEL + hashlib.sha256(start).digest()
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    wrapped = suite.encrypt(key, X25519PublicKey.from_public_bytes(machine.home_seal), info)
    before = start + b"\1" + bytes.fromhex(to) + pack(">H", len(wrapped)) + wrapped
    salt = hashlib.sha256(before).digest()
    cipher = AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"mediator/payload/1").derive(key))
    inner = b"".join(
        cipher.encrypt(at.to_bytes(11, "big") + bytes((at == chunks - 1,)), payload[at * 65_536 :][:65_536], None)
        for at in range(chunks)
    )
    return before + inner + signer.sign(LABEL + hashlib.sha256(before + inner).digest())


@dataclass
class Read:
    """What a version took from an answer: entries, and up to which of its own the county has all."""

    entries: list[bytes]
    receipt: int


def downward(version: Version, machine: Machine, data: bytes) -> Read:
    """An answer as this version reads it; raises TooNew for what it cannot."""
    size = unpack_from(">I", data, 12)[0]
    if json.loads(data[24 : 24 + size])["schema"][0] > version.number:
        raise TooNew
    opened = independent.open_bundle(data, machine.opening, machine.home_sign)
    found = Read([], 0)
    for kind, body in independent.frames(opened.payload):
        if kind == 3:
            if body[:4] != b"SEG1" and not version.columns:
                raise AssertionError("promised to be readable, and is not")
            found.entries += independent.entries(body)
        elif kind == 6:
            found.receipt = int(independent.receipt(body, machine.home_sign)["n"])  # type: ignore[call-overload]
        elif kind < 0x80 and kind not in (1, 2, 4, 5, 7):
            raise AssertionError(f"frame {kind} may not be skipped")
    return found
