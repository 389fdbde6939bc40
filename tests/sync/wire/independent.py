"""A second reader of `MEDB1` and `MRC1`, written from FORMATS with the standard library, a cipher and zstd alone.

It shares no line with the product, so what both read is what the page says.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from struct import pack, unpack_from

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LABEL = b"mediator/bundle/1\0"


@dataclass
class Opened:
    """What lies in a bundle."""

    header: dict[str, object]
    compression: int
    payload: bytes


def key_name(public: bytes) -> str:
    """16 bytes of a hash under a label."""
    return hashlib.sha256(b"mediator/key/1\0" + public).hexdigest()[:32]


def open_bundle(data: bytes, opening: bytes, signer: bytes) -> Opened:
    """Verify and open with a raw X25519 key; anything wrong raises whatever it raises."""
    magic, version, suite, compression, size, total = unpack_from(">8sHBBIQ", data)
    assert (magic, version, suite, total) == (b"MEDB1\r\n\x1a", 1, 1, len(data))
    Ed25519PublicKey.from_public_bytes(signer).verify(data[-64:], LABEL + hashlib.sha256(data[:-64]).digest())
    header = json.loads(data[24 : 24 + size])
    assert header["key"] == key_name(signer)
    own = X25519PrivateKey.from_private_bytes(opening)
    at, wrapped = 25 + size, {}
    for _ in range(data[24 + size]):
        wrapped[data[at : at + 16].hex()] = data[at + 18 : at + 98]
        at += 98
    assert list(wrapped) == header["to"] == sorted(header["to"])
    info = LABEL + hashlib.sha256(data[: 24 + size]).digest()
    suite_1 = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    key = suite_1.decrypt(wrapped[key_name(own.public_key().public_bytes_raw())], own, info)
    salt = hashlib.sha256(data[:at]).digest()
    payload_key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"mediator/payload/1").derive(key)
    inner = chunks(AESGCM(payload_key), data[at:-64])
    plain = zstandard.ZstdDecompressor().decompress(inner) if compression else inner
    assert len(plain) == header["plain"]
    return Opened(header, compression, plain)


def chunks(cipher: AESGCM, sealed: bytes) -> bytes:
    """64 KiB each and a tag; the nonce counts and tells the last."""
    parts = [sealed[at : at + 65_552] for at in range(0, len(sealed), 65_552)]
    return b"".join(
        cipher.decrypt(number.to_bytes(11, "big") + bytes((number == len(parts) - 1,)), part, None)
        for number, part in enumerate(parts)
    )


def frames(payload: bytes) -> list[tuple[int, bytes]]:
    """Type and bytes; END is checked and left out."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while at < len(payload):
        kind, size = unpack_from(">B3xI", payload, at)
        if kind == 0x7F:
            end = json.loads(payload[at + 8 :])
            assert end == {"frames": len(found), "sha256": hashlib.sha256(payload[:at]).hexdigest()}
            return found
        found.append((kind, payload[at + 8 : at + 8 + size]))
        at += 8 + size
    raise AssertionError("no end")


def entries(segment: bytes) -> list[bytes]:
    """The entries of a segment as bytes."""
    count, size = unpack_from(">I", segment, 28)[0], unpack_from(">Q", segment, 64)[0]
    assert size == len(segment) - 72
    if segment[:4] == b"SEG2":
        return by_columns(segment[72:], count, segment[32:64].hex())
    assert segment[:4] == b"SEG1"
    found, at = [], 72
    for _ in range(count):
        length = unpack_from(">I", segment, at)[0]
        found.append(segment[at + 4 : at + 4 + length])
        at += 4 + length
    assert at == len(segment)
    return found


def by_columns(data: bytes, count: int, link: str) -> list[bytes]:
    """`SEG2`: what was left out is worked out and put back, each entry as `MEN1`."""
    marked, sizes = unpack_from(f">{count}H", data), unpack_from(f">{count}I", data, 2 * count)
    heads = [each & 0x7FFF for each in marked]
    at = 6 * count
    texts = [data[at + sum(heads[:k]) : at + sum(heads[: k + 1])].decode() for k in range(count)]
    at += sum(heads)
    lengths = [0 if size == 0xFFFFFFFF else size for size in sizes]
    bodies = [data[at + sum(lengths[:k]) : at + sum(lengths[: k + 1])] for k in range(count)]
    at += sum(lengths)
    found = []
    for bare, body, size, mark in zip(texts, bodies, sizes, marked, strict=True):
        erased = size == 0xFFFFFFFF
        proof = data[at : at + (64 if erased else 96)]
        at += len(proof)
        pin = "" if erased else hmac.digest(proof[:32], body, "sha256").hex()
        whole = bare.replace('"cm":""', f'"cm":"{pin}"', 1).replace('"p":""', f'"p":"{link}"', 1)
        head = (whole if mark & 0x8000 else bare).encode()
        link = hashlib.sha256(b"mediator/entry-hash/1\0\1" + head).hexdigest()
        found.append(
            pack(">4s4BII", b"MEN1", 1, 1, erased, 0, len(head), len(body)) + head + proof[:-64] + body + proof[-64:]
        )
    assert at == len(data)
    return found


def statement(data: bytes, signer: bytes, *, magic: bytes, label: bytes) -> dict[str, object]:
    """What the county signed as one piece: a receipt, the manifest of a part of a snapshot."""
    start, version, suite, zero, size = unpack_from(">4sBBHI", data)
    assert (start, version, suite, zero, size) == (magic, 1, 1, 0, len(data) - 76)
    Ed25519PublicKey.from_public_bytes(signer).verify(data[-64:], label + data[:-64])
    says: dict[str, object] = json.loads(data[12:-64])
    return says


def receipt(data: bytes, signer: bytes) -> dict[str, object]:
    """What a receipt says."""
    return statement(data, signer, magic=b"MRC1", label=b"mediator/receipt/1\0")


def snapshot(data: bytes, signer: bytes, segments: list[bytes]) -> dict[str, object]:
    """What the county says of a part of a snapshot, which must be that of these segments."""
    says = statement(data, signer, magic=b"MSN1", label=b"mediator/snapshot/1\0")
    assert says["segments"] == [hashlib.sha256(each).hexdigest() for each in segments]
    assert says["entries"] == sum(unpack_from(">I", each, 28)[0] for each in segments)
    return says


def letters(text: str) -> bytes:
    """The bytes of Crockford letters."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return int("".join(f"{alphabet.index(each):05b}" for each in text), 2).to_bytes(len(text) * 5 // 8, "big")


def slip(text: str, signer: bytes) -> dict[str, object]:
    """What the QR of a receipt slip says."""
    assert text[:2] == "R1"
    data = letters(text[2:])
    Ed25519PublicKey.from_public_bytes(signer).verify(data[-64:], b"mediator/slip/1\0" + data[:-64])
    version, center, ce, desk, no, n, digest = unpack_from(">B16sI16sIQ32s", data)
    assert (version, len(data)) == (1, 145)
    return {"center": center.hex(), "ce": ce, "desk": desk.hex(), "no": no, "n": n, "h": digest.hex()}


def typed_slip(groups: list[str], signer: bytes, *, center: str, desk: str, digest: str) -> dict[str, object]:
    """What its short form says to who knows the rest."""
    for place, group in enumerate(groups):
        check = hashlib.sha256(b"mediator/slip-group/1\0" + bytes((place,)) + group[:8].lower().encode()).digest()[0]
        assert "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[check >> 3] == group[8]
    said = letters("".join(group[:8] for group in groups))
    ce, no, n = (int.from_bytes(said[first:last], "big") for first, last in ((0, 3), (3, 6), (6, 11)))
    core = pack(">B16sI16sIQ32s", 1, bytes.fromhex(center), ce, bytes.fromhex(desk), no, n, bytes.fromhex(digest))
    Ed25519PublicKey.from_public_bytes(signer).verify(said[11:], b"mediator/slip/1\0" + core)
    return {"center": center, "ce": ce, "desk": desk, "no": no, "n": n, "h": digest}


def manifest(data: bytes) -> tuple[str, int, int, list[str]]:
    """`MBL1`: the id it gives its blob, class, bytes, hashes of the pieces."""
    magic, suite, cls, zero, size, count = unpack_from(">4sBBHQI", data)
    assert (magic, suite, zero) == (b"MBL1", 1, 0)
    assert count == -(-size // 262_208)
    assert len(data) == 20 + 32 * count
    hashes = [data[at : at + 32].hex() for at in range(20, len(data), 32)]
    return hashlib.sha256(data).hexdigest()[:32], cls, size, hashes


def blob(listed: bytes, pieces: list[bytes]) -> bytes:
    """Frames PIECES of one manifest, in any order, as the bytes that they were cut from."""
    name, _, size, hashes = manifest(listed)
    found = {}
    for frame in pieces:
        index, data = unpack_from(">I", frame, 16)[0], frame[20:]
        assert frame[:16].hex() == name
        assert hashlib.sha256(data).hexdigest() == hashes[index]
        found[index] = data
    whole = b"".join(found[index] for index in range(len(hashes)))
    assert len(whole) == size
    return whole


def wanted(frame: bytes) -> tuple[str, int, list[int]]:
    """A frame WANT: blob, pieces it has, numbers of those asked for."""
    count = unpack_from(">I", frame, 16)[0]
    bits = "".join(f"{each:08b}" for each in frame[20:])
    assert len(bits) == -(-count // 8) * 8
    assert "1" not in bits[count:]
    return frame[:16].hex(), count, [at for at, bit in enumerate(bits) if bit == "1"]


def opened_scan(key: bytes, sealed: bytes) -> bytes:
    """A scan under the key in its entry."""
    own = HKDF(algorithm=SHA256(), length=32, salt=b"", info=b"mediator/blob/1").derive(key)
    return chunks(AESGCM(own), sealed)


def township_name(key: bytes) -> str:
    """16 bytes of a hash under a label."""
    return hashlib.sha256(b"mediator/township-key/1\0" + key).hexdigest()[:32]


def unwrapped(opening: bytes, wrapped: bytes, *, name: str, desk: str) -> bytes:
    """A township's key out of what was wrapped to one desk."""
    info = b"mediator/township-wrap/1\0" + bytes.fromhex(name + desk)
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return suite.decrypt(wrapped, X25519PrivateKey.from_private_bytes(opening), info)


def unsealed(data: bytes, key: bytes, signer: bytes) -> bytes:
    """The body of an entry that a township sealed, its signature and commitment checked before."""
    magic, version, suite, shape, _, size, length = unpack_from(">4s4BII", data)
    assert (magic, version, suite, shape) == (b"MEN1", 1, 1, 0)
    head, rest = data[16 : 16 + size], data[16 + size :]
    told, salt, body, signature = json.loads(head), rest[:32], rest[32 : 32 + length], rest[32 + length :]
    Ed25519PublicKey.from_public_bytes(signer).verify(signature, b"mediator/entry/1\0\x01" + head)
    assert told["cm"] == hmac.digest(salt, body, "sha256").hex()
    assert told["s"] == [1, township_name(key)]
    place = b"mediator/seal/1\0" + bytes.fromhex(told["d"]) + pack(">Q", told["n"]) + bytes.fromhex(told["c"])
    own = HKDF(algorithm=SHA256(), length=32, salt=b"", info=b"mediator/township-body/1").derive(key)
    return AESGCM(own).decrypt(body[:12], body[12:], place + told["k"].encode())
