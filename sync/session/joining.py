"""Joining a center, over a network or by files: request, comparison number, answer (sync-design 7, T52).

The one-time code never travels: it is the key of an HMAC over the laptop's public keys.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from mediator.journal.entry import DeskId
from sync.wire.bundle import Address, BundleHeader, Sealer, check_signature, open_bundle, pack, read_cover, unseal
from sync.wire.cards import CenterCard, Certificate, Membership, checked, signed
from sync.wire.frames import FrameType, read_frames, write_frames
from sync.wire.ids import comparison, key_id


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What a laptop asks: its keys, where it stands, who asks; `proof` is empty without a code."""

    desk: str
    sign: str
    seal: str
    organization: str
    division: str
    name: str
    proof: str = ""

    @property
    def comparison(self) -> str:
        """Six digits for the telephone."""
        return comparison(bytes.fromhex(self.sign), bytes.fromhex(self.seal))


def proof_of(code: str, *, desk: str, sign: bytes, seal: bytes) -> str:
    """HMAC-SHA256 under the code (upper-cased, blanks and hyphens ignored) over desk and keys, as hex."""
    key = "".join(char for char in code.upper() if char.isalnum()).encode()
    return hmac.digest(key, b"mediator/join/1\x00" + bytes.fromhex(desk) + sign + seal, "sha256").hex()


def proves(code: str, request: JoinRequest) -> bool:
    """True when the request was made with this code; compared in constant time."""
    wanted = proof_of(code, desk=request.desk, sign=bytes.fromhex(request.sign), seal=bytes.fromhex(request.seal))
    return hmac.compare_digest(wanted, request.proof)


def card_body(card: CenterCard, sealer: Sealer) -> bytes:
    """The card as a center shows it: signed by the key it names."""
    return encode(signed(asdict(card), sealer))


def read_card(data: bytes, sealer: Sealer) -> CenterCard:
    """A center's card; raises Unacceptable `center.card` for anything else, a captive portal's page included."""
    try:
        outer = decode_object(data)
        inner = decode_object(str(outer["body"]).encode())
        card = CenterCard(**checked(outer, bytes.fromhex(str(inner["sign"])), sealer))  # type: ignore[arg-type]
        # wrong types fail in the lines below, inside this try
        if len(bytes.fromhex(card.seal)) != 32 or len(bytes.fromhex(card.center)) != 16:
            raise Unacceptable("center.card")
    except (KeyError, ValueError, TypeError, MediatorError):
        raise Unacceptable("center.card") from None
    return card


def request_bundle(request: JoinRequest, card: CenterCard, sealer: Sealer, *, no: int, wall: int) -> bytes:
    """The `enroll` bundle, sealed to the center and signed by the desk's new key."""
    payload = write_frames([(FrameType.HELLO, encode(asdict(request)))])
    seed = hashlib.sha256(b"mediator/join-bundle/1\x00" + encode(asdict(request))).digest()[:16].hex()
    address = Address(
        center=card.center, county=card.county, dir="enroll", desk=request.desk, to=(bytes.fromhex(card.seal),),
        no=no, made=wall, bundle=seed,
    )  # fmt: skip
    return pack(address, payload, sealer)


def read_request(data: bytes, *, center: str, sealer: Sealer) -> JoinRequest:
    """A request, signed by the very key it asks for; raises Unacceptable `bundle.*`, `enroll.form`."""
    cover = read_cover(data)
    if cover.header.center != center or cover.header.dir != "enroll":
        raise Unacceptable("bundle.foreign")
    frames = read_frames(unseal(data, cover, sealer))
    try:
        request = JoinRequest(**{name: str(value) for name, value in decode_object(frames[0][1]).items()})
        sign, seal = bytes.fromhex(request.sign), bytes.fromhex(request.seal)
    except (TypeError, ValueError, MediatorError):
        raise Unacceptable("enroll.form") from None
    if len(sign) != 32 or len(seal) != 32 or request.desk != cover.header.desk or key_id(sign) != cover.header.key:
        raise Unacceptable("enroll.form")
    check_signature(data, sign, sealer)
    return request


def answer_bundle(membership: Membership, sealer: Sealer, *, no: int, wall: int) -> bytes:
    """The `answer` bundle: signed card and certificate, sealed to the desk."""
    certificate = membership.certificate
    certs = {"card": signed(asdict(membership.card), sealer), "certificate": signed(asdict(certificate), sealer)}
    payload = write_frames([(FrameType.HELLO, encode({"answer": 1})), (FrameType.CERTS, encode(certs))])
    address = Address(
        center=membership.card.center, county=membership.card.county, dir="answer", desk=certificate.desk,
        to=(bytes.fromhex(certificate.seal),), no=no, made=wall,
    )  # fmt: skip
    return pack(address, payload, sealer)


def read_answer(data: bytes, card: CenterCard, sealer: Sealer, *, desk: DeskId, url: str = "") -> Membership:
    """Our membership; raises Unacceptable `bundle.*`, `certificate.*` unless it is the center's word for our keys."""
    public = bytes.fromhex(card.sign)

    def sender(header: BundleHeader) -> bytes:
        if header.center != card.center or header.dir != "answer" or header.desk != desk:
            raise Unacceptable("bundle.foreign")
        return public

    _, payload = open_bundle(data, sender=sender, sealer=sealer)
    certs = next((decode_object(body) for kind, body in read_frames(payload) if kind == FrameType.CERTS), {})
    found = _certificate(checked(certs.get("certificate"), public, sealer))
    if found.desk != desk or bytes.fromhex(found.sign) != sealer.sign_public:
        raise Unacceptable("certificate.foreign")
    return Membership(card, found, url)


def _certificate(body: Mapping[str, object]) -> Certificate:
    try:
        return Certificate(**body)  # type: ignore[arg-type]
        # signed by the center, so its types are the center's promise
    except TypeError:
        raise Unacceptable("certificate.form") from None
