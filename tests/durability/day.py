"""A short day at a desk, told step by step: `python -m tests.durability.day FOLDER [SYNCHRONOUS]`.

After each deed of `PLAN` its word goes to standard output, so it shows in a trace where somebody began to rely on it.
The second argument plants a fault: a setting of the database under which a commit is not durable.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from mediator.casework import hearing, importing, opening, performing, reading
from mediator.casework.desk import Desk, Workshop
from mediator.casework.hearing import HearingForm
from mediator.casework.reading import RowQuery
from mediator.core.money import Fen
from mediator.errors import NoAccess
from mediator.store.opening import SETTINGS, WORDS
from tests.casework.desks import PASSWORD, a_desk, a_document, a_signed_case, a_workshop, encoded

PASSWORDS = (PASSWORD, "石板桥下的第 5 块青砖")
LISTED = 3
TURNS = ("turn",) * 6
PLAN = (
    "vault", "case", "hearing", *TURNS, "payment", *TURNS, "password", "turn", "cases", *TURNS, "check", "turn",
    "lock", "turn", "cases", *TURNS, "payment",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What stands in the vault, as far as the plan goes; before the first deed there is no vault."""

    vault: bool = False
    cases: int = 0
    hearings: int = 0
    turns: tuple[str, ...] = ()
    payments: int = 0
    password: int = 0


def promised(count: int) -> Seen:
    """What must stand there after so many deeds of the plan."""
    done = PLAN[:count]
    return Seen(
        vault="vault" in done,
        cases=done.count("case") + LISTED * done.count("cases"),
        hearings=done.count("hearing"),
        turns=tuple(words_of(number) for number, word in enumerate(done) if word == "turn"),
        payments=done.count("payment"),
        password=done.count("password"),
    )


def words_of(number: int) -> str:
    """What is said in the turn that is this deed of the plan."""
    return f"第{number}句：欠款分两次还清。"


@dataclass
class Day:
    """The desk and what the deeds must remember of each other."""

    folder: Path
    workshop: Workshop = field(default_factory=a_workshop)
    desk: Any = None
    case: Any = None
    sitting: Any = None
    number: int = 0

    def go(self) -> None:
        """The whole plan."""
        deeds: dict[str, Callable[[], object]] = {
            name: getattr(self, name)
            for name in ("vault", "hearing", "turn", "payment", "password", "cases", "check", "lock")
        } | {"case": self.first}
        for self.number, word in enumerate(PLAN):
            deeds[word]()
            os.write(1, word.encode())

    def vault(self) -> None:
        """The first run."""
        self.desk = a_desk(self.folder, workshop=self.workshop)

    def first(self) -> None:
        """A case with a signed agreement."""
        self.case = a_signed_case(self.desk)

    def hearing(self) -> None:
        """A further sitting."""
        self.sitting = hearing.open_hearing(self.desk, self.case, HearingForm(place="镇调解室"))

    def turn(self) -> None:
        """One person speaks."""
        hearing.record_turn(self.desk, self.case, self.sitting, speaker="张三", text=words_of(self.number))

    def payment(self) -> None:
        """A part of the sum."""
        agreement = reading.reread(self.desk, self.case).case.agreement
        owed = agreement.obligations[0].id  # type: ignore[union-attr]  # a signed case has one
        performing.record_payment(self.desk, self.case, owed, amount=Fen(1000), paid_on=date(2026, 3, 9))

    def password(self) -> None:
        """The mediator chooses another one."""
        opening.change_password(self.desk, *PASSWORDS)

    def cases(self) -> None:
        """A list from elsewhere."""
        importing.import_file(self.desk, encoded([a_document(title="外来")] * LISTED))

    def check(self) -> None:
        """Idle time."""
        assert opening.check(self.desk, full=False).ok

    def lock(self) -> None:
        """Lunch."""
        opening.lock(self.desk)
        self.desk = opening.unlock(self.workshop, self.folder, None, PASSWORDS[1])


def look(folder: Path) -> Seen:
    """What the real start-up finds in a folder; it must be whole, and only one password may open it."""
    workshop = a_workshop(seed=11)
    if not opening.vault_exists(folder):
        return Seen()
    for number, password in enumerate(PASSWORDS):
        try:
            desk = opening.unlock(workshop, folder, None, password)
        except NoAccess as error:
            if error.code != "vault.wrong_password":
                raise
            continue
        try:
            return look_at(desk, number)
        finally:
            opening.lock(desk)
    raise AssertionError("no password opens the vault")


def look_at(desk: Desk, password: int) -> Seen:
    """The vault is whole, and this stands in it."""
    report = opening.check(desk, full=True)
    assert report.ok, report.findings
    rows = reading.rows(desk, RowQuery())
    listed = sum(row.title == "外来" for row in rows)
    seen = Seen(vault=True, cases=len(rows), password=password)
    assert listed % LISTED == 0, "half a list"
    if listed == len(rows):
        return seen
    case = reading.reread(desk, next(row.id for row in rows if row.title != "外来")).case
    held = case.hearings[1:]
    turns = tuple(turn.text for sitting in held for turn in sitting.turns)
    return replace(seen, hearings=len(held), turns=turns, payments=len(case.payments))


def plant(synchronous: str) -> None:
    """The fault: commits that return before the disk has them."""
    SETTINGS["synchronous"] = {"OFF": 0, "NORMAL": 1}[synchronous]
    WORDS["synchronous"] = synchronous


if __name__ == "__main__":
    for setting in sys.argv[2:]:
        plant(setting)
    Day(Path(sys.argv[1])).go()
