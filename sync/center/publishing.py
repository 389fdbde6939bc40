"""Publishing a table of the county: read strictly, looked at, then one entry that goes down to every room.

What stands in a file is checked by the reader that every room has, so that nothing is published that a room cannot
read. Cases are folded again by what counts now; until that is done a list may still tell an older day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, NoReturn

from sqlalchemy import select

from mediator.core.codes import Code
from mediator.core.dates import parse_iso_day
from mediator.core.published import InForce, Published, with_table
from mediator.core.text import clean
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.canonical import encode
from mediator.journal.county_tables import KIND
from mediator.journal.entry import EntryId
from mediator.journal.reach import Reach
from mediator.journal.streams import county_stream, desk_stream
from sync.center.chain import say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import COUNTY_FEED
from sync.center.folding import log_of, refold_by
from sync.center.published import published, published_ids, readable, tables_in
from sync.center.rows import SHIPPED
from sync.center.table_changes import Change, changes
from sync.center.tables import ENTRY

MAX_TABLE: Final = 128 << 10
LONGEST_VERSION: Final = 40
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2100, 1, 1)
NOTED: Final = "audit.table_published"
# Members of a table as a fault names them: what stands in the file, and what it is.
MEMBERS: Final = {
    "rules": "期限规则", "extensions": "延长", "id": "编号", "part": "分段", "label": "名称", "start": "从何时算起",
    "length": "长度", "unit": "单位", "rolls": "遇休息日顺延", "amber": "提前提醒", "amber_unit": "提醒的单位",
    "pauses": "可以中止", "lapses": "期满失权", "ends": "何时结束", "orders": "督促", "follows": "怎样办理",
    "source": "依据", "kinds": "事项种类", "category": "工单分类", "during": "办理状态", "given": "另行指定",
    "of": "哪个期限", "times": "次数", "most": "最长", "by": "谁批准", "years": "年份", "year": "年", "off": "放假",
    "work": "上班", "hours": "办公时间", "valid_from": "起始日", "open": "开门时间",
    "severities": "检查项的轻重", "repeat": "重复信访的次数", "group": "群体的人数", "checklists": "办理清单",
    "items": "事项", "events": "由哪些环节表明", "states": "由哪些状态表明", "papers": "由哪些文书表明",
    "asked": "由哪些询问表明", "categories": "工单分类", "indices": "指数", "name": "名称", "parts": "组成",
    "indicator": "指标", "weight": "权重", "none": "零分线", "full": "满分线",
}  # fmt: skip


class TableName(Code):
    """Tables that a county may publish."""

    CALENDAR = "calendar", "节假日和办公时间"
    DEADLINES = "deadlines", "期限规则"
    LINT = "lint", "协议检查的轻重"
    PETITIONS = "petitions", "信访标准和办理清单"
    INDICES = "indices", "工作力指数"


@dataclass(frozen=True, slots=True)
class Draft:
    """A table that may be published."""

    name: TableName
    version: str
    valid_from: date
    content: dict[str, object]


@dataclass(frozen=True, slots=True)
class Look:
    """What a draft would change, and how many tables were published when it was looked at."""

    draft: Draft
    changes: tuple[Change, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class Line:
    """A published table with who published it and when (ms UTC)."""

    table: Published
    who: str
    at: int


def read_draft(data: bytes, *, name: str, version: str, valid_from: str) -> Draft:
    """A draft from a file and what was typed; raises Unacceptable `publish.size`, `publish.json`, `publish.kind`,
    `publish.day`, RefusedByRule `publish.version`.
    """
    kind = next((each for each in TableName if each.value == name), None)
    if kind is None:
        raise Unacceptable("publish.kind")
    label = clean(version).text.strip()
    if not 0 < len(label) <= LONGEST_VERSION:
        raise RefusedByRule("publish.version")
    return Draft(kind, label, read_day(valid_from), read_content(data))


def read_day(text: str) -> date:
    """A day of this century; raises Unacceptable `publish.day`."""
    try:
        day = parse_iso_day(text)
    except Unacceptable:
        raise Unacceptable("publish.day") from None
    if not FIRST_DAY <= day < LAST_DAY:
        raise Unacceptable("publish.day")
    return day


def read_content(data: bytes) -> dict[str, object]:
    """The one object of a file, within the limits of every entry; raises Unacceptable `publish.size`, `publish.json`.

    A mark before the text is left out: editors of Windows write it.
    """
    if len(data) > MAX_TABLE:
        raise Unacceptable("publish.size", limit=MAX_TABLE >> 10)
    try:
        content = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=once, parse_float=refuse_number, parse_constant=refuse_number
        )
        encode(content)
    except (ValueError, RecursionError, MediatorError) as error:
        raise Unacceptable("publish.json", where=place_in_text(error)) from None
    if not isinstance(content, dict):
        raise Unacceptable("publish.json", where="第1行")
    return content


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose names stand in it once; raises ValueError."""
    names = sorted(name for name, _ in pairs)
    if any(first == second for first, second in pairwise(names)):
        raise ValueError
    return dict(pairs)


def refuse_number(_text: str) -> NoReturn:
    """Tables hold whole numbers alone."""
    raise ValueError


def place_in_text(error: Exception) -> str:
    """The line of a fault in the text, as far as it is known."""
    return f"第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else "文件"


def look(center: Center, draft: Draft) -> Look:
    """What it would change; raises Unacceptable `publish.form`, RefusedByRule `publish.same`."""
    with center.database.reading() as scope:
        seen = published_ids(center, scope)
        return looked(draft, tables_in(center, scope), len(seen))


def looked(draft: Draft, before: InForce, seen: int) -> Look:
    """The same beside what counts now."""
    table = Published(draft.name.value, draft.version, draft.valid_from, draft.content)
    try:
        after = with_table(before, table)
    except Unacceptable as error:
        raise Unacceptable("publish.form", where=place_in_words(error.where)) from None
    found = changes(before, after, draft.valid_from)
    if not found:
        raise RefusedByRule("publish.same")
    return Look(draft, found, seen)


def place_in_words(where: str) -> str:
    """`rules.3.unit` as `rules（期限规则）第4行，unit（单位）`."""
    told = ""
    for step in where.split("."):
        name = f"{step}（{MEMBERS[step]}）" if step in MEMBERS else step
        told += f"第{int(step) + 1}行" if step.isdecimal() else f"{'，' if told else ''}{name}"
    return told or "整份表"


def publish(center: Center, draft: Draft, *, seen: int, who: str) -> Look:
    """One entry to every room, and who did it into the center's log; all cases wait to be folded by it.

    Raises like `look`, and RefusedByRule `publish.changed` when another table came since it was looked at.
    """

    def work(scope: Scope) -> Look:
        if len(published_ids(center, scope)) != seen:
            raise RefusedByRule("publish.changed")
        found = looked(draft, tables_in(center, scope), seen)
        day = draft.valid_from.isoformat()
        body = {"name": draft.name.value, "version": draft.version, "valid_from": day, "content": draft.content}
        stream = county_stream(center.county)
        before = log_of(center, scope, stream).seen(
            Reach.COUNTY
        )  # also of a life before this one: later is what saw it
        entry = say(center, scope, stream, KIND, body, feeds=[COUNTY_FEED], seen=before)
        told = {"login": who, "name": draft.name.value, "version": draft.version, "entry": entry.n}
        say(center, scope, desk_stream(center.desk), NOTED, told, feeds=[])
        refold_by(center, scope)
        return found

    return center.database.write(work)


def history(center: Center) -> tuple[Line, ...]:
    """Every published table, the newest first."""
    with center.database.reading() as scope:
        tables, noted = published(center, scope), notes(center, scope)
    found = [Line(table, *noted.get(entry.id, ("", 0))) for entry, table in tables]
    return tuple(reversed(found))


def notes(center: Center, scope: Scope) -> Mapping[EntryId, tuple[str, int]]:
    """Entry -> who published it, and when; each life of the county noted its own."""
    rows = scope.rows(select(*SHIPPED).where(ENTRY.c.kind == NOTED))
    entries = ((each.desk, each.content(), each.wall) for each in readable(center, rows))
    return {(desk, int(str(body["entry"]))): (str(body["login"]), wall) for desk, body, wall in entries}


def one(center: Center, order: int) -> Published:
    """A published table by its place among them; raises Unacceptable `publish.unknown`."""
    with center.database.reading() as scope:
        found = next((table for _, table in published(center, scope) if table.order == order), None)
    if found is None:
        raise Unacceptable("publish.unknown")
    return found
