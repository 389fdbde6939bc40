"""What a template may name: the fields of its kind, the lists to loop over, the flags to ask. English or Chinese.

    {{ matter }} {{ 事由 }}    {%p for party in parties %} … {{ party.name }} … {%p endfor %}    {% if has_total %}

A text of several lines has its lines beside it, `facts_lines`. Everything has a flag, `has_facts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Final

from mediator.core.numerals import chinese
from mediator.core.records import Case, Obligation
from mediator.docs.fields import Field, Known, Shape
from mediator.docs.forms import known, mediation_agreement, receipt
from mediator.docs.forms.parts import copies_of
from mediator.docs.kinds import KindInfo
from mediator.docs.model import Paragraph

NO_NAME: Final = re.compile(r"\W+")


class Sort(Enum):
    """What stands behind a name: a text, a flag, lines, the rows of a list, one row."""

    TEXT = "text"
    FLAG = "flag"
    LINES = "lines"
    ROWS = "rows"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Slot:
    """One name of a template. `gap` is the ruled gap of a text that is missing, `columns` are those of rows."""

    name: str
    label: str
    sort: Sort = Sort.TEXT
    columns: tuple[Slot, ...] = ()
    gap: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """English and Chinese."""
        return tuple(dict.fromkeys((self.name, NO_NAME.sub("", self.label))))


def column(name: str, label: str, sort: Sort = Sort.TEXT) -> Slot:
    """One column of a list."""
    return Slot(name, label, sort)


def rows(name: str, label: str, /, **columns: str) -> Slot:
    """A list to loop over; a column whose label ends in 各行 holds lines."""
    kinds = {each: Sort.LINES if words.endswith("各行") else Sort.TEXT for each, words in columns.items()}
    return Slot(name, label, Sort.ROWS, tuple(column(each, words, kinds[each]) for each, words in columns.items()))


LISTS: Final = (
    rows("parties", "当事人列表", label="称谓", name="姓名", represents="代理说明", details="基本情况", sex="性别",
         birth_date="出生日期", ethnicity="民族", occupation="职业", id_number="证件号码", address="住址",
         phone="联系电话", legal_representative="法定代表人"),
    rows("clauses", "条款列表", number="条款号", text="条款内容"),
    rows("payments", "履行列表", number="序号", payer="付款人", payee="收款人", owed="金额或标的", due="履行期限",
         method="方式"),
    rows("received", "付款登记列表", amount="金额", paid_on="付款日期", method="付款方式"),
    rows("turns", "发言列表", speaker="发言人", text="首行", more="其余各行"),
    rows("late_turns", "补录发言列表", speaker="发言人", text="首行", more="其余各行"),
    rows("evidence", "证据列表", number="序号", name="名称", count="页数件数", original="原件或者复印件",
         by="提交人", proves="证明事项", digest="校验值"),
    rows("places", "签名处列表", label="身份", name="姓名", manner="方式"),
)  # fmt: skip

# What every kind knows beside its own form. Labels are the Chinese names, so no two are alike.
USUAL: Final[tuple[Field, ...]] = (
    Field("number", "文号", known=lambda _case, facts: facts.number, gap=0),
    Field("title", "文书名称", gap=0),
    Field("replaces", "更正的文号", known=lambda _case, facts: facts.replaces, gap=0),
    known.COMMITTEE,
    Field("seal", "盖章单位", gap=0),
    Field("day", "落款日期", gap=0),
    known.CASE_NUMBER,
    known.MATTER,
    known.DISPUTE_TYPE,
    known.ORIGIN,
    known.ACCEPTED_ON,
    replace(known.FACTS, label="纠纷事实"),
    known.REQUESTS,
    replace(known.PEOPLE, label="当事人"),
    known.APPLICANTS,
    known.RESPONDENTS,
    known.MEDIATORS,
    known.RECORDER,
    known.HELD_AT,
    known.PLACE,
    known.SIGNED_ON,
    known.AGREEMENT_NUMBER,
    replace(known.TOTAL, label="合计金额"),
    Field("everybody", "双方或者各方", known=lambda case, _facts: mediation_agreement.everybody(case)),
    Field("disputed_points", "争议事项", Shape.LINES,
          known=lambda case, _facts: case.agreement.disputed_points if case.agreement else ""),
    Field("responsibility", "各方责任", Shape.LINES,
          known=lambda case, _facts: case.agreement.responsibility if case.agreement else ""),
    Field("signed_at", "签订地点", known=lambda case, _facts: case.agreement.place if case.agreement else ""),
    Field("copies", "份数",
          known=lambda case, _facts: chinese(copies_of(case))),
)  # fmt: skip


def of_receipt(read: Callable[[Case, Obligation | None], str]) -> Known:
    """A text of the obligation a receipt is about."""
    return lambda case, facts: read(case, receipt.chosen(case, facts))


def still_open(case: Case, obligation: Obligation | None) -> str:
    """What is left of a sum of money, as a receipt says it."""
    blocks = receipt.rest_of(case, obligation)
    return "".join(run.text for block in blocks if isinstance(block, Paragraph) for run in block.runs)


OF_KIND: Final[Mapping[str, tuple[Field, ...]]] = {
    "receipt": (
        Field("payer", "付款人", known=of_receipt(lambda _case, each: each.payer if each else "")),
        Field("payee", "收款人", known=of_receipt(lambda _case, each: each.payee if each else "")),
        Field("received_what", "收到的款物", gap=16,
              known=of_receipt(lambda case, each: receipt.received(each, receipt.newest(case, each)))),
        Field("method", "履行方式",
              known=of_receipt(lambda case, each: receipt.manner(each, receipt.newest(case, each)))),
        Field("still_open", "尚余情况", gap=0, known=of_receipt(still_open)),
    ),
}  # fmt: skip


AGREED: Final = (
    "facts", "disputed_points", "signed_on|day", "copies", "total", "parties.name", "parties.details", "clauses.text",
    "payments.payer", "payments.payee", "payments.owed", "payments.due", "places.label", "places.name",
)  # fmt: skip
# What a template of a kind made from the record must print; `|` stands between two that say the same.
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "application": ("applicants|parties.name", "respondents|parties.name", "facts", "requests"),
    "acceptance_register": ("people|parties.name", "matter", "accepted_on", "dispute_type", "facts", "requests"),
    "rights_notice": ("people|parties.name", "matter", "committee"),
    "mediation_record": ("people|parties.name", "held_at", "place", "recorder", "mediators", "turns.speaker",
                         "turns.text", "turns.more", "late_turns.text", "places.name"),
    "mediation_agreement": ("committee", "responsibility", *AGREED),
    "settlement_agreement": AGREED,
    "receipt": ("payer", "payee|places.name", "received_what", "day", "places.name"),
    "follow_up_record": ("people|parties.name", "visited_on", "visitor", "visited", "situation", "satisfaction"),
}  # fmt: skip


def fields_of(info: KindInfo) -> tuple[Field, ...]:
    """Every field a template of the kind may print: its form's own, its record's own, and the usual ones."""
    own = (*info.fields, *OF_KIND.get(info.id, ()))
    taken = {field.name for field in own}
    return tuple(distinct((*own, *(field for field in USUAL if field.name not in taken))))


def distinct(fields: Sequence[Field]) -> Iterator[Field]:
    """The fields; of two with one label the second has its English name alone."""
    labels: set[str] = set()
    for field in fields:
        yield replace(field, label=field.name) if field.label in labels else field
        labels.add(field.label)


def as_slots(field: Field) -> Iterator[Slot]:
    """The names of one field: itself, its lines, its flag."""
    if field.shape is Shape.ROWS:
        columns = (column(f"c{place}", label) for place, label in enumerate(field.columns, 1))
        yield Slot(field.name, field.label, Sort.ROWS, tuple(columns))
    else:
        yield Slot(field.name, field.label, gap=field.gap)
        if field.shape is Shape.LINES:
            yield Slot(f"{field.name}_lines", f"{field.label}各行", Sort.LINES)
        if field.shape is Shape.CHOICE:
            yield Slot(f"{field.name}_ticks", f"{field.label}勾选")


def with_flags(slots: Sequence[Slot]) -> Iterator[Slot]:
    """Each name and its flag; the columns of rows have flags too."""
    for slot in slots:
        yield replace(slot, columns=tuple(with_flags(slot.columns)))
        yield Slot(f"has_{slot.name}", f"有{slot.label}", Sort.FLAG)


@lru_cache(maxsize=128)
def slots_of(info: KindInfo) -> tuple[Slot, ...]:
    """Every name that a template of the kind may use, flags last."""
    own = [slot for field in fields_of(info) for slot in as_slots(field)]
    every = list(with_flags([*own, *(each for each in LISTS if each.name not in {slot.name for slot in own})]))
    return tuple(sorted(every, key=lambda slot: slot.sort is Sort.FLAG))


def needed_by(info: KindInfo) -> tuple[str, ...]:
    """What a template of the kind must print, `|` between two that say the same."""
    typed = tuple(field.name for field in info.fields if field.needed)
    return ("number", *NEEDED.get(info.id, ()), *typed)
