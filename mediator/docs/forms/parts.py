"""Pieces that several papers share: how a party, a sum and an obligation are written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from mediator.core.codes import PartyKind, Side
from mediator.core.dates import age_on, chinese_date, day_words
from mediator.core.money import Fen, figures, printed
from mediator.core.numerals import chinese
from mediator.core.records import Case, Hearing, Obligation, Party
from mediator.docs.model import ACROSS, Align, Block, Heading, Paragraph, Place, Run, Signatures, Table, text

STAKE = (Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY)
SIGNING = (*STAKE, Side.AGENT, Side.GUARDIAN)
BY_LAW = "签名、盖章或者按指印"
BY_HAND = "签名或者按指印"
PEN_ROWS = 3
PEN_CLAUSES = 5
BLANK_PERSON = (
    ("", 7),
    ("，性别：", 2),
    ("，出生日期：", 3),
    ("年", 2),
    ("月", 2),
    ("日，民族：", 3),
    ("，职业：", 5),
    ("，居民身份证号码（统一社会信用代码）：", 16),
    ("，住址（住所）：", 16),
    ("，法定代表人：", 5),
    ("，联系电话：", 8),
)


def label_of(party: Party) -> str:
    """The word used on paper for a party: as given, else the term of its side."""
    return party.role_as_given or party.side.term


def details(party: Party, *, on: date | None = None) -> tuple[tuple[str, str], ...]:
    """Label and value of everything known of a party; what the form asks and nobody gave is left out."""
    rows = body_rows(party) if party.kind is PartyKind.ORGANIZATION else person_rows(party, on)
    return tuple((label, value) for label, value in rows if value)


def body_rows(party: Party) -> tuple[tuple[str, str], ...]:
    """What a form asks of a body."""
    return (
        ("统一社会信用代码", party.id_number),
        ("法定代表人", party.legal_representative),
        ("住所", party.address),
        ("联系电话", party.phone),
    )


def person_rows(party: Party, on: date | None) -> tuple[tuple[str, str], ...]:
    """What a form asks of a person, whose age is that on a day."""
    age = f"{age_on(party.birth_date, on)}岁" if party.birth_date and on else ""
    return (
        ("性别", party.sex.term if party.sex else ""),
        ("年龄", age),
        ("出生日期", day_words(party.birth_date)),
        ("民族", party.ethnicity),
        ("职业", party.occupation),
        ((party.id_type.term if party.id_type else "居民身份证") + "号码", party.id_number),
        ("住址", party.address),
        ("联系电话", party.phone),
    )


def party_paragraph(case: Case, party: Party, *, on: date | None = None, label: str = "") -> Paragraph:
    """`申请人：吴某斌，性别：男，…。` on one paragraph, as agreements have it; ruled gaps for nobody."""
    rest = "，".join(f"{label}：{value}" for label, value in details(party, on=on))
    head = Run(f"{label or label_of(party)}：", strong=True)
    if not party.name:
        return text(head, *blank_person())
    return text(head, party.name, representing(case, party), f"，{rest}。" if rest else "。")


def representing(case: Case, party: Party) -> str:
    """`（代表李某，特别授权）`, empty for who stands for himself."""
    represented = case.party(party.acts_for) if party.acts_for else None
    scope = f"，{party.authorization.term}" if party.authorization else ""
    return f"（代表{represented.name}{scope}）" if represented else ""


def blank_person() -> Iterator[str | Run]:
    """What a court asks of a person, as gaps for the pen; an organization has its code and head in the same place."""
    for label, gap in BLANK_PERSON:
        yield label
        yield Run(blank=gap)
    yield "。"


def parties_of(case: Case, sides: Sequence[Side] = SIGNING) -> Iterator[Party]:
    """Parties side by side: applicants first."""
    for side in sides:
        yield from case.on_side(side)


def names(case: Case, side: Side) -> str:
    """Names of one side, joined."""
    return "、".join(party.name for party in case.on_side(side))


def copies_of(case: Case) -> int:
    """How many copies an agreement says it has: as agreed, else one a party and one for the file (V34)."""
    agreed = case.agreement.copies if case.agreement else None
    return agreed or len(list(parties_of(case, STAKE))) + 1


def due(obligation: Obligation) -> str:
    """The day or the words instead of a day."""
    return chinese_date(obligation.due_on) + "前" if obligation.due_on else obligation.due_as_given


def owed(obligation: Obligation) -> str:
    """Sum or goods of one obligation."""
    return f"{figures(obligation.amount)}元" if obligation.amount is not None else obligation.goods


def payment_table(obligations: Sequence[Obligation]) -> Table:
    """The payment plan; the sum stands in figures here and in words below it. What is not agreed shows as a dash.

    Without obligations it is rows for the pen.
    """
    sides = ("履行人", "接受人") if any(each.amount is None for each in obligations) else ("付款人", "收款人")
    return Table(
        ("序号", *sides, "金额或标的", "履行期限", "方式"),
        tuple(map(payment_row, count(1), obligations)) or pen_rows(),
        (0.075, 0.15, 0.15, 0.215, 0.25, 0.16),
        (Align.CENTER, Align.LEFT, Align.LEFT, Align.RIGHT, Align.CENTER, Align.CENTER),
    )


def payment_row(place: int, each: Obligation) -> tuple[str, ...]:
    """One obligation of the plan."""
    return tuple(cell or "—" for cell in (str(place), each.payer, each.payee, owed(each), due(each), each.method))


def pen_rows() -> tuple[tuple[str, ...], ...]:
    """Numbered rows with nothing in them."""
    return tuple((str(place), *("",) * 5) for place in range(1, PEN_ROWS + 1))


def total_line(obligations: Sequence[Obligation]) -> str:
    """`以上款项合计人民币…元（大写：…）。`"""
    total = Fen(sum(each.amount or 0 for each in obligations))
    return f"以上款项合计{printed(total)}。"


def copies_line(case: Case, *, blank: bool) -> tuple[str | Run, ...]:
    """`本协议一式三份`, open on a form for the pen."""
    return ("本协议一式", Run(blank=3) if blank else chinese(copies_of(case)), "份")


def blank_terms(opening: str) -> list[Block]:
    """What is agreed, on a form for the pen: numbered empty clauses, a payment plan, its sum."""
    blocks: list[Block] = [Heading(opening)]
    blocks += [text(f"{chinese(place)}、", Run(blank=2 * ACROSS - 4)) for place in range(1, PEN_CLAUSES + 1)]
    blocks += [Heading("履行方式、地点、期限："), payment_table(())]
    return [*blocks, text("以上款项合计人民币", Run(blank=8), "元（大写：", Run(blank=12), "）。")]


def signers(case: Case, manner: str, sides: Sequence[Side] = SIGNING, *, label: str = "") -> tuple[Place, ...]:
    """A place to sign for each party of these sides; `label` is the word for each who has a stake."""
    return tuple(
        Place(label if label and party.side in STAKE else label_of(party), party.name, manner)
        for party in parties_of(case, sides)
    )


def signatures(case: Case, *, committee: str, day: str, hearing: Hearing | None, manner: str = BY_LAW) -> Signatures:
    """The signature block of a committee's paper: parties by hand, seal or fingerprint, its own people by hand."""
    mediators = hearing.mediators if hearing else ()
    places = [*signers(case, manner), *(Place("人民调解员", name) for name in mediators or ("",))]
    places.append(Place("记录人", hearing.recorder if hearing else ""))
    return Signatures(tuple(places), seal=committee, day=day)
