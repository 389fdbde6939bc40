"""`mediator erasure`: what would go, two persons' decision, and decisions that came from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result
from mediator.commands.secrets_in import password
from mediator.commands.wording import UsageProblem, chosen
from mediator.core.erasures import ErasureGround

if TYPE_CHECKING:
    from mediator.casework.erasing import Plan, Request

NEEDS_PERSON = 5


def plan(call: Call) -> Result:
    """What would go and what would stay; nothing is done."""
    from mediator.casework import erasing, reading

    with at_desk(call) as desk:
        found = erasing.plan(desk, reading.find(desk, call.options.case), call.options.items)
    return Result(told(found), lines_of(found, "将删除"))


def decide(call: Call) -> Result:
    """Two persons decide, and it is done."""
    from mediator.casework import erasing, reading

    ground = chosen(ErasureGround, call.options.ground, "依据")
    with at_desk(call) as desk:
        secret = password(call, "second_password_file", words=f"{call.options.second}的密码：")
        case, second = reading.find(desk, call.options.case), (call.options.second, secret)
        found = erasing.erase(desk, case, call.options.items, ground=ground, second=second)
    return Result(told(found), (*lines_of(found, "已删除"), "以前的备份里还有，请按保存规定销毁或者更新备份。"))


def told(found: Plan) -> dict[str, object]:
    """A plan as JSON."""
    rows = [{"kind": each.term, "count": each.count, "evidence": each.evidence} for each in found.remaining]
    return {"entries": len(found.targets), "taken": [list(row) for row in found.taken], "remaining": rows}


def lines_of(found: Plan, what: str) -> tuple[str, ...]:
    """A plan in words: what goes, what stays and why."""
    parts = "、".join(f"{term}{count}条" for term, count in found.taken)
    evidence = [f"{each.term}{each.count}条" for each in found.remaining if each.evidence]
    spoken = [f"{each.term}{each.count}条" for each in found.remaining if not each.evidence]
    return tuple(filter(None, (
        f"{what}{len(found.targets)}条：{parts}。编号、签名和校验值保留，内容不能恢复。",
        f"保留：{'、'.join(evidence)}。已经签订、签发的是各方手里的凭据，保存期满由县中心决定。" if evidence else "",
        f"另外还提到这个姓名的：{'、'.join(spoken)}，需要的话请逐条删除。" if spoken else "",
    )))  # fmt: skip


def listed(call: Call) -> Result:
    """Decisions that wait for a yes here; code 5 when there are any."""
    from mediator.casework import erasing, opening

    with at_desk(call, unlisted=True) as desk:
        found, state = erasing.settle(desk), opening.listed_state(desk)
    rows = [document_of(each) for each in found]
    lines = [line_of(each) for each in found]
    wanted = ("这个保险库是从备份恢复的，还没有拿到县里的删除清单，请先同步。",) if state == opening.WANTED else ()
    document: dict[str, object] = {"requests": rows, "list": state}
    return Result(document, (*wanted, *lines, f"等候执行{len(rows)}项。"), NEEDS_PERSON if rows or state else 0)


def document_of(each: Request) -> dict[str, object]:
    """A waiting decision as JSON; `id` is what `carry-out` takes."""
    return {
        "id": each.ref, "case": each.case, "whole": each.whole, "left": each.left,
        "ground": each.ground.value if each.ground else "", "decided_by": list(each.decided_by),
    }  # fmt: skip


def line_of(each: Request) -> str:
    """The same in words."""
    what = "整案" if each.whole else f"{each.left}条内容"
    ground = each.ground.term if each.ground else "其他依据"
    return f"{each.ref}\t{each.case}\t{what}\t{ground}\t决定人：{'、'.join(each.decided_by)}"


def carry_out(call: Call) -> Result:
    """Somebody's yes to some of them, or to all."""
    from mediator.casework import erasing

    if not (call.options.all or call.options.decisions):
        raise UsageProblem("usage", where="缺少编号，或者写 --all")
    with at_desk(call, unlisted=True) as desk:
        waiting = [each.ref for each in erasing.settle(desk)]
        asked = waiting if call.options.all else call.options.decisions
        done = erasing.carry_out(desk, asked) if asked else 0
    return Result({"done": done}, (f"已执行{done}项，内容不能恢复。",))


def waive(call: Call) -> Result:
    """Go on without the county's list."""
    from mediator.casework import erasing

    with at_desk(call, unlisted=True) as desk:
        erasing.waive(desk, call.options.reason)
    return Result({"waived": True}, ("已记下：不等县里的删除清单，由您负责。",))
