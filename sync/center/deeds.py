"""What the program's commands do at an open center: a JSON document, sentences for people, an exit code."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Final

from mediator.core.codes import OrderState
from mediator.core.dates import chinese_moment
from sync.center import (
    checking,
    distributing,
    enrollment,
    quarantine,
    reading,
    revocation,
    stick,
    supervising,
    witness,
)
from sync.center.cautions import cautions
from sync.center.county import Center, moment_of
from sync.center.folding import fold_dirty
from sync.center.problems import sentence_of
from sync.center.reading import Query, Shown
from sync.center.supervising import OrderQuery, Proposal

WHO: Final = "mediator-center"
Result = tuple[dict[str, object], tuple[str, ...], int]


def decide(center: Center, options: Namespace) -> Result:
    """A person's word on the request with these six digits."""
    good = options.confirm is not None
    digits = options.confirm if good else options.deny
    desk = enrollment.decide(center, digits, township=options.township or "", good=good, who=WHO)
    return {"desk": desk, "confirmed": good}, ("已记下，对方再同步一次就能收到。",), 0


def make_code(center: Center, options: Namespace) -> Result:
    """A one-time code."""
    code = enrollment.make_code(center, options.township, who=WHO)
    expires = moment_of(code.expires)
    document: dict[str, object] = {"code": code.text, "expires": expires.isoformat(), "township": code.township}
    return document, (f"登记码：{code.text}", f"有效到{chinese_moment(expires)}，只能用一次。"), 0


def usb(center: Center, options: Namespace) -> Result:
    """One stick."""
    done = stick.handle(center, Path(options.folder))
    rejected = [{"file": each.file, "code": each.code} for each in done.rejected]
    document: dict[str, object] = {
        "absorbed": done.absorbed, "written": done.written, "rejected": rejected, "asking": list(done.asking),
        "set_aside": done.aside, "files": [{"file": file, "digits": digits} for file, digits in done.heard],
    }  # fmt: skip
    lines = [f"{file}　核对数字 {digits[:4]} {digits[4:]}" for file, digits in done.heard]
    lines += [f"收到{done.absorbed}条，写出{done.written}个文件。"]
    lines += [f"没有接收：{each.file}（{each.code}）" for each in done.rejected]
    lines += [
        f"有电脑申请加入，六位数：{digits}。核对后执行 mediator-center enroll --confirm {digits}"
        for digits in done.asking
    ]
    lines += [f"有{done.aside}条记录不合格式，已单独存放，等人处理。"] if done.aside else []
    return document, tuple(lines), 4 if done.rejected else 5 if done.asking or done.aside else 0


def case_list(center: Center, options: Namespace) -> Result:
    """Cases with names of persons masked."""
    fold_dirty(center)
    found_lines, total = reading.cases(center, Query(township=options.township or "", limit=options.limit))
    rows = [
        {"id": line.id, "number": line.number, "title": line.title, "township": line.township,
         "status": line.status.value if line.status else "", "due": line.due, "conflicts": line.conflicts}
        for line in found_lines
    ]  # fmt: skip
    lines = (f"{line.number}\t{line.status.term if line.status else ''}\t{line.title}" for line in found_lines)
    return {"cases": rows, "total": total}, (*lines, f"共{total}件。"), 0


def case_show(center: Center, options: Namespace) -> Result:
    """One case with its evidence."""
    fold_dirty(center)
    shown = reading.show(center, reading.find(center, options.case), who=WHO)
    case = shown.case
    lines = (f"{case.number}　{case.title}　{case.status.term}", case.facts,
             f"共{len(shown.told)}条记录，签名无误{shown.sound}条，读不出来{shown.damaged}条。")  # fmt: skip
    whole = shown.sound == len(shown.told) and not shown.damaged
    return {"cases": [row_of(shown)]}, lines, 0 if whole else 5


def row_of(shown: Shown) -> dict[str, object]:
    """A case with the history it was folded from."""
    case = shown.case
    history = [
        {"at": moment_of(each.entry.wall).isoformat(), "kind": each.entry.kind, "author": each.author,
         "signature": each.sound}
        for each in shown.told
    ]  # fmt: skip
    return {
        "id": case.id, "number": case.number, "title": case.title, "status": case.status.value, "facts": case.facts,
        "township": shown.township, "parties": [party.name for party in case.parties],
        "hearings": [[{"speaker": turn.speaker, "text": turn.text} for turn in each.turns] for each in case.hearings],
        "documents": [{"number": paper.number, "title": paper.title} for paper in case.papers], "history": history,
        "damaged": shown.damaged,
    }  # fmt: skip


def status(center: Center, _options: Namespace) -> Result:
    """What the county holds and what waits for a person."""
    rows = reading.townships(center)
    entries, aside = reading.entry_count(center), len(reading.put_aside(center))
    asked, told = len(enrollment.requests(center)), cautions(center)
    missing = witness.absent(center)
    document: dict[str, object] = {
        "absent": [{"desk": row.desk, "seat": row.seat, "upto": row.head_n} for row in missing],
        "entries": entries, "cases": reading.case_count(center), "desks": sum(row.desks for row in rows),
        "requests": asked, "put_aside": aside,
        "warnings": list(told), "name": center.card.name, "fingerprint": center.card.fingerprint,
    }  # fmt: skip
    words = (f"{center.card.name}：{document['desks']}台电脑，{document['cases']}个案件，{entries}条记录。",
             f"等候核对{asked}台，暂存待查{aside}个。", *(f"提醒：{each}" for each in told))  # fmt: skip
    words += tuple(
        f"还没有回来：{center.places.name(row.township)}（座号{row.seat}），其他电脑带来它的记录到第{row.head_n}条。"
        for row in missing
    )
    return document, words, 5 if asked or aside or missing else 0


def supervise(center: Center, options: Namespace) -> Result:
    """What ought to be issued now, issued at once when asked for, and how many answers wait for a verdict."""
    fold_dirty(center)
    query = OrderQuery(township=options.township or "")
    found = supervising.proposals(center, query)
    picked = [(each.line.id, each.wanted.id) for each in found] if options.issue else []
    issued = supervising.issue(center, picked, who=WHO)
    _, answered = supervising.followed(center, OrderQuery(query.township, state=OrderState.ANSWERED.value))
    rows = [proposal_row(each) for each in found]
    lines = [f"{each.wanted.sort.term}\t{each.line.township}\t{each.line.number}\t{each.wanted.text}" for each in found]
    told = f"应当下发{len(found)}份，已下发{issued}份，等待审核的答复{answered}份。"
    document: dict[str, object] = {"orders": rows, "issued": issued, "answered": answered}
    return document, (*lines, told), 5 if answered or len(found) > issued else 0


def proposal_row(each: Proposal) -> dict[str, object]:
    """An order that ought to be issued, with its case and the day up to which its room has told."""
    return {
        "case": each.line.id, "number": each.line.number, "township": each.line.township, "id": each.wanted.id,
        "sort": each.wanted.sort.value, "rule": each.wanted.rule, "text": each.wanted.text,
        "due": each.wanted.due.isoformat() if each.wanted.due else "", "place": each.wanted.place,
        "heard": each.heard.isoformat(),
    }  # fmt: skip


def check(center: Center, _options: Namespace) -> Result:
    """Read everything again."""
    unfolded = fold_dirty(center)
    done = checking.check(center)
    findings = [*done.findings, *([f"case.unfolded {unfolded}"] if unfolded else [])]
    document: dict[str, object] = {
        "ok": not findings, "entries": done.entries, "cases": done.cases, "findings": findings
    }  # fmt: skip
    words = f"有{len(findings)}处不对。" if findings else f"完好，共{done.entries}条记录，{done.cases}个案件。"
    return document, (words, *findings), 4 if findings else 0


def revoke(center: Center, options: Namespace) -> Result:
    """Take a computer out of the county."""
    number = revocation.revoke(center, options.desk, who=WHO)
    document: dict[str, object] = {"desk": options.desk, "number": number}
    return document, ("已停用。已经收到的记录保留，以后送来的另外存放，等人处理。",), 0


def aside(center: Center, options: Namespace) -> Result:
    """Bundles that wait for a person, or a person's word on one."""
    if options.adopt is not None:
        taken = quarantine.adopt(center, options.adopt, who=WHO)
        fold_dirty(center)
        return {"bundle": options.adopt, "absorbed": taken.new}, (f"已收下，其中新记录{taken.new}条。",), 0
    if options.drop is not None:
        quarantine.drop(center, options.drop, who=WHO)
        return {"bundle": options.drop, "dropped": True}, ("已丢弃，留下了记录。",), 0
    held = reading.put_aside(center)
    rows = [{"bundle": row.bundle, "desk": row.desk, "code": row.code, "seat": row.seat} for row in held]
    lines = [f"{row.bundle}\t{row.label}（座号{row.seat}）\t{sentence_of(row.code)}" for row in held]
    return {"bundles": rows}, (*lines, f"共{len(rows)}个。"), 5 if rows else 0


def spread_out(center: Center, _options: Namespace) -> Result:
    """The tables, over the machines of the database; run again after an update, or when nothing is left to do."""
    engine = center.database.engine
    names = distributing.distribute(engine)
    count = distributing.machines(engine)
    document: dict[str, object] = {"distributed": list(names), "machines": count}
    return document, (f"已按县分放{len(names)}张表，共{count}台机器。",), 0
