"""`mediator dossier`: bind, verify, attach a scan; `mediator document due`: what the dossier must have by now."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk, telling
from mediator.commands.document import check_names, made_document, made_line
from mediator.commands.findings import finding_document, finding_line
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.dossier import Filed


def bind(call: Call) -> Result:
    """Bind the dossier; reasons for what is missing are kept first, whatever comes of the rest."""
    from mediator.casework import dossier, reading
    from mediator.casework.watching import Watch

    options = call.options
    with at_desk(call, workshop=telling(call)) as desk:
        case_id = reading.show(desk, options.case).case.id
        for item, reason in options.excuse:
            dossier.excuse(desk, case_id, item, reason)
        watch = Watch(lambda done, total: call.progress(f"已装订 {done}/{total}"))
        filed = dossier.file(desk, case_id, out=Path(options.out), simple=options.simple, watch=watch)
    return Result(filed_document(filed), filed_lines(filed))


def filed_document(filed: Filed) -> dict[str, object]:
    """A bound dossier as JSON has it."""
    return {
        "file": str(filed.file), "manifest": str(filed.manifest), "pages": filed.pages,
        "items": [asdict(each) for each in filed.items],
        "findings": [finding_document(each) for each in filed.findings],
        "documents": [made_document(each) for each in filed.documents],
    }  # fmt: skip


def filed_lines(filed: Filed) -> tuple[str, ...]:
    """The same in words: what was made, what is in it, what may still be missing."""
    rows = (f"{each.first or '—'}\t{each.title}\t{each.number}" for each in filed.items)
    whole = f"卷宗已装订，共{filed.pages}页：{filed.file}"
    made = (made_line(each) for each in filed.documents)
    return (*made, whole, f"清单：{filed.manifest}", *rows, *map(finding_line, filed.findings))


def verify(call: Call) -> Result:
    """Compare a volume with its signed list, anywhere; the key says which desk bound it."""
    from mediator.casework import manifest

    body = manifest.compared(Path(call.options.listing), Path(call.options.volume))
    document: dict[str, object] = {
        "state": "genuine", "number": body["number"], "pages": body["pdf"]["pages"], "items": len(body["items"]),
        "key": body["key"],
    }  # fmt: skip
    return Result(document, (f"卷宗与清单相符：{body['number']}，共{document['items']}件{document['pages']}页。",))


def due(call: Call) -> Result:
    """Issue every paper that is due; what a rule stops waits for a person."""
    from mediator.casework import due_papers, reading
    from mediator.casework.watching import Watch

    formats = tuple(part.strip() for part in call.options.format.split(",") if part.strip())
    check_names(["application"], formats)
    with at_desk(call) as desk:
        case_id = reading.show(desk, call.options.case).case.id
        watch = Watch(lambda done, total: call.progress(f"已出具 {done}/{total}"))
        batch = due_papers.make_due(desk, case_id, formats=formats, out=Path(call.options.out), watch=watch)
    document: dict[str, object] = {
        "documents": [made_document(each) for each in batch.made],
        "findings": [finding_document(each) for each in batch.findings],
    }
    lines = (*map(made_line, batch.made), *map(finding_line, batch.findings))
    return Result(document, lines or ("没有应当出具而还没有的文书。",), 5 if batch.findings else 0)


def attach(call: Call) -> Result:
    """Take in a scan."""
    from mediator.casework import evidence, reading

    options = call.options
    with at_desk(call, workshop=telling(call)) as desk:
        case_id = reading.show(desk, options.case).case.id
        kept = evidence.attach(desk, case_id, Path(options.file), place=options.place, title=options.title)
    document: dict[str, object] = {
        "id": kept.id, "title": kept.title, "place": kept.place, "pages": kept.pages, "sha256": kept.sha256,
        "size": kept.size,
    }  # fmt: skip
    return Result(document, (f"已附入《{kept.title}》，{kept.pages}页。",))
