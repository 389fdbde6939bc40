"""`mediator township`: the key with which rooms of a township share what the county only carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.township import State

NEEDS_PERSON = 5


def state(call: Call) -> Result:
    """Where it stands; code 5 when a person has to compare digits or to change the key."""
    from mediator.casework import township

    with at_desk(call) as desk:
        found = township.state(desk)
    unread = bool(found.digits) and any(not (each.has or each.off) for each in found.peers)
    waits = found.renew or found.offered or unread
    return Result(document_of(found), lines_of(found), NEEDS_PERSON if waits else 0)


def make(call: Call) -> Result:
    """The first key, or a new one."""
    from mediator.casework import township

    with at_desk(call) as desk:
        deed = township.renew if call.options.renew else township.make
        found = deed(desk, escrow=call.options.escrow or "")
    return Result(document_of(found), lines_of(found))


def admit(call: Call) -> Result:
    """Let another computer read."""
    from mediator.casework import township

    with at_desk(call) as desk:
        found = township.admit(desk, call.options.peer, call.options.digits)
    return Result(document_of(found), lines_of(found))


def accept(call: Call) -> Result:
    """Use a key that came."""
    from mediator.casework import township

    with at_desk(call) as desk:
        found = township.accept(desk, call.options.digits)
    return Result(document_of(found), lines_of(found))


def document_of(found: State) -> dict[str, object]:
    """The state as JSON."""
    rows = [
        {"desk": each.desk, "seat": each.seat, "digits": each.digits, "reads": each.has, "off": each.off}
        for each in found.peers
    ]
    return {
        "key": found.digits, "epoch": found.epoch, "own": found.own, "offered": list(found.offered), "desks": rows,
        "renew": found.renew,
    }  # fmt: skip


def lines_of(found: State) -> tuple[str, ...]:
    """The state in words."""
    key = f"乡镇密钥第{found.epoch}把，六位数 {found.digits}。录音的密钥用它加密，本乡镇的电脑能读，县中心只传递。"
    none = "本机还没有使用乡镇密钥，录音的密钥只在本机；请定期备份。"
    desks = (f"{each.seat}\t{each.digits}\t{standing_of(each.has, each.off)}" for each in found.peers)
    offered = (f"收到一把密钥，六位数 {digits}，与设立的电脑核对后执行 township accept。" for digits in found.offered)
    left = ("有读过密钥的电脑已停用，请执行 township make --renew 换一把。",) if found.renew else ()
    return (key if found.digits else none, f"本机的六位数：{found.own}", *desks, *offered, *left)


def standing_of(has: bool, off: bool) -> str:
    """What another computer may."""
    return "已停用" if off else "能读" if has else "还不能读，核对六位数后执行 township admit"
