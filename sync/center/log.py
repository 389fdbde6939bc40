"""审计: the center's own log, found by who, what, about whom and when; what is shown is read from signed entries.

The table `noted` only finds entries: it is written with them and can be made again from them. Somebody who changes it
hides a line from a search, not from the chain, and `whole_chain` tells. A county that came back from a backup goes on
with a chain of its own; the log holds those of all its lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, delete, func, or_, select

from mediator.errors import MediatorError
from mediator.journal.entry import Entry
from sync.center.chain import CENTER_STATE, LOGGED, noted
from sync.center.checking import broken_chain, entries_of
from sync.center.county import BEIJING, Center
from sync.center.database import Scope, chunks
from sync.center.reading import PAGE, signed_by
from sync.center.rows import SHIPPED, entry_of
from sync.center.tables import DESK, ENTRY, NOTED

# What each kind is called; the value of a filter is the kind itself.
KINDS: Final = {
    "access.case_viewed": "查看案件",
    "audit.login": "登录", "audit.login_failed": "登录没有成功", "audit.logout": "退出",
    "audit.account_set": "设定账号", "audit.account_changed": "更改账号", "audit.account_reset": "重设密码和动态口令",
    "audit.account_off": "停用账号", "audit.account_on": "恢复账号", "audit.password_changed": "更换自己的密码",
    "audit.code_set": "绑定动态口令", "audit.spare_used": "使用备用码登录", "audit.spare_made": "重新生成备用码",
    "audit.code_made": "发登记码", "audit.request_decided": "核对六位数并决定", "audit.desk_revoked": "停用电脑",
    "audit.desk_retired": "换下电脑", "audit.bundle_adopted": "收下暂存的数据包",
    "audit.bundle_dropped": "丢弃暂存的数据包", "audit.case_granted": "转办案件",
    "audit.case_released": "收回转办", "audit.case_supervised": "督促和批示", "audit.report_made": "取出报表",
    "audit.template_proposed": "提交文书模板", "audit.template_issued": "核发文书模板",
    "audit.template_recalled": "撤回文书模板", "audit.table_published": "下发规则",
    "audit.erasure_asked": "提出删除", "audit.erasure_decided": "决定删除", "audit.erasure_dropped": "不删除",
    "audit.keys_changed": "更换密钥",
    "audit.center_taken_over": "接管", "audit.center_restored": "从备份恢复", "audit.log_checked": "核对审计记录",
}  # fmt: skip
OF_CASES: Final = (
    "access.case_viewed", "audit.case_supervised", "audit.case_granted", "audit.case_released", "audit.report_made",
    "audit.erasure_asked", "audit.erasure_decided", "audit.erasure_dropped",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which lines: all when everything is empty; `whole` is false for who may not know who looked at what."""

    login: str = ""
    kind: str = ""
    about: str = ""
    first: date | None = None
    last: date | None = None
    whole: bool = True
    offset: int = 0
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line; `entry` is None when somebody changed what was written, `sound` when the center's signature holds."""

    kind: str
    at: int
    entry: Entry | None
    sound: bool

    @property
    def deed(self) -> str:
        """What was done, in words."""
        return KINDS.get(self.kind, "其他")

    @property
    def told(self) -> Mapping[str, object]:
        """Who and about what, as the entry says it."""
        return self.entry.content() if self.entry else {}


def lines(center: Center, query: LogQuery) -> tuple[tuple[LogLine, ...], int]:
    """A page of the log and how many lines there are, the newest first."""
    wanted = conditions(query)
    with center.database.reading() as scope:
        total = int(scope.value(select(func.count()).select_from(NOTED).where(*wanted)) or 0)
        ordered = select(NOTED).where(*wanted).order_by(NOTED.c.at.desc(), NOTED.c.n.desc())
        rows = scope.rows(ordered.offset(query.offset).limit(query.limit))
        own = {row.desk: row for row in lives(scope)}
        found = entries_at(center, scope, [(row.desk, row.n) for row in rows])
    return tuple(line_of(center, own.get(row.desk), row, found.get((row.desk, row.n))) for row in rows), total


def lives(scope: Scope) -> Sequence[Row[Any]]:
    """The center's own desks: the one that writes now, and those from before a backup came back."""
    return scope.rows(select(DESK).where(DESK.c.state == CENTER_STATE))


def conditions(query: LogQuery) -> list[Any]:
    """What a query asks of the index."""
    found: list[Any] = [
        column == value
        for column, value in ((NOTED.c.login, query.login), (NOTED.c.kind, query.kind), (NOTED.c.about, query.about))
        if value
    ]
    if query.first:
        found.append(NOTED.c.at >= midnight(query.first))
    if query.last:
        found.append(NOTED.c.at < midnight(query.last + timedelta(days=1)))
    return found if query.whole else [*found, NOTED.c.kind.notin_(OF_CASES)]


def midnight(day: date) -> int:
    """The first ms of a day in the county."""
    return int(datetime(day.year, day.month, day.day, tzinfo=BEIJING).timestamp() * 1000)


def entries_at(center: Center, scope: Scope, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Entry]:
    """The center's own entries by desk and number; one that was changed is left out."""
    found: dict[tuple[str, int], Entry] = {}
    for desk in {desk for desk, _ in places}:
        for part in chunks([n for of, n in places if of == desk]):
            rows = scope.rows(select(*SHIPPED).where(ENTRY.c.desk == desk, ENTRY.c.n.in_(part)))
            found |= {(each.desk, each.n): each for each in readable(center, rows) if not each.erased}
    return found


def readable(center: Center, rows: Iterable[Row[Any]]) -> Iterator[Entry]:
    """The entries of these rows that were not changed."""
    for row in rows:
        try:
            yield entry_of(row, center)
        except MediatorError:
            continue


def line_of(center: Center, own: Any, row: Any, entry: Entry | None) -> LogLine:
    """A line, with whether it may be believed."""
    sound = entry is not None and entry.kind == row.kind and signed_by(center, entry, own)
    return LogLine(row.kind, row.at, entry, sound)


def people(center: Center) -> tuple[str, ...]:
    """Everybody who stands in the log, for the filter."""
    with center.database.reading() as scope:
        rows = scope.rows(select(NOTED.c.login).where(NOTED.c.login != "").distinct().order_by(NOTED.c.login))
    return tuple(row.login for row in rows)


def whole_chain(center: Center) -> tuple[int, tuple[str, ...]]:
    """Every entry of the center's own read again: how many, and what is wrong with them or with the index."""
    findings: list[str] = []
    count = logged = 0
    with center.database.reading() as scope:
        for own in lives(scope):
            entries = list(entries_of(center, scope, own.desk, findings, {}))
            count += len(entries)
            logged += sum(each.kind.startswith(LOGGED) for each in entries)
            findings += [f"entry.signature {each.n}" for each in entries if not signed_by(center, each, own)]
            findings += broken_chain(scope, own)
        if int(scope.value(select(func.count()).select_from(NOTED)) or 0) != logged:
            findings.append("noted.count")
    return count, tuple(findings)


def make_again(center: Center, scope: Scope) -> None:
    """The index anew, from the entries: once when an older database is opened."""
    scope.change(delete(NOTED))
    for own in lives(scope):
        ours = select(*SHIPPED, ENTRY.c.arrived).where(ENTRY.c.desk == own.desk)
        rows = scope.rows(ours.where(or_(*(ENTRY.c.kind.like(f"{each}%") for each in LOGGED))))
        arrived = {row.n: row.arrived for row in rows}
        scope.add(NOTED, [noted(each, arrived[each.n]) for each in readable(center, rows)])
