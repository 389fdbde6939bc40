"""What the demo does at the desk: a vault, six cases, a hearing, payments, papers. Doing it twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from mediator.casework import hearing, importing, opening, performing, printing, reading
from mediator.casework.desk import Desk, Workshop
from mediator.casework.files_out import staged
from mediator.casework.hearing import HearingForm
from mediator.casework.performing import FollowUpForm
from mediator.casework.printing import Made
from mediator.casework.samples import sample_files
from mediator.core.codes import CaseKind
from mediator.core.passing import stops
from mediator.core.records import Case, CaseId
from mediator.errors import RefusedByRule

ORGANIZATION: Final = "缙云县壶镇镇人民调解委员会"
DIVISION: Final = "331122101"
LOGIN, NAME = "demo", "演示调解员"
MARK: Final = "mediator-demo"
HEARING_CASE: Final = "s06_greenhouse_lane"
PAID_CASE: Final = "s01_road_work_death"
NOTE: Final = "演示补充：来源没有写明付款日期。"
SPOKEN: Final = (
    ("演示调解员", "今天到现场核对两项约定，双方都在。"),
    ("li", "涝洼地段我来平整。"),
    ("wang", "作业道留出2米宽，挡水坡修成弧形，不挡车。"),
    ("演示调解员", "以上内容当场宣读，双方核对无误。"),
)
BEFORE: Final = ("application", "acceptance_register", "rights_notice", "mediation_record")
AFTER: Final = ("receipt", "follow_up_record")


@dataclass
class Diary:
    """What earlier runs on this folder have done, kept beside the results."""

    folder: Path
    cases: dict[str, str] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    sent: int = 0

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / "demo.json"

    def keep(self) -> None:
        """Write it durably."""
        document = {"format": MARK, "cases": self.cases, "done": self.done, "papers": self.papers, "sent": self.sent}
        data = json.dumps(document, ensure_ascii=False, indent=1).encode()
        with staged({self.path: data}):
            return


def open_diary(folder: Path) -> Diary:
    """The diary of a folder; raises RefusedByRule `demo.place` where something else lies."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        return kept_diary(folder)
    made = Diary(folder)
    made.keep()
    return made


def kept_diary(folder: Path) -> Diary:
    """The diary that lies in a folder; raises RefusedByRule `demo.place` when there is none of ours."""
    try:
        told: dict[str, Any] = json.loads((folder / "demo.json").read_bytes())
        if told.pop("format") == MARK:
            return Diary(folder, **told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    raise RefusedByRule("demo.place", where=folder.name)


def secret_of(workshop: Workshop, path: Path) -> str:
    """The demo's own password, made at the first run and kept in its folder: sample data only."""
    if not path.is_file():
        path.write_text(f"演示-{workshop.random(9).hex()}\n", encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()


def sit_down(workshop: Workshop, folder: Path) -> Desk:
    """The demo's vault, made or unlocked; the recovery code is typed back as a user would."""
    place = folder / "vault"
    secret = secret_of(workshop, folder / "password.txt")
    if opening.vault_exists(place):
        return opening.unlock(workshop, place, LOGIN, secret)
    made = opening.create(workshop, place, opening.RoomForm(ORGANIZATION, DIVISION, LOGIN, NAME), secret)
    opening.confirm_recovery_code(made.desk, made.recovery_code)
    return made.desk


def take_in_samples(desk: Desk, diary: Diary) -> None:
    """The six cases, each once."""
    for name, data in sample_files():
        if name not in diary.cases:
            diary.cases[name] = importing.import_file(desk, data).cases[0].id
            diary.keep()


def once(diary: Diary, name: str, deed: Callable[[], str]) -> None:
    """Do a deed in the first run alone."""
    if name not in diary.done:
        diary.done[name] = deed()
        diary.keep()


def hold_hearing(desk: Desk, case: Case) -> str:
    """A sitting, each turn durable before the next."""
    form = HearingForm(desk.workshop.clock.now(), "大棚作业道现场", (NAME,), NAME)
    sitting = hearing.open_hearing(desk, case.id, form)
    hearing.tick_script(desk, case.id, sitting, done=[step.id for step in hearing.SCRIPT])
    for speaker, words in SPOKEN:
        party = case.party(speaker)
        hearing.record_turn(
            desk, case.id, sitting, speaker=party.name if party else speaker, text=words,
            party=party.id if party else None,
        )  # fmt: skip
    hearing.close_hearing(desk, case.id, sitting)
    return sitting


def perform(desk: Desk, case: Case) -> str:
    """The whole sum is paid and the visit by telephone was made, as the source tells."""
    agreement = case.agreement
    assert agreement is not None
    owed = agreement.obligations[0]
    assert owed.amount is not None
    paid_on = agreement.signed_on or desk.today()
    payment = performing.record_payment(desk, case.id, owed.id, amount=owed.amount, paid_on=paid_on, note=NOTE)
    visit = FollowUpForm(date(2009, 11, 28), visitor=NAME, visited="尹某等4人", situation="电话回访，情况良好。")
    performing.record_follow_up(desk, case.id, visit)
    return payment


def kinds_for(name: str, case: Case) -> tuple[str, ...]:
    """Which papers a sample case gets."""
    agreement = "settlement_agreement" if case.kind is CaseKind.SETTLEMENT else "mediation_agreement"
    return (*BEFORE, agreement, *(AFTER if name == PAID_CASE else ()))


def print_papers(desk: Desk, diary: Diary) -> list[str]:
    """Every paper of every case: issued where no rule blocks, else as a draft; earlier ones stay as they are."""
    for name, case_id in diary.cases.items():
        case = reading.show(desk, case_id).case
        for kind in kinds_for(name, case):
            print_once(desk, diary, case.id, f"{name}/{kind}")
    return [path for paths in diary.papers.values() for path in paths.split("\n")]


def print_once(desk: Desk, diary: Diary, case_id: CaseId, key: str) -> None:
    """One paper (`sample/kind`), unless an earlier run wrote it and its files still lie there."""
    paths = diary.papers.get(key, "")
    if paths and all(Path(path).is_file() for path in paths.split("\n")):
        return
    name, _, kind = key.partition("/")
    made = print_one(desk, case_id, kind, diary.folder / "documents" / name)
    diary.papers[key] = "\n".join(str(each.path) for each in made.files)
    diary.keep()


def print_one(desk: Desk, case_id: CaseId, kind: str, out: Path) -> Made:
    """One paper in both formats."""
    case = reading.reread(desk, case_id).case
    blocked = any(stops(each, case) for each in printing.findings_for(desk, case, kind))
    return printing.make(desk, case_id, [kind], formats=("docx", "pdf"), out=out, draft=blocked)[0]


def work_at_the_desk(workshop: Workshop, diary: Diary, say: Callable[[str], None]) -> list[str]:
    """Everything before the county: gives the paths of all papers."""
    desk = sit_down(workshop, diary.folder)
    try:
        say("保险库已打开。 The vault is open.")
        take_in_samples(desk, diary)
        say("六个案件已登记。 Six cases are registered.")
        once(diary, "hearing", lambda: hold_hearing(desk, reading.show(desk, diary.cases[HEARING_CASE]).case))
        say("一场调解已记录。 A hearing is recorded.")
        once(diary, "payment", lambda: perform(desk, reading.show(desk, diary.cases[PAID_CASE]).case))
        papers = print_papers(desk, diary)
        say(f"文书{len(papers)}份已写好。 {len(papers)} paper files are written.")
        return papers
    finally:
        opening.lock(desk)
