"""What enrollment hands over: the center's card and a desk's certificate, canonical JSON signed by the center."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from sync.wire.bundle import SIGNATURE, Sealer
from sync.wire.ids import fingerprint
from sync.wire.members import is_hex, record, rows

LABEL: Final = b"mediator/cert/1\x00"
MOST_FORMER: Final = 64


@dataclass(frozen=True, slots=True)
class CenterCard:
    """A county center: ids, its public keys as hex, its epoch (raised when it is restored from a backup).

    `ca` is the certificate (PEM) of its own authority for the network and `pins` the keys of its service, in use and in
    waiting, as hex with a blank between; both empty for a center whose certificate the whole world can check.
    """

    center: str
    county: str
    name: str
    sign: str
    seal: str
    epoch: int = 1
    ca: str = ""
    pins: str = ""

    def members(self) -> dict[str, object]:
        """What is signed and kept: what is empty is left out, so that older cards are the same bytes."""
        return {name: value for name, value in asdict(self).items() if value or name not in ("ca", "pins")}

    @property
    def fingerprint(self) -> str:
        """16 characters for comparison with the printed card."""
        return fingerprint(bytes.fromhex(self.sign))


@dataclass(frozen=True, slots=True)
class Certificate:
    """The center's word for a desk: where it stands, its keys, and its seat, unique in the county for ever."""

    desk: str
    sign: str
    seal: str
    county: str
    township: str
    room: str
    seat: str
    role: str
    not_before_no: int


@dataclass(frozen=True, slots=True)
class Membership:
    """All a laptop keeps of its county: card, certificate, and where the center is reached by network.

    `former` are signing keys that the center had before, each with the moment (ms UTC) at which the next was heard of.
    """

    card: CenterCard
    certificate: Certificate
    url: str = ""
    former: tuple[tuple[str, int], ...] = ()

    @property
    def keys(self) -> tuple[bytes, ...]:
        """Every key under which this center spoke to us, the present one first."""
        return tuple(map(bytes.fromhex, (self.card.sign, *(key for key, _ in self.former))))

    def succeeded(self, cards: Sequence[CenterCard], now: int) -> Membership:
        """The same place under the newest of these cards."""
        before = tuple((each.sign, now) for each in (self.card, *cards[:-1]))
        return replace(self, card=cards[-1], former=(*before[::-1], *self.former))


def signed(value: object, sealer: Sealer) -> dict[str, object]:
    """A certificate or card with the center's signature beside it."""
    body = encode(value)
    return {"body": body.decode(), "sig": sealer.sign(LABEL + body).hex()}


def checked(value: object, public: bytes, sealer: Sealer) -> dict[str, object]:
    """The body of a signed value; raises Unacceptable `certificate.signature`."""
    outer = value if isinstance(value, dict) else {}
    body, mark = outer.get("body"), outer.get("sig")
    if not isinstance(body, str) or not is_hex(mark, 2 * SIGNATURE):
        raise Unacceptable("certificate.signature")
    try:
        sealer.verify(public, LABEL + body.encode(), bytes.fromhex(str(mark)))
        return decode_object(body.encode())
    except MediatorError:
        raise Unacceptable("certificate.signature") from None


def card_of(raw: Mapping[str, object]) -> CenterCard:
    """A card's members; raises Unacceptable `center.card`."""
    card = record(CenterCard, raw, code="center.card")
    if not (is_hex(card.center, 32) and is_hex(card.sign, 64) and is_hex(card.seal, 64)):
        raise Unacceptable("center.card")
    return card


def certificate_of(raw: Mapping[str, object]) -> Certificate:
    """A certificate's members; raises Unacceptable `certificate.form`."""
    found = record(Certificate, raw, code="certificate.form")
    if not (is_hex(found.desk, 32) and is_hex(found.sign, 64) and is_hex(found.seal, 64)):
        raise Unacceptable("certificate.form")
    return found


def card_bytes(membership: Membership) -> bytes:
    """What the vault keeps."""
    former = {"former": [list(each) for each in membership.former]} if membership.former else {}
    return encode({
        "card": membership.card.members(), "certificate": asdict(membership.certificate), "url": membership.url,
    } | former)  # fmt: skip


def read_membership(data: bytes) -> Membership:
    """The reverse of `card_bytes`; raises Unacceptable `center.card`, `certificate.form`."""
    raw = decode_object(data)
    card, certificate, url = raw.get("card"), raw.get("certificate"), raw.get("url")
    if not (isinstance(card, dict) and isinstance(certificate, dict) and isinstance(url, str)):
        raise Unacceptable("center.card")
    former = tuple(former_key(row) for row in rows(raw.get("former", []), code="center.card", limit=MOST_FORMER))
    return Membership(card_of(card), certificate_of(certificate), url, former)


def former_key(row: list[object]) -> tuple[str, int]:
    """A key that the center had, and until when as far as this laptop knew."""
    match row:
        case [str(key), int(until)] if is_hex(key, 64):
            return key, until
    raise Unacceptable("center.card")
