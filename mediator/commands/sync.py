"""`mediator sync` and `mediator enroll`: one exchange, where it stands, joining a center."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, PartlyDone, Result

if TYPE_CHECKING:
    from mediator.casework.county import Enrolled, Exchanged, Retry
    from mediator.casework.desk import Desk

NEEDS_PERSON = 5
NO_PROXY = "none"
PICTURES = frozenset({".png", ".jpg", ".jpeg"})
STATES = {
    "enrolled": "已加入县中心。",
    "waiting": "请求已送到，等县里确认；请电话核对六位数字。",
    "requested": "请求已写到 U 盘，请带到县中心；请电话核对六位数字。",
}


def network(call: Call) -> Result:
    """One exchange over the network."""
    from mediator.casework import exchange

    with at_desk(call, unlisted=True) as desk:
        return exchanged(exchange.by_network(desk, call.options.url or ""))


def usb(call: Call) -> Result:
    """One exchange with a stick or a folder."""
    from mediator.casework import exchange

    with at_desk(call, unlisted=True) as desk:
        done = exchange.by_stick(desk, Path(call.options.folder))
        slip = handed_over(desk, done, Path(call.options.slip)) if call.options.slip else None
    result = exchanged(done)
    return replace(result, document={**result.document, "slip": str(slip)}) if slip else result


def handed_over(desk: Desk, done: Exchanged, out: Path) -> Path | None:
    """The paper that goes with the stick, where something was written."""
    from mediator.casework import handover

    return handover.write(desk, done.parcels, out) if done.parcels else None


def receipt(call: Call) -> Result:
    """Count a receipt slip: a picture's file, or the line itself as it was scanned or typed."""
    from mediator.casework import slips

    said = call.options.slip
    with at_desk(call) as desk:
        is_picture = Path(said).suffix.lower() in PICTURES
        counted = slips.count_picture(desk, Path(said)) if is_picture else slips.count(desk, said)
    words = f"已记下：县中心收到本机第{counted.n}条以前的全部内容，还有{counted.pending}条待送。"
    return Result(asdict(counted), (words,))


def exchanged(done: Exchanged) -> Result:
    """What an exchange did; code 5 when a person has to look."""
    from mediator.casework.exchange import failure, told

    line = (
        f"送出{done.sent}条，收到{done.received}条，收据{done.receipts}张；"
        f"待送{done.pending}条，待选定{done.conflicts}处。"
    )
    words = told(done)
    lines = (line, words) if words else (line,)
    result = Result(asdict(done), lines, NEEDS_PERSON if done.conflicts or done.set_aside else 0)
    if done.code:
        raise PartlyDone(failure(done.code), result)
    return result


def status(call: Call) -> Result:
    """Where the exchange stands, without asking anybody."""
    from mediator.casework import exchange

    with at_desk(call, unlisted=True) as desk:
        state = exchange.status(desk)
    last, files = state.last, exchange.files_told(state.files)
    retry = state.retry
    document: dict[str, object] = {
        "device": state.device,
        "center": state.center,
        "url": state.url,
        "state": state.state,
        "sent": last.sent if last else 0,
        "received": last.received if last else 0,
        "receipts": state.receipts,
        "conflicts": state.conflicts,
        "pending": state.pending,
        "bytes": 0,
        "files_waiting": state.files.waiting,
        "files_bytes": state.files.bytes,
        "last": {**asdict(last), "at": last.at.isoformat()} if last else None,
        "by_itself": retry.by_itself,
        "failures": retry.failures,
        "tried": retry.tried.isoformat() if retry.tried else None,
        "next_try": retry.again.isoformat() if retry.again else None,
    }
    where = f"县中心：{state.center}" if state.center else "还没有加入县中心。"
    figures = f"待送{state.pending}条，收据{state.receipts}张，待选定{state.conflicts}处。"
    return Result(document, tuple(line for line in (where, figures, files, next_try(retry)) if line))


def next_try(retry: Retry) -> str:
    """How the last try ended and when the desktop tries again, empty before the first."""
    from mediator.casework.complaints import words_of

    if retry.tried is None:
        return ""
    ended = words_of(retry.code) if retry.code else "正常。"
    again = f"桌面打开着的话，{retry.again:%m-%d %H:%M}再试。" if retry.again else ""
    return f"{retry.tried:%m-%d %H:%M}与县中心联系：{ended}{again}"


def proxy(call: Call) -> Result:
    """The office's proxy: shown without its password, kept, or taken away."""
    from mediator.casework import proxies

    with at_desk(call, unlisted=True) as desk:
        asked = call.options.address
        if asked is not None:
            proxies.keep_proxy(desk.vault, "" if asked == NO_PROXY else asked)
        kept = proxies.shown(proxies.proxy_of(desk.vault))
    return Result({"proxy": kept}, (f"经{kept}连县中心。" if kept else "直接连县中心，不经代理服务器。",))


def auto(call: Call) -> Result:
    """Whether the desktop exchanges by itself."""
    from mediator.casework import retrying

    wanted = call.options.wanted == "on"
    with at_desk(call, unlisted=True) as desk:
        retrying.go_by_itself(desk.vault, wanted)
    return Result({"by_itself": wanted}, ("有网络时自动同步。" if wanted else "只在按下时同步。",))


def enroll_network(call: Call) -> Result:
    """Join a center by a one-time code."""
    from mediator.casework import exchange

    with at_desk(call, unlisted=True) as desk:
        return enrolled(exchange.enroll_network(desk, call.options.url, call.options.code))


def enroll_usb(call: Call) -> Result:
    """Join a center by files on a stick."""
    from mediator.casework import exchange

    with at_desk(call, unlisted=True) as desk:
        return enrolled(exchange.enroll_stick(desk, Path(call.options.folder)))


def enrolled(done: Enrolled) -> Result:
    """What came of it; code 5 while the county has to confirm."""
    lines = (STATES.get(done.state, done.state), f"核对数字：{done.digits}" if done.digits else "")
    return Result(asdict(done), tuple(line for line in lines if line), NEEDS_PERSON if done.state == "waiting" else 0)
