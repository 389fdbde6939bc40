"""An exchange with its recordings and scans: the text first, then pieces, as far as the road and the budget go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mediator.casework.county import Files

if TYPE_CHECKING:
    from mediator.store.vault import Vault
    from sync.session.outcome import Exchanged
    from sync.session.ports import Carrier

BUDGET: Final = "pieces_budget"


def exchanged(vault: Vault, carrier: Carrier, *, now: Callable[[], int]) -> Exchanged:
    """One exchange of a vault; raises NoAccess `sync.not_enrolled`. What ends the pieces never undoes the text."""
    from sync.carriers.stick import StickCarrier
    from sync.carriers.stick_pieces import StickPieces
    from sync.session.exchange import begun
    from sync.session.pieces import PieceTrip

    driven = begun(vault, vault.shelf, vault.sealer(), carrier, desk=vault.desk, now=now)
    driven.blobs = vault.pieces
    silent = vault.shelf.silent()  # a backup that came back only asks, and asks for no pieces either
    done = driven.run()
    if silent or (done.code and not (done.faults and done.faults[0].code == done.code)):
        return done
    vault.pieces.ask_for_lent(stream for absorbed in done.absorbed for stream in absorbed.streams)
    stick = StickPieces(carrier.folder, carrier.center, carrier.desk) if isinstance(carrier, StickCarrier) else None
    after = PieceTrip(driven, vault.pieces, budget_of(vault)).run(stick)
    code = after.code or (after.faults[0].code if after.faults else "")
    return replace(after, pending=done.pending, code=code)


def waiting(vault: Vault) -> Files:
    """Recordings and scans that have still to reach the county."""
    found = vault.pieces.waiting()
    return Files(waiting=found.files, bytes=found.bytes)


def budget_of(vault: Vault) -> int:
    """Bytes of pieces that one exchange over a network may carry, as somebody set it or 50 MB."""
    from sync.session.pieces import BUDGET as USUAL

    told = vault.setting(BUDGET) or ""
    return int(told) * 1_000_000 if told.isdecimal() else USUAL
