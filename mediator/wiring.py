"""Start-up of the desk side: builds the workshop and hands each room what it needs. Nobody imports this but `__main__`.

The road to the county is put together here, for casework may not know `sync` and `sync` may not know the vault.
The rooms of `sync` are imported when an exchange begins, so that every other command starts fast.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mediator.casework.county import Damaged, Enrolled, Exchanged, PastExchange, SyncState
from mediator.casework.desk import BEIJING, Clock, SystemClock, Workshop, milliseconds
from mediator.casework.exchange import failure
from mediator.casework.reading import RowQuery
from mediator.commands.places import data_folder, default_vault
from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed
from mediator.journal.reach import may_leave

if TYPE_CHECKING:
    from mediator.store.shelf import ExchangeRow
    from mediator.store.vault import Vault
    from sync.carriers.http import HttpCarrier
    from sync.carriers.stick import Found
    from sync.session.joining import JoinRequest
    from sync.session.ports import Carrier
    from sync.wire.bundle import Sealer
    from sync.wire.cards import CenterCard, Membership

FONTS: Final = ".fonts"
HISTORY: Final = 50
WINDOW: Final = 2000
OPEN_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def fonts_folder() -> Path:
    """The faces of papers: in the checkout, else in the platform's data folder."""
    checkout = Path(__file__).parent.parent / FONTS
    return checkout if checkout.is_dir() else data_folder() / "fonts"


def build_workshop() -> Workshop:
    """The workshop of a real desk."""
    clock = SystemClock()
    return Workshop(clock=clock, random=secrets.token_bytes, fonts_folder=fonts_folder(), exchange=CountyRoad(clock))


def run_desktop(workshop: Workshop, place: Path | None) -> int:
    """Open the desktop; raises WorldFailed `desktop.missing` where its library or a screen is missing."""
    try:
        from mediator.ui.app import run
    except ImportError:
        raise WorldFailed("desktop.missing") from None
    return run(workshop, place or default_vault())


def render_screens(workshop: Workshop, out: Path, every: bool = False) -> list[dict[str, str]]:
    """Every page of the desktop as PNG; `every` theme, text size and screen, else a slice of them."""
    try:
        from mediator.ui.screenshots import render
    except ImportError:
        raise WorldFailed("desktop.missing") from None
    return render(workshop, out, every=every)


def checked_url(url: str) -> str:
    """A center's address: https, or plain http on this machine alone. Raises Unacceptable `sync.url`."""
    if not is_open_address(url):
        raise Unacceptable("sync.url", where=url[:200])
    return url.rstrip("/")


def is_open_address(url: str) -> bool:
    """True for an address that the network library takes too and that says how it is protected."""
    from httpx import URL, InvalidURL

    try:
        parts, _ = urlsplit(url), URL(url)
        fine = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OPEN_HOSTS)
        return fine and bool(parts.hostname) and parts.port != 0
    except (ValueError, InvalidURL):
        return False


@contextmanager
def network(url: str, card: CenterCard | None = None) -> Iterator[HttpCarrier]:
    """The network road to a center, whose card says by what it is known; raises Unacceptable `sync.url`."""
    from sync.carriers import http

    with http.client(checked_url(url), card) as client:
        yield http.HttpCarrier(client)


def card_at(url: str, sealer: Sealer) -> CenterCard:
    """The card of the center at an address, by its signature alone; nothing is sent to whoever answers."""
    from sync.carriers import http
    from sync.session.joining import read_card

    return read_card(http.first_card(checked_url(url)), sealer)


def membership_of(vault: Vault) -> Membership | None:
    """The vault's county, None before enrollment."""
    from sync.wire.cards import read_membership

    card = vault.shelf.card()
    return read_membership(card) if card else None


def settle_in(vault: Vault, membership: Membership) -> Enrolled:
    """Remember the county, and what it says about our place: the seat and the room's short name, for numbers."""
    from sync.session.exchange import keep_membership

    keep_membership(vault.shelf, membership)
    vault.keep_setting("seat", membership.certificate.seat)
    vault.keep_setting("room_short", membership.certificate.room)
    return Enrolled(vault.desk, membership.card.name, "enrolled")


def receipted(vault: Vault, membership: Membership) -> int:
    """The counter up to which the center has confirmed this desk's entries."""
    from sync.wire.receipt import read_receipt

    newest = vault.shelf.receipt()
    return read_receipt(newest, bytes.fromhex(membership.card.sign), vault.sealer()).n if newest else 0


def waiting_to_leave(vault: Vault, base: int) -> int:
    """Entries after `base` that may go to the county; private and room entries never wait."""
    count = 0
    while run := vault.since(vault.desk, base, WINDOW):
        count += sum(may_leave(entry.reach) for entry in run)
        base = run[-1].n
    return count


def open_conflicts(vault: Vault) -> int:
    """Fields in this vault that wait for a person's choice."""
    total, offset = 0, 0
    while rows := vault.rows(RowQuery(offset=offset, limit=WINDOW)):
        total += sum(row.conflicts for row in rows)
        offset += len(rows)
    return total


def past(row: ExchangeRow) -> PastExchange:
    """A line of the history."""
    return PastExchange(
        datetime.fromtimestamp(row.at / 1000, UTC).astimezone(BEIJING), row.road, row.sent, row.received, row.code
    )


def stick_answers(folder: Path) -> Iterator[Found]:
    """Answers and cards on a stick."""
    from sync.carriers.stick import found_in

    yield from found_in(folder, direction="answer")


def the_card(found: list[Found], vault: Vault) -> bytes:
    """The one center's card among files; raises RefusedByRule `enroll.no_card`, `enroll.many_cards`."""
    from sync.session.joining import read_card

    cards: dict[str, bytes] = {}
    for each in found:
        with suppress(Unacceptable):  # a card that cannot be read is no card; another one may be good
            cards[read_card(each.data, vault.sealer()).center] = each.data
    if len(cards) != 1:
        raise RefusedByRule("enroll.many_cards" if cards else "enroll.no_card")
    return next(iter(cards.values()))


def answers_to(vault: Vault, card: CenterCard, found: list[Found]) -> list[Found]:
    """Files that a center wrote for this desk."""
    from sync.wire.names import stick_name

    mine = stick_name(card.center, "answer", vault.desk, 0)
    return [each for each in found if (each.name.center, each.name.desk) == (mine.center, mine.desk)]


def remove_own(folder: Path, answer: Found) -> None:
    """Our own request and the answer that was taken in may go; nobody else's file is touched."""
    from sync.carriers.stick import look

    own = [path for path, name in look(folder) if name.direction == "enroll" and name.desk == answer.name.desk]
    for path in (answer.path, *own):
        with suppress(OSError):  # a stick that keeps them loses nothing: what is answered is answered once
            path.unlink()


@dataclass(frozen=True, slots=True)
class CountyRoad:
    """The exchange with the county, as `casework.county` asks for it."""

    clock: Clock

    def now(self) -> int:
        """Wall clock in ms UTC."""
        return milliseconds(self.clock.now())

    def by_network(self, vault: Vault, url: str) -> Exchanged:
        """One exchange over the network; raises NoAccess `sync.not_enrolled`, Unacceptable `sync.url` `sync.no_url`."""
        membership = membership_of(vault)
        if membership is None:
            raise NoAccess("sync.not_enrolled")
        target = url or membership.url
        if not target:
            raise Unacceptable("sync.no_url")
        with network(target, membership.card) as carrier:
            done = self._exchange(vault, carrier, membership)
        card = self._card_anew(vault, target, membership) if done.code == "network.pin" else None
        if card is None:
            return done
        with network(target, card) as carrier:
            return self._exchange(vault, carrier, membership)

    def _card_anew(self, vault: Vault, url: str, membership: Membership) -> CenterCard | None:
        """The same county's card with the keys that its line has now; None for anybody else's.

        It bears the signature of the key that this vault was enrolled under: who stands in between cannot make one.
        """
        from sync.wire.cards import card_bytes

        held = membership.card
        try:
            card = card_at(url, vault.sealer())
        except MediatorError:
            return None
        if (card.center, card.sign, card.county) != (held.center, held.sign, held.county) or card.pins == held.pins:
            return None
        vault.shelf.keep_card(card_bytes(replace(membership, card=card)))
        return card

    def by_stick(self, vault: Vault, folder: Path) -> Exchanged:
        """One exchange with a stick; raises NoAccess `sync.not_enrolled`."""
        from sync.carriers.stick import StickCarrier

        membership = membership_of(vault)
        if membership is None:
            raise NoAccess("sync.not_enrolled")
        return self._exchange(vault, StickCarrier(folder, membership.card.center, vault.desk), membership)

    def _exchange(self, vault: Vault, carrier: Carrier, membership: Membership) -> Exchanged:
        """Drive one exchange and count what is left; raises WorldFailed `sync.running` while another goes on."""
        from sync.session.exchange import exchange

        with vault.shelf.talking():
            done = exchange(vault, vault.shelf, vault.sealer(), carrier, desk=vault.desk, now=self.now)
        for absorbed in done.absorbed:
            vault.tell_absorbed(absorbed)
        return Exchanged(
            sent=done.sent,
            received=done.received,
            receipts=done.receipts,
            conflicts=open_conflicts(vault),
            pending=waiting_to_leave(vault, receipted(vault, membership)),
            bytes=done.bytes,
            code=done.code,
            damaged=tuple(Damaged(each.file, each.code) for each in done.faults),
            foreign=done.foreign,
            set_aside=done.set_aside,
        )

    def enroll_network(self, vault: Vault, url: str, code: str) -> Enrolled:
        """Join a center with a one-time code, which itself never travels."""
        from sync.session import joining

        self._refuse_second(vault)
        card = card_at(url, vault.sealer())
        with network(url, card) as carrier:
            request = self._request(vault, code)
            answer = carrier.enroll(joining.request_bundle(request, card, vault.sealer(), no=1, wall=self.now()))
        if answer.code == "enroll.waiting":
            return Enrolled(vault.desk, card.name, "waiting", request.comparison)
        if answer.code:
            raise failure(answer.code)
        found = joining.read_answer(
            next(iter(answer.down)), card, vault.sealer(), desk=vault.desk, url=checked_url(url)
        )
        return settle_in(vault, found)

    def _refuse_second(self, vault: Vault) -> None:
        """Raise RefusedByRule `sync.enrolled` when the vault belongs to a county already."""
        if vault.shelf.card() is not None:
            raise RefusedByRule("sync.enrolled")

    def _request(self, vault: Vault, code: str) -> JoinRequest:
        """What this desk asks of a center; `code` is empty on the road of files."""
        from sync.session.joining import JoinRequest, proof_of

        keys = vault.desk_keys
        proof = proof_of(code, desk=vault.desk, sign=keys.sign_public, seal=keys.seal_public) if code else ""
        return JoinRequest(
            desk=vault.desk,
            sign=keys.sign_public.hex(),
            seal=keys.seal_public.hex(),
            organization=vault.room.organization,
            division=vault.room.division,
            name=vault.user.name,
            proof=proof,
        )

    def enroll_stick(self, vault: Vault, folder: Path) -> Enrolled:
        """Join by files: the first time the request is written, later the answer is taken.

        Raises RefusedByRule `sync.enrolled`, `enroll.no_card`, `enroll.many_cards`, WorldFailed `stick.*`.
        """
        from sync.session import joining

        self._refuse_second(vault)
        found = list(stick_answers(folder))
        asked = vault.shelf.enrolling() or the_card(found, vault)
        card = joining.read_card(asked, vault.sealer())
        for each in answers_to(vault, card, found):
            joined = settle_in(vault, joining.read_answer(each.data, card, vault.sealer(), desk=vault.desk))
            vault.shelf.remember_enrolling(None)
            remove_own(folder, each)
            return joined
        return self._ask_by_stick(vault, folder, asked)

    def _ask_by_stick(self, vault: Vault, folder: Path, data: bytes) -> Enrolled:
        """Write the request for the center of a card and remember whom we asked."""
        from sync.carriers.stick import write_safely
        from sync.session import joining
        from sync.wire.names import stick_name

        card, request = joining.read_card(data, vault.sealer()), self._request(vault, "")
        bundle = joining.request_bundle(request, card, vault.sealer(), no=1, wall=self.now())
        write_safely(folder, stick_name(card.center, "enroll", vault.desk, 1), bundle)
        vault.shelf.remember_enrolling(data)
        return Enrolled(vault.desk, card.name, "requested", request.comparison)

    def status(self, vault: Vault) -> SyncState:
        """What waits and what was; asks nobody."""
        membership = membership_of(vault)
        history = tuple(past(row) for row in vault.shelf.exchanges(HISTORY))
        base = receipted(vault, membership) if membership else 0
        asked = "requested" if vault.shelf.enrolling() else "none"
        return SyncState(
            device=vault.desk,
            center=membership.card.name if membership else "",
            url=membership.url if membership else "",
            state="enrolled" if membership else asked,
            pending=waiting_to_leave(vault, base),
            conflicts=open_conflicts(vault),
            receipts=len(vault.shelf.receipts()),
            last=history[0] if history else None,
            history=history,
        )
