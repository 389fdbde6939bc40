"""What enrollment hands over: the center's card and a desk's certificate, canonical JSON signed by the center."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from sync.wire.bundle import Sealer
from sync.wire.ids import fingerprint

LABEL: Final = b"mediator/cert/1\x00"


@dataclass(frozen=True, slots=True)
class CenterCard:
    """A county center: ids, its public keys as hex, its epoch (raised when it is restored from a backup)."""

    center: str
    county: str
    name: str
    sign: str
    seal: str
    epoch: int = 1

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
    """All a laptop keeps of its county: card, certificate, and where the center is reached by network."""

    card: CenterCard
    certificate: Certificate
    url: str = ""


def signed(value: object, sealer: Sealer) -> dict[str, object]:
    """A certificate or card with the center's signature beside it."""
    body = encode(value)
    return {"body": body.decode(), "sig": sealer.sign(LABEL + body).hex()}


def checked(value: object, public: bytes, sealer: Sealer) -> dict[str, object]:
    """The body of a signed value; raises Unacceptable `certificate.signature`."""
    try:
        assert isinstance(value, dict)
        body, mark = str(value["body"]).encode(), bytes.fromhex(str(value["sig"]))
        sealer.verify(public, LABEL + body, mark)
        return decode_object(body)
    except (AssertionError, KeyError, ValueError, MediatorError):
        raise Unacceptable("certificate.signature") from None


def card_bytes(membership: Membership) -> bytes:
    """What the vault keeps."""
    return encode(
        {"card": asdict(membership.card), "certificate": asdict(membership.certificate), "url": membership.url}
    )


def read_membership(data: bytes) -> Membership:
    """The reverse of `card_bytes`."""
    raw = decode_object(data)
    card, certificate = raw["card"], raw["certificate"]
    assert isinstance(card, dict)
    assert isinstance(certificate, dict)
    return Membership(CenterCard(**card), Certificate(**certificate), str(raw["url"]))
