"""A case that uses every part of a paper, and the faces it is set in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mediator.core.codes import CaseKind, PartyKind, Scope, Sex, Side
from mediator.core.money import Fen
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    Clause,
    ClauseId,
    FollowUp,
    Hearing,
    HearingId,
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
from mediator.docs import making
from mediator.docs.catalogue import kind_of
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.fonts import Fonts
from mediator.docs.mark import Stamp

TYPED = Path(__file__).parent / "typed"
# The kinds that are written as code; the others are data, read by one description.
WRITTEN = (
    "application", "acceptance_register", "rights_notice", "mediation_record", "mediation_agreement",
    "settlement_agreement", "receipt",
)  # fmt: skip
# RFC 8032, 7.1, TEST 1.
KEY = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
PAPER = bytes.fromhex("000102030405060708090a0b0c0d0e0f")
BEIJING = timezone(timedelta(hours=8))
NUMBER = "（2026）缙壶民调字第0031号"
COMMITTEE = "缙云县壶镇镇人民调解委员会"
SPOKEN = (
    ("陈建国", "上次说到路面还差1.2米。今天先把厕所和三棵树怎么处理谈清楚。"),
    ("吴某斌", "我不是不给钱。村里十八号就要浇路，我想一次了断，以后不再为这个事红脸。"),
    ("吴㛃𬱖", "厕所是前年花钱修的，三棵树也挂果了，白白让出来不行。\n要让可以，得给个说法。"),
)
CLAUSES = (
    "吴某斌以人民币5,000.00元（大写：伍仟元整）买断吴㛃𬱖家厕所及三棵树的相关权益，于2025年11月15日前付清。",
    "吴㛃𬱖于2025年11月15日前腾空厕所，配合村里2025年11月18日进场施工。",
    "双方就此纠纷再无争议，今后和睦相处。",
)


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """The bundled faces."""
    return Fonts.load(Path(__file__).parents[2] / ".fonts")


def parties() -> tuple[Party, ...]:
    """Two neighbours and an agent; one name holds characters beyond the basic plane."""
    person = PartyKind.PERSON
    return (
        Party(PartyId("a"), "a", Side.APPLICANT, person, "吴某斌", sex=Sex.MALE, birth_date=date(1968, 5, 4),
              ethnicity="汉族", occupation="务农", id_number="331122196805040017", address="缙云县壶镇镇湖川村",
              phone="13700002210"),
        Party(PartyId("b"), "b", Side.RESPONDENT, person, "吴㛃𬱖", sex=Sex.MALE, address="缙云县壶镇镇湖川村"),
        Party(PartyId("c"), "c", Side.AGENT, person, "何某", acts_for=PartyId("b"), authorization=Scope.GENERAL),
    )  # fmt: skip


def hearing(turns: int = 3) -> Hearing:
    """A hearing of so many turns."""
    spoken = tuple(Turn(TurnId(f"t{n}"), *SPOKEN[n % len(SPOKEN)]) for n in range(turns))
    return Hearing(
        HearingId("h"),
        datetime(2025, 11, 10, 9, 30, tzinfo=BEIJING),
        "壶镇镇人民调解室",
        ("陈建国", "周秀英"),
        "李明",
        spoken,
    )


def agreement(rows: int = 2) -> Agreement:
    """A signed agreement with a plan of so many payments."""
    plan = tuple(
        Obligation(ObligationId(f"o{n}"), "吴某斌", "吴㛃𬱖", Fen(500000 // rows), date(2025, 11, 15 + n % 10),
                   method="银行转账", payer_party=PartyId("a"), payee_party=PartyId("b"))
        for n in range(rows)
    )  # fmt: skip
    return Agreement(
        clauses=tuple(Clause(ClauseId(f"k{n}"), words) for n, words in enumerate(CLAUSES)), obligations=plan,
        disputed_points="让出路面的宽度和补偿数额。", responsibility="双方对通行均有容忍义务。",
        place="壶镇镇人民调解室", signed_on=date(2025, 11, 10), copies=3, digest="d" * 64,
    )  # fmt: skip


def a_case(*, turns: int = 3, rows: int = 2) -> Case:
    """The whole case."""
    return Case(
        CaseId("case"), CaseKind.PEOPLE_MEDIATION, "街巷硬化占用厕所及三棵树", "邻里纠纷", number=NUMBER,
        organization=COMMITTEE, accepted_on=date(2025, 11, 3), origin="当事人申请", requests="让出路面，补偿从优。",
        facts="湖川村街巷硬化，吴某斌门口路面不够宽，被吴㛃𬱖家的厕所和三棵树挡住。\n双方对让出路面及补偿数额意见不一。",
        parties=parties(), hearings=(hearing(turns),), agreement=agreement(rows),
        payments=(Payment(PaymentId("p"), ObligationId("o0"), Fen(250000), date(2025, 11, 15), "银行转账"),),
        follow_ups=(FollowUp(date(2025, 12, 15), "陈建国", "吴某斌", "款已付清，路已浇好。", "满意"),),
    )  # fmt: skip


def typed_for(kind: str) -> dict[str, Value]:
    """What a clerk typed for a paper of this kind, nothing for a kind that is made from the record alone."""
    file = TYPED / f"{kind}.json"
    found = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {name: value if isinstance(value, str) else tuple(map(tuple, value)) for name, value in found.items()}


def some_facts(kind: str = "", *, draft: bool = False) -> PaperFacts:
    """Number, day, committee, and what was typed for a kind."""
    number = "" if draft else f"{NUMBER}-协1"
    return PaperFacts(number, date(2025, 11, 10), COMMITTEE, draft=draft, values=typed_for(kind))


def a_stamp(*, paper: bytes = PAPER, key: Ed25519PrivateKey = KEY) -> Stamp:
    """What marks an issued paper, with a key of the published vectors."""
    return Stamp(paper, key.public_key().public_bytes_raw(), key.sign)


def issued(kind: str, case: Case | None = None, *, stamp: Stamp | None = None, replaces: str = "") -> Paper:
    """A finished paper as it is issued, with its mark."""
    facts = marked_facts(kind, stamp=stamp, replaces=replaces)
    return making.make(kind, case or a_case(), facts, fonts=fonts(), formats=kind_of(kind).formats)


def marked_facts(kind: str, *, stamp: Stamp | None = None, replaces: str = "") -> PaperFacts:
    """The facts of such a paper."""
    return replace(some_facts(kind), stamp=stamp or a_stamp(), replaces=replaces)


def a_paper(kind: str, case: Case | None = None, *, draft: bool = False) -> Paper:
    """A finished paper in every format of its kind."""
    formats = kind_of(kind).formats
    return making.make(kind, case or a_case(), some_facts(kind, draft=draft), fonts=fonts(), formats=formats)
