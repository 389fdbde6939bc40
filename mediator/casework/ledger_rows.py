"""One line of a ledger as a case file's case, or the reasons why it cannot be one, all at once and by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Final, TypeVar

from mediator.casework.case_file import CaseDocument, FileAgreement, FileParty
from mediator.casework.intake import CaseForm, PartyForm
from mediator.casework.ledger_heads import IN_TEN_THOUSANDS, REASON, SIDES, Head
from mediator.casework.texts import Cleaner
from mediator.core import cells
from mediator.core.cells import Cell, text_of
from mediator.core.codes import AgreementForm, CaseKind, Category, IdType, PartyKind, Sex, Side
from mediator.core.dates import day_words
from mediator.core.identifiers import birth_and_sex, resident_id_fault
from mediator.core.money import Fen, figures
from mediator.docs.tables import Row
from mediator.errors import Unacceptable

T = TypeVar("T")
LONGEST: Final = 20_000
NAME_MOST: Final = 200
BETWEEN: Final = re.compile(r"[、，,;；/／\n|]+|(?<=[\u3400-\u9fff]{2})[与诉](?=[\u3400-\u9fff]{2})|——|--")
LABEL: Final = re.compile(r"^(?:甲方|乙方|甲|乙|申请人|被申请人)[：:]\s*|[（(](?:甲方|乙方|申请人|被申请人)[）)]")
BODY: Final = re.compile(r"公司|厂$|店$|社$|委员会|村民小组|中心$|学校|医院|银行|合作社|集团|局$|政府|部$|所$")
OUTCOMES: Final = (
    ("not_agreed", r"不成|未成|失败|未达成|不成功|否|未化解|未调成"),
    ("withdrawn", r"撤"),
    ("terminated", r"终止|中止"),
    ("pending", r"^$|调解中|办理中|处理中|未结|在办|待|进行中"),
    ("agreed", r"成功|达成|已调|化解|已结|办结|^是$|履行|调结|和解|结案"),
)
CATEGORIES: Final = (
    (Category.BLUE, r"蓝|咨询|建议"), (Category.YELLOW, r"黄|多部门"), (Category.ORANGE, r"橙|涉法|涉诉"),
    (Category.RED, r"红|投诉|举报"),
)  # fmt: skip
SAID: Final = {
    "cell.day": "看不出是哪一天", "cell.sum": "看不出是多少钱", "cell.count": "看不出是几个人",
    "cell.digits": "号码在表格里存成了数字，后几位已经丢失，请改成文本重新填写",
    "cell.number": "号码里没有这样的出生日期",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read: its number in the sheet (from 1), its digest, and either what it becomes or what is wrong."""

    number: int
    digest: str
    document: CaseDocument | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    village: str = ""
    old_number: str = ""
    dispatched: datetime | None = None
    return_by: date | None = None
    reasons: tuple[str, ...] = ()


class Reader:
    """Reads the columns of one line and collects what is wrong with them."""

    __slots__ = ("_cells", "_words", "reasons")

    def __init__(self, head: Head, row: Row, cleaner: Cleaner) -> None:
        """Columns by field, cleaned; where two are mapped to one field, the second is kept with its words."""
        self._cells: dict[str, Cell] = {}
        self._words: dict[str, str] = {}
        self.reasons: list[str] = []
        for words, name, given in zip(head.words, head.fields, row, strict=False):
            cell = cleaner.clean(given, words) if isinstance(given, str) else given
            if not name or words == REASON or not text_of(cell):
                continue
            more = name in self._cells
            self._cells[name] = f"{text_of(self._cells[name])}\n{words}：{text_of(cell)}" if more else cell
            self._words.setdefault(name, words)

    @property
    def empty(self) -> bool:
        """True for a line without anything of ours."""
        return not self._cells

    def read(self, name: str, how: Callable[[Cell], T]) -> T | None:
        """A column by its reader; None, with a reason, for one that cannot be read."""
        if name not in self._cells:
            return None
        try:
            return how(self._cells[name])
        except Unacceptable as error:
            self.refuse(name, SAID.get(error.code, "无法识别"))
            return None

    def sum_of(self, cell: Cell) -> Fen | None:
        """A sum, in a column of 万元 ten thousand times what a bare number says."""
        bare = isinstance(cell, int | float) or text_of(cell).replace(".", "", 1).isdigit()
        return cells.sum_of(f"{text_of(cell)}万" if bare and IN_TEN_THOUSANDS in self._words["amount"] else cell)

    def text(self, name: str, longest: int = LONGEST) -> str:
        """A text; one beyond its length is refused."""
        found = text_of(self._cells.get(name, ""))
        if len(found) > longest:
            self.refuse(name, f"超过{longest}个字")
        return found[:longest]

    def refuse(self, name: str, why: str) -> None:
        """Note what is wrong with a column."""
        self.reasons.append(f"“{self._words.get(name, name)}”{why}")

    def digest(self) -> str:
        """What the line says, whatever order its columns stand in and however the file is written."""
        said = "\n".join(f"{name}={''.join(str(text_of(cell)).split())}" for name, cell in sorted(self._cells.items()))
        return sha256(said.encode()).hexdigest()[:24]


def line_of(head: Head, row: Row, number: int, *, kind: CaseKind, cleaner: Cleaner) -> Line | None:
    """A line as a case; None for an empty one."""
    reader = Reader(head, row, cleaner)
    if reader.empty:
        return None
    document, extra = document_of(reader, kind), extra_of(reader)
    dispatched, return_by = reader.read("dispatched_at", cells.moment_of), reader.read("return_by", cells.day_of)
    if kind is CaseKind.WORK_ORDER and not extra["source_ref"]:
        reader.reasons.append("没有工单编号")
    if reader.reasons:
        return Line(number, reader.digest(), reasons=tuple(reader.reasons))
    return Line(
        number, reader.digest(), document, extra, reader.text("village", 200), old_number_of(reader), dispatched,
        return_by,
    )  # fmt: skip


def old_number_of(reader: Reader) -> str:
    """The number on old papers, kept as a second name; one that only counts lines is none."""
    text = reader.text("old_number", 100)
    return text if "号" in text or len(text) >= 6 else ""


def extra_of(reader: Reader) -> dict[str, object]:
    """Fields of the case that no case file has."""
    return {
        "source_ref": reader.text("source_ref", 100),
        "arrived_at": reader.read("arrived_at", cells.moment_of),
        "people": reader.read("people", cells.count_of),
        "lead_body": reader.text("lead_body", 200),
    }


def document_of(reader: Reader, kind: CaseKind) -> CaseDocument:
    """The case that a line tells of."""
    people = tuple(parties_of(reader))
    names = [each.name for each in people]
    if not any(each.side is Side.APPLICANT for each in people):
        reader.reasons.append("没有申请人姓名" if names else "没有当事人姓名")
    dispute, facts, title = reader.text("dispute_type", 100), reader.text("facts"), reader.text("title", 200)
    if not (facts or title or reader.text("requests")):
        reader.reasons.append("没有纠纷事实，也没有案由")
    form = CaseForm(
        title=title or title_of(names, dispute), dispute_type=dispute or "其他", kind=kind,
        facts="\n".join(filter(None, (facts or title, remarks(reader)))), requests=reader.text("requests"),
        origin=reader.text("origin", 100) or ("12345热线" if kind is CaseKind.WORK_ORDER else ""),
        category=category_of(reader), accepted_on=reader.read("accepted_on", cells.day_of),
    )  # fmt: skip
    parties = tuple(FileParty(each) for each in people)
    return CaseDocument(form, parties, agreement=agreement_of(reader), outcome=outcome_of(reader, kind))


def title_of(names: list[str], dispute: str) -> str:
    """A name for a case that has none: 王芳与李伟邻里纠纷."""
    who = "与".join(names[:2])
    kind = dispute if dispute.endswith(("纠纷", "争议")) else f"{dispute}纠纷"
    return f"{who}{kind}"[:200]


def remarks(reader: Reader) -> str:
    """What the ledger says beside the facts, kept in words."""
    amount, signed_on = reader.read("amount", reader.sum_of), reader.read("signed_on", cells.day_of)
    rows = (
        ("协议签订日期", day_words(signed_on)),
        ("涉及金额", f"{figures(amount)}元" if amount else ""), ("调解员", reader.text("mediator", 200)),
        ("所在地", reader.text("village", 200)), ("备注", reader.text("note", 2000)),
    )  # fmt: skip
    told = [f"{label}：{words}" for label, words in rows if words]
    return f"台账另记——{'；'.join(told)}。" if told else ""


def outcome_of(reader: Reader, kind: CaseKind) -> str:
    """The word of the case file for the ledger's; a work order has no outcome of a mediation."""
    text = reader.text("outcome")
    if kind is CaseKind.WORK_ORDER:
        return ""
    found = next((outcome for outcome, words in OUTCOMES if re.search(words, text)), None)
    if found is None:
        reader.refuse("outcome", "看不出调解成功还是不成")
    return found or ""


def category_of(reader: Reader) -> Category | None:
    """The colour of a work order, from its own name or the sort of call; none where a person must decide."""
    text = reader.text("category", 100)
    return next((category for category, words in CATEGORIES if re.search(words, text)), None)


def agreement_of(reader: Reader) -> FileAgreement | None:
    """The agreement in the ledger's words, a draft: it is signed on paper, and nobody here has seen the paper."""
    text = reader.text("agreement")
    return FileAgreement({"form": AgreementForm.WRITTEN}, None, (("", text),), ()) if text else None


def parties_of(reader: Reader) -> Iterator[PartyForm]:
    """The parties: from columns of each side, else both from one column."""
    one_cell = split_names(reader.text("parties")) if reader.text("parties") else []
    count = 0
    for place, side in enumerate(SIDES):
        named = split_names(reader.text(f"{side}.name")) or one_cell[place : place + 1 if place == 0 else None]
        for name in named:
            count += 1
            yield party_of(reader, side, name, ref=f"p{count}", alone=len(named) == 1)


def split_names(text: str) -> list[str]:
    """Names of a cell that holds several."""
    bare = (LABEL.sub("", part.strip()).strip() for part in BETWEEN.split(text))
    return [name for name in map(cells.name_of, bare) if name]


def party_of(reader: Reader, side: str, name: str, *, ref: str, alone: bool) -> PartyForm:
    """One party; numbers and addresses belong to it only where it stands alone in its cell."""
    if len(name) > NAME_MOST:
        reader.refuse(f"{side}.name", f"超过{NAME_MOST}个字")
    number = (reader.read(f"{side}.id_number", cells.number_of) or "") if alone else ""
    told = birth_and_sex(number)
    words = reader.text(f"{side}.sex", 10)
    sexes = {"男": Sex.MALE, "女": Sex.FEMALE}
    return PartyForm(
        side=Side.APPLICANT if side == SIDES[0] else Side.RESPONDENT,
        name=name[:NAME_MOST], kind=PartyKind.ORGANIZATION if BODY.search(name) else PartyKind.PERSON, ref=ref,
        sex=sexes.get(words) or (told.sex if told else None), birth_date=told.day if told else None,
        id_type=IdType.RESIDENT_ID if number and resident_id_fault(number) != "form" else None, id_number=number[:40],
        phone=reader.text(f"{side}.phone", 40) if alone else "",
        address=reader.text(f"{side}.address", 300) if alone else "",
    )  # fmt: skip
