"""A vault for tests of this room alone: no casework, cheap passwords, a clock that stands still."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from mediator.core.records import CaseId
from mediator.journal.entry import DeskId, Draft, StreamId
from mediator.store.beginning import DATABASE
from mediator.store.founding import Created, NewVault, birth, create
from mediator.store.unlocking import unlock
from mediator.store.vault import Vault
from tests.casework.desks import StillClock, light_ground

PASSWORD = "竹林小径旁的灯 42 盏"
OTHER = "河边的石桥与老槐树 7"
NEW = NewVault("某镇人民调解委员会", "331122101", "li", "李调解")
CLOCK = StillClock()
GROUND = light_ground(CLOCK)
CASE = CaseId("ab" * 16)


def founded(folder: Path) -> Created:
    """A new vault with its first entry, and its recovery code."""
    return create(folder, NEW, password=PASSWORD, ground=GROUND, first=lambda made: _born(made.vault))


def _born(vault: Vault) -> None:
    vault.append([birth(vault, wall=GROUND.now())])


def a_vault(folder: Path) -> Vault:
    """A new vault, open."""
    return founded(folder).vault


def opened(folder: Path, password: str = PASSWORD, login: str | None = None) -> Vault:
    """The vault of a folder, open."""
    return unlock(folder, login=login, password=password, ground=GROUND)


def closed(folder: Path, *, cases: int = 1) -> Path:
    """A folder with a vault of so many cases, closed."""
    vault = a_vault(folder)
    for number in range(cases):
        a_case(vault, CaseId(f"{number + 1:032x}"), facts=f"第{number}件")
    vault.close()
    return folder


def draft(case: CaseId | StreamId, kind: str, body: dict[str, object], seen: dict[DeskId, int] | None = None) -> Draft:
    """A draft of the house."""
    return Draft(StreamId(case), kind, body, seen or {}, GROUND.now())


def a_case(vault: Vault, case: CaseId = CASE, **fields: object) -> CaseId:
    """Open a case with these fields."""
    vault.append([draft(case, "case.opened", {"fields": {"title": "借款", "kind": "people_mediation", **fields}})])
    return case


def run_sql(vault: Vault, statement: str, *values: object) -> list[tuple[object, ...]]:
    """The rows of a statement on the owner's connection."""
    return vault.on_thread(lambda ledger: list(ledger.connection.execute(statement, values).fetchall()))


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder by its hash; the lock file is nobody's content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def copied(folder: Path, place: Path) -> Path:
    """A copy of a vault's folder, as somebody would make it by hand."""
    return Path(shutil.copytree(folder, place))


def damaged(folder: Path, place: int, flip: int = 1) -> Path:
    """One byte of the database changed."""
    with (folder / DATABASE).open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes((byte[0] ^ flip,)))
    return folder
