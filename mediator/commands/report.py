"""`mediator report`: statistics and ledgers of a span as files; without a kind, what kinds there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result
from mediator.commands.wording import UsageProblem

if TYPE_CHECKING:
    from mediator.casework.reports import Kind


def report(call: Call) -> Result:
    """Write a report."""
    from mediator.casework import reports

    options = call.options
    if options.kind is None:
        return kinds()
    kind = named(options.kind)
    first, last = day_in(options.first), day_in(options.last)
    formats = tuple(part.strip() for part in options.format.split(",") if part.strip())
    if not formats or set(formats) - set(reports.FORMATS):
        raise UsageProblem("usage", where=f"格式只有 {'、'.join(reports.FORMATS)}，用逗号分开")
    if options.out is None:
        raise UsageProblem("usage", where="请用 --out 说明写到哪个文件夹")
    with at_desk(call) as desk:
        span = reports.span_of(desk, kind, first, last)
        made = reports.report(desk, kind, span)
        files = reports.write(desk, made, formats=formats, out=Path(options.out))
    document: dict[str, object] = {
        "kind": kind.id, "title": kind.title, "from": span.first.isoformat(), "to": span.last.isoformat(),
        "as_of": span.as_of.isoformat(), "files": [{"path": str(each.path), "pages": each.pages} for each in files],
    }  # fmt: skip
    return Result(document, (f"{kind.title}（{span.words}）", *(str(each.path) for each in files)))


def kinds() -> Result:
    """What kinds there are."""
    from mediator.casework import reports

    rows = [{"id": each.id, "title": each.title} for each in reports.KINDS]
    return Result({"kinds": rows}, tuple(f"{row['id']}\t{row['title']}" for row in rows))


def named(word: str) -> Kind:
    """The kind of a word; raises UsageProblem with all that there are."""
    from mediator.casework import reports

    found = next((each for each in reports.KINDS if each.id == word), None)
    if found is None:
        raise UsageProblem("usage", where=f"没有“{word}”，可用的是 {'、'.join(each.id for each in reports.KINDS)}")
    return found


def day_in(text: str | None) -> date | None:
    """A day, None when left out; raises UsageProblem for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageProblem("usage", where=f"“{text}”不是日期，请写成 2026-03-05") from None
