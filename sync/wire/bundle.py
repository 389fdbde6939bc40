"""The bundle `MEDB1`: a sealed, signed file that any road may carry (FORMATS)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Final, Protocol

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from sync.wire.compress import inflate_bounded, squeezed
from sync.wire.frames import lowest_reader
from sync.wire.ids import key_id
from sync.wire.limits import LOWEST_SCHEMA, MAX_BUNDLE, MAX_HEADER, MAX_RECIPIENTS, SCHEMA, SUITE
from sync.wire.members import is_count, is_hex, record

MAGIC: Final = bytes.fromhex("4D454442310D0A1A")
PREFIX: Final = 24
WRAPPED: Final = 80
STANZA: Final = 16 + 2 + WRAPPED
SIGNATURE: Final = 64
CHUNK, TAG = 65_536, 16
LABEL: Final = b"mediator/bundle/1\x00"
DIRECTIONS: Final = frozenset({"up", "down", "enroll", "answer"})
MAX_COUNTY: Final = 12


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


MEMBERS: Final = frozenset(each.name for each in fields(BundleHeader))


@dataclass(frozen=True, slots=True)
class Address:
    """Whence and whither, before the bundle is packed; `to` are the recipients' 32-byte public keys.

    `prev` is a witness for people: the `signature_hash` of bundle `no` - 1, zeros where that is no longer known.
    """

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
    """Seal and sign a payload of frames; the same `random` gives the same bytes up to the recipients' stanzas.

    Raises Unacceptable `bundle.size` rather than make what no reader takes.
    """
    compression, inner = squeezed(payload)
    recipients = sorted((key_id(key), key) for key in address.to)
    header = BundleHeader(
        bundle=address.bundle or random(16).hex(), center=address.center, county=address.county, dir=address.dir,
        desk=address.desk, key=key_id(sealer.sign_public), to=tuple(name for name, _ in recipients), no=address.no,
        prev=address.prev, plain=len(payload), made=address.made, schema=(lowest_reader(payload), SCHEMA),
    )  # fmt: skip
    head = encode(asdict(header))
    chunks = max(-(-len(inner) // CHUNK), 1)
    total = PREFIX + len(head) + 1 + len(recipients) * STANZA + len(inner) + TAG * chunks + SIGNATURE
    if total > MAX_BUNDLE:
        raise Unacceptable("bundle.size")
    prefix = MAGIC + (1).to_bytes(2, "big") + bytes((SUITE, compression)) + len(head).to_bytes(4, "big")
    start = prefix + total.to_bytes(8, "big") + head
    file_key, info = random(32), LABEL + hashlib.sha256(start).digest()
    stanzas = b"".join(
        bytes.fromhex(name) + WRAPPED.to_bytes(2, "big") + sealer.wrap(key, info, file_key) for name, key in recipients
    )
    before = start + bytes((len(recipients),)) + stanzas
    sealed = before + sealer.seal_payload(file_key, hashlib.sha256(before).digest(), inner)
    return sealed + sealer.sign(LABEL + hashlib.sha256(sealed).digest())


def read_cover(data: bytes) -> Cover:
    """The outside of a bundle, in the reader's order; raises Unacceptable `bundle.*`, `schema.newer`."""
    compression, end = read_prefix(data)
    header = read_header(data[PREFIX:end])
    count = data[end]
    start = end + 1 + count * STANZA
    if not 1 <= count <= MAX_RECIPIENTS or start + TAG + SIGNATURE > len(data):
        raise Unacceptable("bundle.header")
    stanzas = tuple(read_stanza(data[at : at + STANZA]) for at in range(end + 1, start, STANZA))
    if tuple(name for name, _ in stanzas) != header.to:
        raise Unacceptable("bundle.header")
    return Cover(header, stanzas, end, start, compression)


def read_prefix(data: bytes) -> tuple[int, int]:
    """Compression, and where the header ends: size, magic, version, suite and lengths, before anything is built."""
    if len(data) > MAX_BUNDLE:
        raise Unacceptable("bundle.size")
    if len(data) < PREFIX + SIGNATURE or data[:8] != MAGIC:
        raise Unacceptable("bundle.magic")
    if int.from_bytes(data[8:10], "big") != 1:
        raise Unacceptable("bundle.version")
    suite, compression = data[10], data[11]
    if suite != SUITE or compression > 1:
        raise Unacceptable("bundle.suite")
    size, total = int.from_bytes(data[12:16], "big"), int.from_bytes(data[16:24], "big")
    if total != len(data):
        raise Unacceptable("bundle.size")
    if size > MAX_HEADER or PREFIX + size + 1 + STANZA + SIGNATURE > total:
        raise Unacceptable("bundle.header")
    return compression, PREFIX + size


def read_stanza(data: bytes) -> tuple[str, bytes]:
    """Recipient's key id and the file key wrapped for it."""
    if int.from_bytes(data[16:18], "big") != WRAPPED:
        raise Unacceptable("bundle.header")
    return data[:16].hex(), data[18:]


def read_header(data: bytes) -> BundleHeader:
    """The header; raises Unacceptable `bundle.header`, `schema.newer` with the lowest version that can read it.

    Unknown members are refused, for the header has its own version.
    """
    try:
        raw = decode_object(data)
    except MediatorError:
        raise Unacceptable("bundle.header") from None
    to, schema = raw.get("to"), raw.get("schema")
    if set(raw) != MEMBERS or not isinstance(to, list) or not isinstance(schema, list):
        raise Unacceptable("bundle.header")
    header = record(BundleHeader, raw, code="bundle.header", to=tuple(to), schema=tuple(schema))
    if not (header.v == 1 and are_sound_names(header) and is_range(schema)):
        raise Unacceptable("bundle.header")
    if header.schema[0] > SCHEMA:
        raise Unacceptable("schema.newer", lowest=header.schema[0])
    return header


def are_sound_names(header: BundleHeader) -> bool:
    """Ids are 16 bytes, `prev` is a hash, the direction is one we know, recipients are sorted and named once."""
    ids = (header.bundle, header.center, header.desk, header.key, *header.to)
    return (
        all(is_hex(value, 32) for value in ids)
        and is_hex(header.prev, 64)
        and header.dir in DIRECTIONS
        and len(header.county) <= MAX_COUNTY
        and list(header.to) == sorted(set(header.to))
    )


def is_range(schema: Sequence[object]) -> bool:
    """The lowest version that can read a bundle, and the version that wrote it."""
    return len(schema) == 2 and all(is_count(each) for each in schema) and schema[0] <= schema[1]  # type: ignore[operator]  # both are counts


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
