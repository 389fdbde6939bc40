"""Joining a center, over a network or by files: request, comparison number, answer (sync-design 7, T52).

The one-time code never travels: it is the key of an HMAC over the laptop's public keys.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from mediator.journal.entry import DeskId
from mediator.journal.port import Journal
from mediator.journal.streams import county_stream
from sync.wire.bundle import Address, BundleHeader, Sealer, check_signature, open_bundle, pack, read_cover, unseal
from sync.wire.cards import CenterCard, Membership, card_of, certificate_of, checked, signed
from sync.wire.frames import FrameType, read_frames, write_frames
from sync.wire.ids import comparison, key_id
from sync.wire.limits import MAX_ENROLL
from sync.wire.members import is_hex, record
from sync.wire.succession import Told, follow


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What a laptop asks: its keys, where it stands, who asks; `proof` is empty without a code.

    `witness` is the county's own entry that admitted this desk, for a county that has forgotten it.
    """

    desk: str
    sign: str
    seal: str
    organization: str
    division: str
    name: str
    proof: str = ""
    witness: str = ""

    def members(self) -> dict[str, str]:
        """What is sent; without a witness the bytes are those of older programs."""
        return {name: value for name, value in asdict(self).items() if value or name != "witness"}

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
    return hmac.compare_digest(wanted.encode(), request.proof.encode())


def card_body(card: CenterCard, sealer: Sealer, *, chain: Sequence[Told] = ()) -> bytes:
    """The card as a center shows it: signed by the key it names, with the chain from the keys that it had before."""
    return encode(signed(card.members(), sealer) | ({"keys": list(chain)} if chain else {}))


def next_cards(data: bytes, held: CenterCard, sealer: Sealer) -> tuple[CenterCard, ...]:
    """What comes after the card that we hold, by what a center shows: the same key's newer card, or its chain of keys.

    None for a center for which no key that we know vouches. Raises Unacceptable `center.card`, `center.succession`.
    """
    shown = read_card(data, sealer)
    chain = decode_object(data).get("keys", [])
    if shown.sign == held.sign:
        return (shown,) if (shown.center, shown.county) == (held.center, held.county) else ()
    cards = follow(held, chain if isinstance(chain, list) else [], sealer)
    return (*cards[:-1], shown) if cards and cards[-1].sign == shown.sign else ()


def read_card(data: bytes, sealer: Sealer) -> CenterCard:
    """A center's card; raises Unacceptable `center.card` for anything else, a captive portal's page included."""
    try:
        outer = decode_object(data)
        shown = card_of(decode_object(str(outer.get("body")).encode()))
        checked(outer, bytes.fromhex(shown.sign), sealer)
    except MediatorError:
        raise Unacceptable("center.card") from None
    return shown


def request_bundle(request: JoinRequest, card: CenterCard, sealer: Sealer, *, no: int, wall: int) -> bytes:
    """The `enroll` bundle, sealed to the center and signed by the desk's new key."""
    payload = write_frames([(FrameType.HELLO, encode(request.members()))])
    seed = hashlib.sha256(b"mediator/join-bundle/1\x00" + encode(request.members())).digest()[:16].hex()
    address = Address(
        center=card.center, county=card.county, dir="enroll", desk=request.desk, to=(bytes.fromhex(card.seal),),
        no=no, made=wall, bundle=seed,
    )  # fmt: skip
    return pack(address, payload, sealer)


def witness_of(journal: Journal, county: str, desk: DeskId) -> str:
    """The center's entry that admitted a desk, as it lies in its own vault; empty for one that never joined."""
    told = (each for each in journal.stream(county_stream(county)) if each.kind == "desk.enrolled" and not each.erased)
    found = [each for each in told if each.content().get("desk") == desk]
    return urlsafe_b64encode(found[-1].raw).decode() if found else ""


def read_request(data: bytes, *, center: str, sealer: Sealer) -> JoinRequest:
    """A request, signed by the very key it asks for; raises Unacceptable `bundle.*`, `enroll.form`.

    Anybody may write one, and its key stands inside: so it is bounded before it is opened.
    """
    if len(data) > MAX_ENROLL:
        raise Unacceptable("bundle.size")
    cover = read_cover(data)
    if cover.header.center != center or cover.header.dir != "enroll":
        raise Unacceptable("bundle.foreign")
    if cover.header.plain > MAX_ENROLL:
        raise Unacceptable("bundle.size")
    request = read_form(read_frames(unseal(data, cover, sealer))[0][1])
    sign = bytes.fromhex(request.sign)
    if request.desk != cover.header.desk or key_id(sign) != cover.header.key:
        raise Unacceptable("enroll.form")
    check_signature(data, sign, sealer)
    return request


def read_form(data: bytes) -> JoinRequest:
    """What a request says; raises Unacceptable `enroll.form`."""
    try:
        request = record(JoinRequest, decode_object(data), code="enroll.form")
    except MediatorError:
        raise Unacceptable("enroll.form") from None
    if not (is_hex(request.desk, 32) and is_hex(request.sign, 64) and is_hex(request.seal, 64)):
        raise Unacceptable("enroll.form")
    return request


def answer_bundle(membership: Membership, sealer: Sealer, *, no: int, wall: int) -> bytes:
    """The `answer` bundle: signed card and certificate, sealed to the desk."""
    certificate = membership.certificate
    certs = {"card": signed(membership.card.members(), sealer), "certificate": signed(asdict(certificate), sealer)}
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
    found = certificate_of(checked(certs.get("certificate"), public, sealer))
    ours = (desk, sealer.sign_public.hex(), sealer.seal_public.hex(), card.county)
    if (found.desk, found.sign, found.seal, found.county) != ours:
        raise Unacceptable("certificate.foreign")
    return Membership(card, found, url)
