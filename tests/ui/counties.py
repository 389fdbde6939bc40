"""A county for pages: it stands where the real door stands and needs no network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from mediator.casework.county import Counted, Enrolled, Exchanged, Parcel, PastExchange, SyncState, ever
from mediator.errors import Unacceptable, WorldFailed
from mediator.store.vault import Vault

NEW = "石桥下的流水 77 声"
PARCEL = Parcel("med-k3f9qa-u-7h2m9c4d0x-00000123.medb", 41, 44, 900, "48291305")
WHEN = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)


@dataclass
class PaperCounty:
    """A county that answers at once, stands where the real door stands, and remembers what was asked of it."""

    state: SyncState = field(default_factory=lambda: SyncState("d", "缙云县中心", "https://xian", "enrolled", 4, 0, 0))
    asked: list[str] = field(default_factory=list)
    fails: str = ""
    away: bool = False
    brings: Callable[[Vault], None] = field(default=lambda _vault: None)
    stick: Exchanged = field(default_factory=lambda: Exchanged(4, 0, 0, 0, 4, 900, parcels=(PARCEL,)))

    def by_network(self, vault: Vault, url: str, going: Callable[[], bool] = ever) -> Exchanged:
        self.asked.append("network")
        if self.fails:
            raise WorldFailed(self.fails)
        self.brings(vault)
        past = PastExchange(WHEN, "network", 4, 2, "")
        self.state = replace(self.state, pending=0, receipts=1, last=past, history=(past,))
        return Exchanged(4, 2, 1, 0, 0, 900)

    def reachable(self, vault: Vault) -> bool:
        self.asked.append("reachable")
        return not self.away

    def by_slip(self, vault: Vault, text: str) -> Counted:
        self.asked.append(f"slip {text}")
        if not text.startswith("R1"):
            raise Unacceptable("slip.form")
        return Counted(40, 2)

    def by_stick(self, vault: Vault, folder: Path) -> Exchanged:
        self.asked.append(f"stick {folder.name}")
        return self.stick

    def enroll_network(self, vault: Vault, url: str, code: str) -> Enrolled:
        self.asked.append(f"enroll {url} {code}")
        return Enrolled("d", "缙云县中心", "waiting", "482 913")

    def enroll_stick(self, vault: Vault, folder: Path) -> Enrolled:
        self.asked.append("enroll stick")
        return Enrolled("d", "缙云县中心", "requested", "482 913")

    def status(self, vault: Vault) -> SyncState:
        return self.state
