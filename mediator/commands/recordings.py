"""`mediator recording`: what was recorded, a file of it for a reason, and what need not be kept any longer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result
from mediator.commands.secrets_in import password
from mediator.core.recordings import clock_of

if TYPE_CHECKING:
    from mediator.casework.keeping import Due
    from mediator.casework.listening import Kept

PLACES: Final = {
    "here": "在这台电脑上",
    "coming": "录音还没有送到，同步时取回",
    "county": "在县中心，可以取回",
    "away": "不在这台电脑上",
}


def listed(call: Call) -> Result:
    """The recordings of a case, oldest first."""
    from mediator.casework import listening, reading

    with at_desk(call) as desk:
        found = listening.recordings(desk, reading.find(desk, call.options.case))
    return Result({"recordings": [document_of(each) for each in found]}, tuple(map(line_of, found)))


def document_of(kept: Kept) -> dict[str, object]:
    """One of them as JSON; `digest` pins every byte of the sealed file."""
    each = kept.recording
    return {
        "id": each.id, "hearing": kept.hearing.id, "begun_at": each.begun_at.isoformat() if each.begun_at else None,
        "seconds": each.seconds, "ending": each.ending.value if each.ending else None, "digest": each.digest,
        "here": kept.here, "destroyed": kept.destroyed, "place": kept.place.value,
    }  # fmt: skip


def line_of(kept: Kept) -> str:
    """The same in words."""
    each = kept.recording
    state = "已依法销毁" if kept.destroyed else PLACES[kept.place.value]
    ended = each.ending.term if each.ending else "正在录"
    begun = f"{each.begun_at:%Y-%m-%d %H:%M}" if each.begun_at else ""
    return f"{each.id}\t{begun}\t{clock_of(each.seconds)}\t{ended}\t{state}"


def export(call: Call) -> Result:
    """The whole recording as WAV, proved against its digest; the reason stays in the trace."""
    from mediator.casework import listening, reading

    options = call.options
    with at_desk(call) as desk:
        case = reading.find(desk, options.case)
        file = listening.export_wav(desk, case, options.recording, out=Path(options.out), reason=options.reason)
    return Result({"file": str(file)}, (f"录音已导出到{file}，时间、原因和经办人已经记下。",))


def recall(call: Call) -> Result:
    """The next exchange brings a file back."""
    from mediator.casework import reading, thinning

    options = call.options
    with at_desk(call) as desk:
        place = thinning.ask_back(desk, reading.find(desk, options.case), options.file)
    here = place is thinning.Place.HERE
    words = "就在这台电脑上，不用取。" if here else "记下了，下次同步时带回来；用 U 盘的话要一个来回。"
    return Result({"file": options.file, "place": place.value}, (words,))


def thin(call: Call) -> Result:
    """Recordings that the county keeps leave this computer, or are only listed."""
    from mediator.casework import thinning

    with at_desk(call) as desk:
        found = thinning.thinnable(desk) if call.options.list else thinning.thin(desk)
    size = sum(each.size for each in found)
    rows = [{"id": each.recording.id, "case": each.case, "bytes": each.size} for each in found]
    done = "可以腾出" if call.options.list else "已腾出"
    told = (
        f"{done}{len(found)}段录音，{size / 1_000_000:,.0f} MB；要听时可以取回。" if found else "没有可以腾出的录音。"
    )
    return Result({"recordings": rows, "bytes": size}, (told,))


def due(call: Call) -> Result:
    """What need not be kept any longer; nothing is done."""
    from mediator.casework import keeping

    with at_desk(call) as desk:
        found = keeping.due(desk)
    return Result({"due": [due_document(each) for each in found]}, (*map(due_line, found), f"保管期满{len(found)}段。"))


def due_document(each: Due) -> dict[str, object]:
    """One that is due as JSON."""
    return {
        "id": each.recording.id, "case": each.case, "number": each.number, "ended_on": each.ended_on.isoformat(),
        "kept_until": each.kept_until.isoformat(), "seconds": each.recording.seconds,
    }  # fmt: skip


def due_line(each: Due) -> str:
    """The same in words."""
    return f"{each.recording.id}\t{each.number}\t第{each.sitting}次调解\t{each.begun}\t保管到{each.kept_until}"


def destroy(call: Call) -> Result:
    """Two persons destroy what is due, all of it or what is named, and keep the list."""
    from mediator.casework import keeping

    options = call.options
    with at_desk(call) as desk:
        secret = password(call, "second_password_file", words=f"{options.second}的密码：")
        chosen = options.recordings or [each.recording.id for each in keeping.due(desk)]
        if not chosen:
            return Result({"destroyed": 0}, ("没有保管期满的录音。",))
        file = keeping.destroy(desk, chosen, second=(options.second, secret), out=Path(options.out))
    document: dict[str, object] = {"destroyed": len(set(chosen)), "file": str(file)}
    return Result(
        document, (f"已销毁{len(set(chosen))}段录音，不能恢复。清单：{file}。", "以前的备份里还有，请更新备份。")
    )
