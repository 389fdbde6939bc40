"""The bundle `MEDB1`: a sealed, signed file that any road may carry (FORMATS)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final, Protocol

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from sync.wire.compress import deflate, inflate_bounded
from sync.wire.ids import key_id
from sync.wire.limits import LOWEST_SCHEMA, MAX_BUNDLE, MAX_HEADER, MAX_PLAIN, MAX_RECIPIENTS, SCHEMA, SUITE

MAGIC: Final = bytes.fromhex("4D454442310D0A1A")
PREFIX: Final = 24
WRAPPED: Final = 80
STANZA: Final = 16 + 2 + WRAPPED
SIGNATURE: Final = 64
LABEL: Final = b"mediator/bundle/1\x00"
DIRECTIONS: Final = frozenset({"up", "down", "enroll", "answer"})


class Sealer(Protocol):
    """Ciphers of one end, handed in by the start-up file; every method raises Unacceptable when something is bad."""

    @property
    def sign_public(self) -> bytes:
        """32 bytes that verify what `sign` signs."""

    @property
    def seal_public(self) -> bytes:
        """32 bytes to which others wrap a file key."""

    def sign(self, text: bytes) -> bytes:
        """64 bytes of signature."""

    def verify(self, public: bytes, text: bytes, signature: bytes) -> None:
        """Raise unless `public` signed `text`."""

    def wrap(self, public: bytes, info: bytes, key: bytes) -> bytes:
        """80 bytes: a file key sealed to `public`."""

    def unwrap(self, info: bytes, wrapped: bytes) -> bytes:
        """The file key sealed to us."""

    def seal_payload(self, key: bytes, salt: bytes, plain: bytes) -> bytes:
        """Encrypt in chunks."""

    def open_payload(self, key: bytes, salt: bytes, sealed: bytes) -> bytes:
        """Decrypt what `seal_payload` made."""


@dataclass(frozen=True, slots=True)
class BundleHeader:
    """What a finder can read: ids and numbers, no names, no case, no marks."""

    bundle: str
    center: str
    county: str
    dir: str
    desk: str
    key: str
    to: tuple[str, ...]
    no: int
    prev: str
    plain: int
    made: int
    schema: tuple[int, int] = (LOWEST_SCHEMA, SCHEMA)
    v: int = 1


@dataclass(frozen=True, slots=True)
class Address:
    """Whence and whither, before the bundle is packed; `to` are the recipients' 32-byte public keys."""

    center: str
    county: str
    dir: str
    desk: str
    to: tuple[bytes, ...]
    no: int
    prev: str = "0" * 64
    made: int = 0
    bundle: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """A bundle whose outside has been read and is well formed; nothing is decrypted yet."""

    header: BundleHeader
    stanzas: tuple[tuple[str, bytes], ...]
    header_end: int
    payload_start: int
    compression: int


def pack(
    address: Address, payload: bytes, sealer: Sealer, *, random: Callable[[int], bytes] = secrets.token_bytes
) -> bytes:
    """Seal and sign a payload of frames; the same `random` gives the same bytes up to the recipients' stanzas."""
    packed = deflate(payload)
    compression = 1 if len(packed) < len(payload) and len(payload) <= len(packed) * 100 else 0
    header = BundleHeader(
        bundle=address.bundle or random(16).hex(), center=address.center, county=address.county, dir=address.dir,
        desk=address.desk, key=key_id(sealer.sign_public), to=tuple(sorted(key_id(key) for key in address.to)),
        no=address.no, prev=address.prev, plain=len(payload), made=address.made,
    )  # fmt: skip
    head = encode(asdict(header))
    file_key = random(32)
    inner = packed if compression else payload
    chunks = max(-(-len(inner) // 65_536), 1)
    total = PREFIX + len(head) + 1 + len(address.to) * STANZA + len(inner) + 16 * chunks + SIGNATURE
    prefix = MAGIC + (1).to_bytes(2, "big") + bytes((SUITE, compression)) + len(head).to_bytes(4, "big")
    start = prefix + total.to_bytes(8, "big") + head
    info = LABEL + hashlib.sha256(start).digest()
    stanzas = b"".join(
        bytes.fromhex(key_id(key)) + WRAPPED.to_bytes(2, "big") + sealer.wrap(key, info, file_key)
        for key in sorted(address.to, key=key_id)
    )
    before = start + bytes((len(address.to),)) + stanzas
    sealed = before + sealer.seal_payload(file_key, hashlib.sha256(before).digest(), inner)
    return sealed + sealer.sign(LABEL + hashlib.sha256(sealed).digest())


def read_cover(data: bytes) -> Cover:
    """The outside of a bundle, in the reader's order; raises Unacceptable `bundle.*`."""
    if len(data) < PREFIX + SIGNATURE or data[:8] != MAGIC:
        raise Unacceptable("bundle.magic")
    if int.from_bytes(data[8:10], "big") != 1:
        raise Unacceptable("bundle.version")
    suite, compression = data[10], data[11]
    if suite != SUITE or compression > 1:
        raise Unacceptable("bundle.suite")
    size, total = int.from_bytes(data[12:16], "big"), int.from_bytes(data[16:24], "big")
    if total != len(data) or total > MAX_BUNDLE:
        raise Unacceptable("bundle.size")
    if size > MAX_HEADER or PREFIX + size + 1 + STANZA + SIGNATURE > total:
        raise Unacceptable("bundle.header")
    end = PREFIX + size
    header = read_header(data[PREFIX:end])
    count = data[end]
    start = end + 1 + count * STANZA
    if not 1 <= count <= MAX_RECIPIENTS or start + 16 + SIGNATURE > total:
        raise Unacceptable("bundle.header")
    stanzas = tuple(read_stanza(data[at : at + STANZA]) for at in range(end + 1, start, STANZA))
    if tuple(name for name, _ in stanzas) != header.to:
        raise Unacceptable("bundle.header")
    return Cover(header, stanzas, end, start, compression)


def read_stanza(data: bytes) -> tuple[str, bytes]:
    """Recipient's key id and the file key wrapped for it."""
    if int.from_bytes(data[16:18], "big") != WRAPPED:
        raise Unacceptable("bundle.header")
    return data[:16].hex(), data[18:]


def read_header(data: bytes) -> BundleHeader:
    """The header; unknown members are refused, for the header has its own version."""
    try:
        raw = decode_object(data)
        header = BundleHeader(**{**raw, "to": as_tuple(raw.get("to")), "schema": as_tuple(raw.get("schema"))})  # type: ignore[arg-type]
        # every member's type is checked by well_formed, which the constructor's hints cannot know
    except (TypeError, MediatorError):
        raise Unacceptable("bundle.header") from None
    if not well_formed(header):
        raise Unacceptable("bundle.header")
    if header.schema[0] > SCHEMA:
        raise Unacceptable("schema.newer")
    return header


def as_tuple(value: object) -> tuple[object, ...]:
    """A list as a tuple; raises TypeError."""
    if not isinstance(value, list):
        raise TypeError
    return tuple(value)


def is_hex(value: object, size: int) -> bool:
    """Lower-case hex of a length."""
    return isinstance(value, str) and len(value) == size and set(value) <= set("0123456789abcdef")


def well_formed(header: BundleHeader) -> bool:
    """Types and limits of every member."""
    numbers = (header.no, header.plain, header.made, *header.schema)
    return (
        header.v == 1
        and header.dir in DIRECTIONS
        and all(is_hex(value, 32) for value in (header.bundle, header.center, header.desk, header.key, *header.to))
        and isinstance(header.county, str)
        and len(header.county) <= 12
        and is_hex(header.prev, 64)
        and len(header.schema) == 2
        and all(isinstance(value, int) and not isinstance(value, bool) and value >= 0 for value in numbers)
        and header.plain <= MAX_PLAIN
    )


def check_signature(data: bytes, sender: bytes, sealer: Sealer) -> None:
    """Raise Unacceptable `bundle.signature` unless the sender's key signed these very bytes."""
    try:
        sealer.verify(sender, LABEL + hashlib.sha256(data[:-SIGNATURE]).digest(), data[-SIGNATURE:])
    except Unacceptable:
        raise Unacceptable("bundle.signature") from None


def unseal(data: bytes, cover: Cover, sealer: Sealer) -> bytes:
    """The payload of frames; raises Unacceptable `bundle.recipient`, `bundle.payload`, `bundle.compression`."""
    mine = dict(cover.stanzas).get(key_id(sealer.seal_public))
    if mine is None:
        raise Unacceptable("bundle.recipient")
    info = LABEL + hashlib.sha256(data[: cover.header_end]).digest()
    file_key = sealer.unwrap(info, mine)
    salt = hashlib.sha256(data[: cover.payload_start]).digest()
    inner = sealer.open_payload(file_key, salt, data[cover.payload_start : -SIGNATURE])
    if cover.compression:
        return inflate_bounded(inner, cover.header.plain)
    if len(inner) != cover.header.plain:
        raise Unacceptable("bundle.payload")
    return inner


def signature_hash(data: bytes) -> str:
    """What the next bundle's `prev` names."""
    return hashlib.sha256(data[-SIGNATURE:]).hexdigest()


def open_bundle(data: bytes, *, sender: Callable[[BundleHeader], bytes], sealer: Sealer) -> tuple[Cover, bytes]:
    """Cover, signature, payload; `sender` gives the signer's key or raises (`bundle.sender`, `desk.revoked`)."""
    cover = read_cover(data)
    check_signature(data, sender(cover.header), sealer)
    return cover, unseal(data, cover, sealer)
