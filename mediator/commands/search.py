"""`mediator case search`: any words in any case."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result
from mediator.commands.wording import UsageProblem

if TYPE_CHECKING:
    from mediator.casework.searching import Hit, Where

HOW = {"exact": "", "variant": "（异体、繁体或者形近）", "sound": "（读音）"}


def where(call: Call) -> Where:
    """The filters; raises UsageProblem for a state or kind that there is not."""
    from mediator.casework.searching import Where
    from mediator.core.codes import CaseKind, CaseStatus

    options = call.options
    for given, codes, name in ((options.status, CaseStatus, "状态"), (options.kind, CaseKind, "种类")):
        known = [code.value for code in codes]
        if given and given not in known:
            raise UsageProblem("usage", where=f"没有{name}“{given}”，可用的是 {'、'.join(known)}")
    names = ("status", "kind", "dispute_type", "village", "mediator", "since", "until")
    return Where(**{name: getattr(options, name) or "" for name in names})


def search(call: Call) -> Result:
    """Hits as given, and apart from them those written otherwise or found by the sound of a name."""
    from mediator.casework import searching

    options = call.options
    asked = searching.Asked(tuple(options.text), where(call), options.limit, alike=True)
    with at_desk(call) as desk:
        found = searching.search(desk, asked)
    document: dict[str, object] = {
        "hits": [asdict(hit) for hit in found.hits],
        "total": found.total,
        "alike": [asdict(hit) for hit in found.alike],
        "alike_total": found.alike_total,
    }
    lines = (*map(line, found.hits), f"共{found.total}处。")
    if not found.alike_total:
        return Result(document, lines)
    further = (*map(line, found.alike), f"写法不同或者读音相符的另有{found.alike_total}处。")
    return Result(document, (*lines, *further))


def line(hit: Hit) -> str:
    """One hit in words."""
    from mediator.core.terms import field_term

    return f"{hit.number}\t{field_term(hit.field)}{HOW[hit.how]}\t{hit.excerpt}"
