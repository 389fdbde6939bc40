"""Whole made-up records by a seed: rich, poor and awkward ones, and what a clerk types for each kind of paper.

The same seed gives the same record for ever. Nothing in them is of a real person: names, numbers and places are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

from mediator.core.codes import CaseKind, Category, IdType, PartyKind, Scope, Sex, Side
from mediator.core.dates import BEIJING, chinese_date
from mediator.core.identifiers import check_digit
from mediator.core.money import Fen, plain, printed
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    Clause,
    ClauseId,
    DocumentId,
    FollowUp,
    Hearing,
    HearingId,
    IssuedPaper,
    Obligation,
    ObligationId,
    Party,
    PartyId,
    Payment,
    PaymentId,
    Turn,
    TurnId,
    Value,
)
from mediator.docs.catalogue import kinds
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Shape
from mediator.docs.kinds import Group, KindInfo
from tests.docs.papers import COMMITTEE

LEVEL3: Final = "".join(
    line
    for line in (Path(__file__).parent / "data" / "tgh_level3.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN: Final = "建国秀英某斌红梅志强桂兰海燕福生玉芬根土水金木荣"
PLACES: Final = ("湖川村", "溪头村", "后塘自然村", "岩下行政村", "新建路", "望江小区三期", "工业区B区")
SAYINGS: Final = (
    "双方因道路通行发生纠纷", "厕所和三棵树挡住了路面", "被申请人至今没有付款", "经村委会多次劝说仍未谈拢",
    "现场丈量后双方都认可", "愿意一次性了断", "要求赔礼道歉", "由调解员和村干部在场见证", "此前曾报警处理",
    "医药费已经由对方垫付", "工资一直拖欠没有结清", "田界以老石坎为准",
)  # fmt: skip
ODD: Final = (
    "《土地承包合同》第3条", "“一次了断”", "（见附页）", "〔2019〕12号", "12.5平方米", "3.2%", "37.5℃", "WPS Office",
    "A-12号", "浙K·12345", "<b>不是标记</b>", "{{receiver}}", "R&D", "O'Neil", "100%", "——", "……", "①", "№", "5#楼",
    "=SUM(A1)", "1/2", "abc@example.com", "\\n", "$HOME", "张三;李四", "㎡", "Łódź", "~30天", "“（《双重》）”",
)  # fmt: skip
ENDS: Final = "，。；，。，"
STAKES: Final = (Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY)
MEDIATED: Final = (
    Group.INTAKE, Group.HEARING, Group.AGREEMENT, Group.LEGAL_ROADS, Group.PERFORMANCE, Group.CLOSING,
)  # fmt: skip
KIND_GROUPS: Final = {
    CaseKind.PEOPLE_MEDIATION: MEDIATED, CaseKind.ADMINISTRATIVE_MEDIATION: MEDIATED,
    CaseKind.JUDICIAL_MEDIATION: MEDIATED,
    CaseKind.SETTLEMENT: (Group.AGREEMENT, Group.PERFORMANCE, Group.LEGAL_ROADS, Group.LEDGER),
    CaseKind.PETITION: (Group.PETITION, Group.SUPERVISION),
    CaseKind.WORK_ORDER: (Group.PETITION, Group.SUPERVISION, Group.LEDGER),
}  # fmt: skip

# Kinds that come to the same records begin at different ones, so that together they use them all.
STRIDE: Final = 5


class Manner(Enum):
    """How a record is kept: everything filled in, hardly anything, or odd wherever it may be."""

    RICH = 0
    POOR = 1
    AWKWARD = 2


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws values; `often` is the chance that an optional one is given."""

    chance: Random
    manner: Manner

    @property
    def often(self) -> float:
        """Chance of an optional value."""
        return {Manner.RICH: 0.95, Manner.POOR: 0.08, Manner.AWKWARD: 0.5}[self.manner]

    def maybe(self, value: str) -> str:
        """A value or none."""
        return value if self.chance.random() < self.often else ""

    def name(self) -> str:
        """A name; an awkward one may hold rare characters, a dot, Latin letters, or be long."""
        usual = self.chance.choice(SURNAMES) + "".join(self.chance.choices(GIVEN, k=self.chance.randint(1, 2)))
        if self.manner is not Manner.AWKWARD:
            return usual
        rare = usual[0] + "".join(self.chance.choices(LEVEL3, k=2))
        latin = self.chance.choice(("Ahmad Łukasz", "Maria-José", "阿不都热依木·买买提", "O'Brien 欧", "某甲1"))
        return self.chance.choice((usual, rare, rare, latin, usual + "曾用名" + rare))

    def organization(self) -> str:
        """The name of an enterprise or office."""
        return (
            f"缙云县{self.chance.choice(SURNAMES)}记{self.chance.choice(('机械有限公司', '股份经济合作社', '幼儿园'))}"
        )

    def day(self) -> date:
        """A day of the last years."""
        return date(2023, 1, 1) + timedelta(days=self.chance.randint(0, 1200))

    def moment(self) -> datetime:
        """A moment of a working day."""
        day = self.day()
        return datetime(day.year, day.month, day.day, self.chance.randint(8, 18), self.chance.randint(0, 59),
                        tzinfo=BEIJING)  # fmt: skip

    def fen(self) -> Fen:
        """A sum with any pattern of zeros."""
        return Fen(self.chance.choice((1, 10, 100, 10_000, 1_000_000)) * self.chance.randint(1, 9_999))

    def piece(self) -> str:
        """A few words; odd ones where the record is awkward."""
        if self.manner is Manner.AWKWARD and self.chance.random() < 0.5:
            return self.chance.choice(ODD)
        extra = (chinese_date(self.day()), printed(self.fen()), self.phone(), self.name(), "3个月", "第2期")
        return self.chance.choice(SAYINGS) + (self.chance.choice(extra) if self.chance.random() < 0.4 else "")

    def cell(self) -> str:
        """What fits a cell of a table with many columns."""
        return self.piece()[:24]

    def sentence(self, most: int = 6) -> str:
        """Words with marks between, ended."""
        parts = [self.piece() + self.chance.choice(ENDS) for _ in range(self.chance.randint(1, most))]
        return "".join(parts)[:-1] + "。"

    def lines(self, most: int = 4) -> str:
        """Some paragraphs."""
        return "\n".join(self.sentence() for _ in range(self.chance.randint(1, most)))

    def phone(self) -> str:
        """A number that no one can have: its network does not exist."""
        return "100" + "".join(self.chance.choices("0123456789", k=8))

    def address(self) -> str:
        """A village and a house; an awkward one is long."""
        place = f"浙江省丽水市缙云县壶镇镇{self.chance.choice(PLACES)}{self.chance.randint(1, 400)}号"
        return place + "".join(self.chance.choices(PLACES, k=8)) if self.manner is Manner.AWKWARD else place

    def identity(self, born: date) -> str:
        """A resident number whose check digit is right, in a division that does not exist."""
        first = f"990000{born:%Y%m%d}{self.chance.randint(1, 999):03d}"
        return first + check_digit(first)


def party(pen: Pen, number: int, side: Side, acts_for: Party | None = None) -> Party:
    """One party of a side."""
    if side in STAKES and pen.chance.random() < 0.2:
        return Party(
            PartyId(f"p{number}"), f"p{number}", side, PartyKind.ORGANIZATION, pen.organization(),
            id_type=IdType.CREDIT_CODE, id_number=pen.maybe("91990000MA00000000"), address=pen.maybe(pen.address()),
            legal_representative=pen.maybe(pen.name()), phone=pen.maybe(pen.phone()),
        )  # fmt: skip
    born = date(1950, 1, 1) + timedelta(days=pen.chance.randint(0, 20_000))
    given = bool(pen.maybe("1"))
    return Party(
        PartyId(f"p{number}"), f"p{number}", side, PartyKind.PERSON, pen.name(),
        sex=pen.chance.choice([*Sex]) if given else None, birth_date=born if given else None,
        ethnicity=pen.maybe("畲族"), id_type=pen.chance.choice([None, IdType.RESIDENT_ID, IdType.PASSPORT]),
        id_number=pen.maybe(pen.identity(born)), occupation=pen.maybe("务农"), phone=pen.maybe(pen.phone()),
        address=pen.maybe(pen.address()), acts_for=acts_for.id if acts_for else None,
        authorization=pen.chance.choice([*Scope]) if acts_for else None,
    )  # fmt: skip


def people(pen: Pen) -> tuple[Party, ...]:
    """Two sides at least, others as it comes; agents and guardians stand for somebody."""
    sides = [Side.APPLICANT, Side.RESPONDENT]
    if pen.manner is not Manner.POOR:
        sides += pen.chance.choices([*Side], k=pen.chance.randint(0, 4))
    found: list[Party] = []
    for number, side in enumerate(sides, start=1):
        represented = found[0] if side in (Side.AGENT, Side.GUARDIAN) else None
        found.append(party(pen, number, side, represented))
    return tuple(found)


def hearing(pen: Pen, number: int, speakers: Sequence[str]) -> Hearing:
    """A sitting."""
    turns = tuple(
        Turn(TurnId(f"t{number}-{place}"), pen.chance.choice(speakers), pen.lines(2), late=pen.chance.random() < 0.05)
        for place in range(pen.chance.randint(1, 14))
    )
    mediators = tuple(pen.name() for _ in range(pen.chance.randint(1, 3)))
    script = ("核对当事人身份", "告知权利义务") if pen.maybe("1") else ()
    return Hearing(
        HearingId(f"h{number}"), pen.moment() if pen.maybe("1") else None, pen.maybe("壶镇镇人民调解室"),
        mediators if pen.maybe("1") else mediators[:1], pen.maybe(pen.name()), turns, script,
    )  # fmt: skip


def agreement(pen: Pen, parties: Sequence[Party]) -> Agreement:
    """An agreement whose sums are named in words as they should be."""
    payer, payee = parties[1], parties[0]
    plan: list[Obligation] = []
    for number in range(pen.chance.randint(0, 6)):
        money = pen.chance.random() < 0.8
        plan.append(
            Obligation(
                ObligationId(f"o{number}"), payer.name, payee.name, pen.fen() if money else None,
                pen.day() if money else None, due_as_given="" if money else "开工之前", method=pen.maybe("银行转账"),
                goods="" if money else "腾空的厕所一间", payer_party=payer.id, payee_party=payee.id,
            )
        )  # fmt: skip
    words = [f"{payer.name}付给{payee.name}{printed(pen.fen())}，{pen.sentence(2)}", pen.lines(3), pen.sentence()]
    return Agreement(
        clauses=tuple(Clause(ClauseId(f"k{place}"), each) for place, each in enumerate(words)),
        obligations=tuple(plan), disputed_points=pen.maybe(pen.lines()), responsibility=pen.maybe(pen.lines()),
        place=pen.maybe("壶镇镇人民调解室"), signed_on=pen.day() if pen.maybe("1") else None,
        copies=pen.chance.choice((None, 2, 5, 12)), digest=pen.maybe("d" * 64),
    )  # fmt: skip


def paid(pen: Pen, plan: Sequence[Obligation]) -> tuple[Payment, ...]:
    """Performance of what is owed, some of it voided; never more than is owed."""
    return tuple(
        Payment(PaymentId(f"pay{each.id}"), each.id, Fen((each.amount or 0) // pen.chance.choice((1, 2, 3)) or 1),
                pen.day(), pen.maybe("现金"), voided=pen.chance.random() < 0.1)
        for each in plan[: pen.chance.randint(0, len(plan))]
    )  # fmt: skip


def record(seed: int) -> Case:
    """The record of a seed; its manner goes round by the seed."""
    pen = pen_of(seed)
    parties = people(pen)
    speakers = [*(each.name for each in parties), "调解员"]
    count = 1 if pen.manner is Manner.RICH else pen.chance.randint(0, 2)
    agreed = agreement(pen, parties) if pen.manner is Manner.RICH or pen.chance.random() < 0.6 else None
    visits = tuple(
        FollowUp(
            pen.day(), pen.maybe(pen.name()), pen.maybe(parties[0].name), pen.maybe(pen.lines()), pen.maybe("满意")
        )
        for _ in range(count)
    )
    issued = IssuedPaper(DocumentId("d"), "mediation_agreement", "（2026）缙壶民调字第0031号-协1", "协议书", (), 2)
    return Case(
        CaseId(f"{seed:032x}"), pen.chance.choice([*KIND_GROUPS]), pen.sentence(1)[:-1], "邻里纠纷",
        number=f"（2026）缙壶民调字第{seed:04d}号", origin=pen.maybe("当事人申请"), organization=COMMITTEE,
        category=pen.chance.choice([None, *Category]), facts=pen.lines(), requests=pen.maybe(pen.lines(2)),
        accepted_on=pen.day() if pen.maybe("1") else None, parties=parties, agreement=agreed, follow_ups=visits,
        hearings=tuple(hearing(pen, number, speakers) for number in range(count)),
        payments=paid(pen, agreed.obligations) if agreed else (), papers=(issued,) if pen.maybe("1") else (),
    )  # fmt: skip


def pen_of(seed: int) -> Pen:
    """The pen of a seed."""
    return Pen(Random(seed), Manner(seed % len(Manner)))


def kinds_of(case: Case, every: Sequence[KindInfo]) -> list[KindInfo]:
    """The kinds of paper that a matter of this kind comes to, and two more, whatever it is."""
    groups = KIND_GROUPS[case.kind]
    return [info for place, info in enumerate(every) if info.group in groups or place % 29 == int(case.id, 16) % 29]


@lru_cache(maxsize=1)
def rotated(records: int, share: int) -> tuple[tuple[str, ...], ...]:
    """For each of so many records its kinds: every kind gets `share` of the records that come to it, spread evenly."""
    found: list[list[str]] = [[] for _ in range(records)]
    coming: dict[str, list[int]] = {}
    for seed in range(records):
        for info in kinds_of(record(seed), kinds()):
            coming.setdefault(info.id, []).append(seed)
    for turn, (kind, seeds) in enumerate(coming.items()):
        for place in range(share):
            found[seeds[(place * len(seeds) // share + STRIDE * turn) % len(seeds)]].append(kind)
    return tuple(map(tuple, found))


DRAWN: Final[dict[Shape, Callable[[Pen, Field], Value]]] = {
    Shape.TEXT: lambda pen, _field: pen.piece(),
    Shape.LINES: lambda pen, _field: pen.lines(),
    Shape.DAY: lambda pen, _field: pen.day().isoformat(),
    Shape.MOMENT: lambda pen, _field: f"{pen.moment():%Y-%m-%dT%H:%M}",
    Shape.MONEY: lambda pen, _field: plain(pen.fen()),
    Shape.CHOICE: lambda pen, field: pen.chance.choice(field.choices),
    Shape.ROWS: lambda pen, field: tuple(
        (str(place), *(pen.maybe(pen.cell()) for _ in field.columns[1:]))
        for place in range(1, pen.chance.randint(1, 40) + 1)
    ),
}


def typed(pen: Pen, info: KindInfo) -> dict[str, Value]:
    """What the clerk typed: all that is needed, the rest as the manner has it."""
    wanted = [each for each in info.fields if each.needed or pen.chance.random() < pen.often * 0.7]
    return {each.name: DRAWN[each.shape](pen, each) for each in wanted}


def facts_for(seed: int, case: Case, info: KindInfo) -> PaperFacts:
    """Number, day, committee and typed values of one paper."""
    pen = replace(pen_of(seed), chance=Random(f"{seed}{info.id}"))
    return PaperFacts(f"{case.number}-{info.short}1", date(2026, 3, 5), COMMITTEE, values=typed(pen, info))
