"""`mediator case duplicates` and `case similar`: what looks alike and why, and what a person says of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.desk import Desk
    from mediator.casework.likeness import Hit, Judgement
    from mediator.core.codes import Likeness
    from mediator.core.records import CaseId

NEEDS_A_PERSON = 5


def duplicates(call: Call) -> Result:
    """Cases that may be the same matter or hold the same person; code 5 while one of them waits for a person's word."""
    from mediator.casework import likeness, reading

    with at_desk(call) as desk:
        case = reading.show(desk, call.options.case).case.id
        said = [(ref, True) for ref in call.options.same] + [(ref, False) for ref in call.options.unlike]
        for ref, same in said:
            likeness.judge(desk, case, of_hit(desk, case, ref, same=same, reason=call.options.reason))
        hits = likeness.duplicates_of(desk, case)
    open_ones = [hit for hit in hits if not hit.judged]
    lines = tuple(line_of(hit) for hit in hits) or ("没有发现疑似重复。",)
    document: dict[str, object] = {"hits": [asdict(hit) | {"likeness": hit.likeness.value} for hit in hits]}
    return Result(document, lines, exit_code=NEEDS_A_PERSON if open_ones else 0)


def of_hit(desk: Desk, case: CaseId, ref: str, *, same: bool, reason: str) -> Judgement:
    """What is said of a hit: about its two people where it is one of people, else about the two matters."""
    from mediator.casework import likeness, reading

    other = reading.find(desk, ref)
    hit = next((each for each in likeness.duplicates_of(desk, case) if each.case == other), None)
    if hit is None:
        return likeness.Judgement(other, matter(), same, reason=reason)
    return likeness.Judgement(other, hit.likeness, same, hit.party, hit.other_party, reason)


def matter() -> Likeness:
    """The two matters as a whole."""
    from mediator.core.codes import Likeness

    return Likeness.MATTER


def line_of(hit: Hit) -> str:
    """A hit in words."""
    whom = f"（{hit.name}）" if hit.name else ""
    word = "已确认" if hit.judged else "疑似"
    return f"{hit.number}\t{hit.score}\t{word}{hit.likeness.term}{whom}\t{hit.title}\t{'；'.join(hit.reasons)}"


def similar(call: Call) -> Result:
    """The nearest past cases with how they ended and what was agreed."""
    from mediator.casework import likeness, reading
    from mediator.core.codes import Likeness

    with at_desk(call) as desk:
        case = reading.show(desk, call.options.case).case.id
        for ref in call.options.unlike:
            word = likeness.Judgement(reading.find(desk, ref), Likeness.SIMILAR, same=False, reason=call.options.reason)
            likeness.judge(desk, case, word)
        hits = likeness.similar_to(desk, case)
    lines: list[str] = []
    for hit in hits:
        lines.append(f"{hit.number}\t{hit.score}\t{hit.outcome}\t{hit.title}\t{'；'.join(hit.reasons)}")
        lines += [f"  {place}. {clause}" for place, clause in enumerate(hit.clauses, 1)]
    return Result({"hits": [asdict(hit) for hit in hits]}, tuple(lines) or ("没有找到相似的案件。",))
