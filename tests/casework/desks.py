"""A small world for deeds: a clock that stands still, seeded randomness, cheap passwords, a fresh vault."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from random import Random
from typing import Any

from mediator.casework import importing, opening
from mediator.casework.desk import Clock, Desk, Workshop, day_of, milliseconds
from mediator.casework.drafting import pen_for
from mediator.casework.intake import moved
from mediator.core.calendar import shipped_calendar
from mediator.core.codes import CaseStatus
from mediator.core.lint import Finding
from mediator.core.records import Case, CaseId
from mediator.crypto.passwords import LIGHT_FOR_TESTS
from mediator.store.unlocking import Ground
from mediator.wiring import build_workshop

PASSWORD = "竹林小径旁的灯 42 盏"
ROOT = Path(__file__).parents[2]
ROOM = opening.RoomForm("缙云县壶镇镇人民调解委员会", "331122101", "li", "李调解")


@dataclass
class StillClock:
    """Stands at 9 March 2026, 9:30 in Beijing, until somebody moves it."""

    moment: datetime = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


def light_ground(clock: Clock) -> Ground:
    """What the house hands a vault, with passwords that cost nothing."""
    return Ground(
        now=lambda: milliseconds(clock.now()),
        today=lambda: day_of(clock.now()),
        calendar=shipped_calendar(),
        policy=LIGHT_FOR_TESTS,
    )


@dataclass
class Ears:
    """Hears what deeds cleaned."""

    findings: list[Finding] = field(default_factory=list)

    def __call__(self, found: tuple[Finding, ...]) -> None:
        self.findings += found


def a_workshop(*, clock: Clock | None = None, seed: int = 7) -> Workshop:
    """A workshop without a road to any county."""
    return Workshop(
        clock=clock or StillClock(), random=Random(seed).randbytes, fonts_folder=ROOT / ".fonts", ground=light_ground,
        heard=Ears(),
    )  # fmt: skip


def with_the_real_road(workshop: Workshop) -> Workshop:
    """The same workshop with the road to the county that the real program has."""
    return replace(workshop, exchange=build_workshop().exchange)


def a_desk(folder: Path, *, workshop: Workshop | None = None) -> Desk:
    """A desk with an empty vault in this folder."""
    return opening.create(workshop or a_workshop(), folder, ROOM, PASSWORD).desk


def heard(desk: Desk) -> list[Finding]:
    """What the desk's deeds cleaned so far."""
    ears = desk.workshop.heard
    assert isinstance(ears, Ears)
    return ears.findings


def sample_names() -> list[str]:
    """The six cases that come with the program."""
    folder = resources.files("mediator.casework").joinpath("data/samples")
    return sorted(each.name for each in folder.iterdir() if each.name.endswith(".json"))


def sample(name: str) -> dict[str, Any]:
    """One of them, as it stands in its file; the first whose name starts so."""
    found = next(each for each in sample_names() if each.startswith(name))
    text = resources.files("mediator.casework").joinpath(f"data/samples/{found}").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def a_document(**changes: Any) -> dict[str, Any]:
    """The smallest sound case file, with changes."""
    return {
        "format": "mediator-case", "version": 1, "kind": "people_mediation", "title": "借款",
        "dispute_type": "contract", "facts": "张三向李四借款未还。",
        "parties": [
            {"ref": "a", "side": "applicant", "kind": "person", "name": "李四"},
            {"ref": "b", "side": "respondent", "kind": "person", "name": "张三"},
        ],
        **changes,
    }  # fmt: skip


def an_agreement(**changes: Any) -> dict[str, Any]:
    """A sound agreement for `a_document`."""
    return {
        "form": "written", "signed_on": "2026-03-05", "place": "镇调解室", "disputed_points": "还款期限。",
        "responsibility": "张三承担还款责任。", "copies": 3,
        "clauses": [{"text": "张三于2026年4月1日前一次性归还李四借款人民币3,000.00元（大写：叁仟元整）。"}],
        "payments": [{"payer": "b", "payee": "a", "amount": "3000.00", "due": "2026-04-01", "method": "转账"}],
        **changes,
    }  # fmt: skip


def a_hearing(**changes: Any) -> dict[str, Any]:
    """A sound hearing for `a_document`."""
    return {
        "held_at": "2026-03-05T09:30:00+08:00", "place": "镇调解室", "mediators": ["李调解"], "recorder": "何记录",
        "turns": [{"speaker": "a", "text": "请还钱。"}, {"speaker": "b", "text": "同意四月一日前还。"}],
        **changes,
    }  # fmt: skip


def encoded(document: object) -> bytes:
    """A document as the bytes of its file."""
    return json.dumps(document, ensure_ascii=False).encode()


def taken_in(desk: Desk, document: object) -> CaseId:
    """Import one case; its id."""
    return importing.import_file(desk, encoded(document)).cases[0].id


def case_of(desk: Desk, case_id: CaseId) -> Case:
    """The case as it stands."""
    return desk.vault.case(case_id).case


def a_signed_case(desk: Desk) -> CaseId:
    """A case with a hearing and a signed agreement."""
    document = a_document(
        accepted_on="2026-03-01", hearings=[a_hearing()], agreement=an_agreement(), outcome="agreed"
    )  # fmt: skip
    return taken_in(desk, document)


def led_to(desk: Desk, case_id: CaseId, *states: CaseStatus) -> CaseId:
    """The case moved by bare entries, as an older program or another desk wrote them: no guard was asked."""
    pen = pen_for(desk, case_id)
    desk.vault.append(moved(pen, case_of(desk, case_id).status, *states))
    return case_id


def archived(desk: Desk) -> CaseId:
    """A signed case at the end of its life."""
    return led_to(desk, a_signed_case(desk), CaseStatus.PERFORMED, CaseStatus.CLOSED, CaseStatus.ARCHIVED)


def at_room(form: opening.RoomForm, **changes: str) -> opening.RoomForm:
    """The form of the first run with changes."""
    return replace(form, **changes)
