"""The road to the county as `casework.county` asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mediator.casework.county import Counted, Damaged, Enrolled, Exchanged, Parcel, SyncState, ever
from mediator.casework.desk import Clock, milliseconds
from mediator.casework.proxies import proxy_of
from mediator.errors import MediatorError, NoAccess, Unacceptable
from mediator.wiring import joining, pieces
from mediator.wiring.lines import answers, network, shown_at
from mediator.wiring.standing import membership_of, open_conflicts, past, receipted, waiting_to_leave

if TYPE_CHECKING:
    from mediator.store.vault import Vault
    from sync.session.ports import Carrier
    from sync.wire.cards import CenterCard, Membership

HISTORY: Final = 50
FORGOTTEN: Final = "bundle.sender"


@dataclass(frozen=True, slots=True)
class CountyRoad:
    """The exchange with the county, as `casework.county` asks for it."""

    clock: Clock

    def now(self) -> int:
        """Wall clock in ms UTC."""
        return milliseconds(self.clock.now())

    def by_network(self, vault: Vault, url: str, going: Callable[[], bool] = ever) -> Exchanged:
        """One exchange over the network; raises NoAccess `sync.not_enrolled`, Unacceptable `sync.url` `sync.no_url`."""
        membership = membership_of(vault)
        if membership is None:
            raise NoAccess("sync.not_enrolled")
        target = url or membership.url
        if not target:
            raise Unacceptable("sync.no_url")
        proxy = proxy_of(vault)
        with network(target, membership.card, proxy=proxy, going=going) as carrier:
            done = self._exchange(vault, carrier, membership)
            if done.code == FORGOTTEN and joining.come_back(vault, carrier, membership, now=self.now()):
                done = self._exchange(vault, carrier, membership)
        card = self._card_anew(vault, target, membership) if done.code == "network.pin" else None
        if card is None:
            return done
        with network(target, card, proxy=proxy, going=going) as carrier:
            return self._exchange(vault, carrier, membership)

    def _card_anew(self, vault: Vault, url: str, membership: Membership) -> CenterCard | None:
        """The same county's card with the keys that its line has now; None for anybody else's.

        It bears the signature of a key that this vault knows, or one for which such a key vouches: who stands in
        between cannot make one.
        """
        from sync.session.joining import next_cards
        from sync.wire.cards import card_bytes

        held = membership.card
        try:
            cards = next_cards(shown_at(url, proxy=proxy_of(vault)), held, vault.sealer())
        except MediatorError:
            return None
        if not cards or cards[-1].pins == held.pins:
            return None
        same = cards[-1].sign == held.sign
        anew = replace(membership, card=cards[-1]) if same else membership.succeeded(cards, self.now())
        vault.shelf.keep_card(card_bytes(anew))
        return anew.card

    def reachable(self, vault: Vault) -> bool:
        """Whether a line opens to the county this vault belongs to; nothing is sent, nobody else is asked."""
        membership = membership_of(vault)
        url = membership.url if membership else ""
        return bool(url) and answers(url, proxy=proxy_of(vault))

    def by_stick(self, vault: Vault, folder: Path) -> Exchanged:
        """One exchange with a stick; raises NoAccess `sync.not_enrolled`."""
        from sync.carriers.stick import StickCarrier

        membership = membership_of(vault)
        if membership is None:
            raise NoAccess("sync.not_enrolled")
        stick = StickCarrier(folder, membership.card.center, vault.desk)
        done = self._exchange(vault, stick, membership)
        joining.come_back_by_stick(vault, folder, membership, now=self.now())
        parcels = (Parcel(each.file, each.first, each.last, each.size, each.digits) for each in stick.parcels)
        return replace(done, parcels=tuple(parcels))

    def by_slip(self, vault: Vault, text: str) -> Counted:
        """Count a receipt that came on paper; raises what `sync.session.slips.count_slip` raises."""
        from sync.session.slips import count_slip

        with vault.shelf.talking():
            receipt = count_slip(vault, vault.shelf, vault.sealer(), desk=vault.desk, text=text)
        return Counted(receipt.n, waiting_to_leave(vault, receipt.n))

    def _exchange(self, vault: Vault, carrier: Carrier, membership: Membership) -> Exchanged:
        """Drive one exchange and count what is left; raises WorldFailed `sync.running` while another goes on."""
        with vault.shelf.talking():
            done = pieces.exchanged(vault, carrier, now=self.now)
        for absorbed in done.absorbed:
            vault.tell_absorbed(absorbed)
        known = membership_of(vault) or membership  # the county may have told its new keys
        return Exchanged(
            sent=done.sent,
            received=done.received,
            receipts=done.receipts,
            conflicts=open_conflicts(vault),
            pending=waiting_to_leave(vault, receipted(vault, known)),
            bytes=done.bytes,
            code=done.code,
            damaged=tuple(Damaged(each.file, each.code) for each in done.faults),
            foreign=done.foreign,
            set_aside=done.set_aside,
            lacking=done.lacking,
            files=replace(pieces.waiting(vault), sent=done.pieces_sent, received=done.pieces_received),
        )

    def enroll_network(self, vault: Vault, url: str, code: str) -> Enrolled:
        """Join a center with a one-time code, which itself never travels."""
        return joining.by_network(vault, url, code, proxy=proxy_of(vault), now=self.now())

    def enroll_stick(self, vault: Vault, folder: Path) -> Enrolled:
        """Join by files: the first time the request is written, later the answer is taken.

        Raises RefusedByRule `sync.enrolled`, `enroll.no_card`, `enroll.many_cards`, WorldFailed `stick.*`.
        """
        return joining.by_stick(vault, folder, now=self.now())

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
            files=pieces.waiting(vault),
        )
