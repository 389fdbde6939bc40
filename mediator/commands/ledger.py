"""`mediator import ledger` and `import hotline`: other people's tables taken in, what is refused handed back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk, telling
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.desk import Desk
    from mediator.casework.ledger_import import Outcome, Reading
    from mediator.core.codes import CaseKind

NEEDS_A_PERSON = 5


def ledger(call: Call) -> Result:
    """An old ledger of mediations."""
    from mediator.core.codes import CaseKind

    return taken_in(call, CaseKind.PEOPLE_MEDIATION)


def hotline(call: Call) -> Result:
    """An export of the hotline's work orders; `--receipt` writes the file that goes back."""
    from mediator.core.codes import CaseKind

    return taken_in(call, CaseKind.WORK_ORDER)


def taken_in(call: Call, kind: CaseKind) -> Result:
    """Read, show or keep, hand back. Code 5 while refused lines or suspected duplicates wait for a person."""
    from mediator.casework import ledger_back, ledger_import

    data = file_of(call)
    with at_desk(call, workshop=telling(call)) as desk:
        reading = ledger_import.read(desk, data, kind, dict(call.options.mapping))
        if call.options.preview:
            return told(reading, ledger_import.preview(desk, reading), preview=True)
        outcome = ledger_import.take_in(desk, reading, lambda done, whole: call.progress(f"已录入{done}/{whole}件"))
        receipt = Path(call.options.receipt) if getattr(call.options, "receipt", None) else None
        written = ledger_back.write_back(desk, reading, outcome, refused=place_of(call), receipt=receipt)
        suspects = suspected(desk, outcome)
    result = told(reading, outcome, preview=False)
    document = {**result.document, **{name: str(path) for name, path in written.items()}, "duplicates": suspects}
    lines = (*result.lines, *(f"已写出：{path}" for path in written.values()))
    lines += tuple(f"疑似重复：{each['number']}与{each['other']}（{each['words']}）" for each in suspects)
    return Result(document, lines, exit_code=NEEDS_A_PERSON if outcome.refused or suspects else 0)


def file_of(call: Call) -> bytes:
    """The file's bytes, no more than may be read."""
    from mediator.casework.files_in import bounded
    from mediator.casework.ledger_import import MAX_BYTES

    return bounded(Path(call.options.file), MAX_BYTES)


def place_of(call: Call) -> Path:
    """Where the refused lines go: as told, else beside the file."""
    given = Path(call.options.file)
    return (
        Path(call.options.refused) if call.options.refused else given.with_name(f"{given.stem}（退回）{given.suffix}")
    )


def suspected(desk: Desk, outcome: Outcome) -> list[dict[str, object]]:
    """Cases of this file that may be registered already as the same matter, each pair once."""
    from mediator.casework import likeness
    from mediator.core.codes import Likeness

    pairs: dict[frozenset[str], dict[str, object]] = {}
    for each in outcome.added:
        hits = [hit for hit in likeness.duplicates_of(desk, each.id) if hit.likeness is Likeness.MATTER]
        for hit in hits:
            row = {"number": each.number, "other": hit.number, "score": hit.score, "words": "；".join(hit.reasons)}
            pairs.setdefault(frozenset((each.id, hit.case)), row)
    return list(pairs.values())


def told(reading: Reading, outcome: Outcome, *, preview: bool) -> Result:
    """What came of a file, or would come of it."""
    mapped, unmapped = columns_of(reading)
    cases = [{"id": each.id, "number": each.number, "sheet": each.sheet, "row": each.line} for each in outcome.added]
    refused = [{"sheet": name, "row": line.number, "reasons": list(line.reasons)} for name, line in outcome.refused]
    document: dict[str, object] = {
        "preview": preview, "added": len(cases), "cases": cases, "known": len(outcome.known), "refused": refused,
        "mapping": mapped, "unmapped": unmapped, "skipped_sheets": list(reading.skipped),
    }  # fmt: skip
    counts = f"{len(cases)}件，此前已录入{len(outcome.known)}件，退回{len(refused)}行。"
    lines = [f"可录入{counts}", *(f"  {word} → {field}" for word, field in mapped.items())]
    lines = lines if preview else [f"已录入{counts}"]
    lines += [f"没有用到的列：{'、'.join(unmapped)}。"] if unmapped else []
    lines += [f"  {name}第{line.number}行：{'；'.join(line.reasons)}" for name, line in outcome.refused]
    return Result(document, tuple(lines))


def columns_of(reading: Reading) -> tuple[dict[str, str], list[str]]:
    """Columns of all sheets with the fields they became, and those that nothing was made of."""
    columns = dict(pair for part in reading.parts for pair in zip(part.head.words, part.head.fields, strict=True))
    mapped = {word: field for word, field in columns.items() if field}
    return mapped, [word for word in columns if word and word not in mapped]
