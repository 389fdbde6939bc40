"""`mediator demo`: the main job once through, at the desk and with a county on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.places import data_folder
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.desk import Desk
    from mediator.commands.demo_center import DemoCenter
    from mediator.commands.demo_story import Diary


def demo(call: Call) -> Result:
    """Vault, intake, hearing, papers, enrollment, exchange by network and by a folder standing for a stick."""
    from mediator.casework import opening, reading
    from mediator.commands import demo_story
    from mediator.commands.demo_center import DemoCenter

    folder = Path(call.options.dir).absolute() if call.options.dir else data_folder() / "demo"
    diary = demo_story.open_diary(folder)
    papers = demo_story.work_at_the_desk(call.workshop, diary, call.say)
    center = DemoCenter(folder / "center", folder / "password.txt", demo_story.DIVISION[:6])
    center.set_up("缙云县矛盾纠纷调解中心（演示）")
    desk = demo_story.sit_down(call.workshop, folder)
    try:
        url = exchange_with(desk, center, diary, call)
        number = reading.show(desk, diary.cases[demo_story.HEARING_CASE]).case.number
    finally:
        opening.lock(desk)
    document: dict[str, object] = {
        "vault": str(folder / "vault"),
        "case": number,
        "documents": papers,
        "center_url": url,
        "synced_entries": diary.sent,
        "dir": str(folder),
        "stick": str(folder / "stick"),
    }
    return Result(document, summary(folder, number, papers, sent=diary.sent))


def exchange_with(desk: Desk, center: DemoCenter, diary: Diary, call: Call) -> str:
    """Join the county once, then one exchange over each road; gives the center's address."""
    from mediator.casework import exchange

    stick = diary.folder / "stick"
    stick.mkdir(exist_ok=True)
    with center.serving() as url:
        if exchange.status(desk).state != "enrolled":
            exchange.enroll_network(desk, url, center.code(diary_division()))
            call.say("已用登记码加入县中心。 Joined the county center by a one-time code.")
        sent = exchange.by_network(desk, url).sent
    call.say(f"网络同步：送出{sent}条。 Network: {sent} entries sent.")
    by_stick = exchange.by_stick(desk, stick).sent
    center.ask("usb", str(stick))
    sent += by_stick
    exchange.by_stick(desk, stick)
    call.say(f"U 盘同步：送出{by_stick}条，收据已取回。 Stick: {by_stick} entries sent, receipt taken back.")
    diary.sent += sent
    diary.keep()
    return url


def diary_division() -> str:
    """The township of the demo's room."""
    from mediator.commands.demo_story import DIVISION

    return DIVISION


def summary(folder: Path, number: str, papers: list[str], *, sent: int) -> tuple[str, ...]:
    """What was done and where it lies, in both languages."""
    return (
        f"演示完成：六个案件、一场调解、{len(papers)}份文书，共向县中心送出{sent}条记录。",
        f"主要案件：{number}",
        f"结果在：{folder}（保险库 vault，文书 documents，县中心 center，U 盘 stick，密码 password.txt）",
        f"Done: six cases, one hearing, {len(papers)} paper files, {sent} entries sent to the county center.",
        f"Results: {folder} (vault, documents, center, stick; the demo password is in password.txt).",
    )
