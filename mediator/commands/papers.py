"""`mediator document` for papers that are there already: verify, check, reprint, and the page that verifies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.inspecting import Checked

STATES: Final = {
    "genuine": "与登记相符", "altered": "已被改动", "unknown": "没有登记", "superseded": "已被代替",
}  # fmt: skip


def verify(call: Call) -> Result:
    """Compare files with the vault's record."""
    from mediator.casework import printing

    with at_desk(call) as desk:
        found = printing.verify(desk, [Path(name) for name in call.options.files])
    rows = [
        {"file": str(each.file), "state": each.state, "document": each.document, "note": each.note} for each in found
    ]
    lines = tuple(
        "\t".join((STATES[each.state], str(each.file), each.document, *([each.note] if each.note else ())))
        for each in found
    )
    return Result({"results": rows}, lines)


def picture(call: Call) -> Result:
    """Put a picture in the place of a character that no face has."""
    from mediator.casework import characters, reading

    options = call.options
    with at_desk(call) as desk:
        case_id = reading.show(desk, options.case).case.id
        characters.put_picture(desk, case_id, options.char, Path(options.file))
    told = f"已放入“{options.char}”的图片，以后的文书都用它。"
    return Result({"char": options.char, "code": f"U+{ord(options.char):04X}"}, (told,))


def check(call: Call) -> Result:
    """Look through files, without a vault unless a case is named whose names they must have."""
    from mediator.casework import inspecting, reading

    files = [Path(name) for name in call.options.files]
    if call.options.case:
        with at_desk(call) as desk:
            found = inspecting.check(files, reading.show(desk, call.options.case).case)
    else:
        found = inspecting.check(files)
    return Result({"results": [checked_document(each) for each in found]}, tuple(map(checked_line, found)))


def checked_document(checked: Checked) -> dict[str, object]:
    """One file as JSON has it."""
    findings = [{"check": each.check, "message": each.message, "place": each.place} for each in checked.findings]
    return {"file": str(checked.file), "findings": findings}


def checked_line(checked: Checked) -> str:
    """One file in words."""
    told = "；".join(f"{each.message}（{each.check}　{each.place}）" for each in checked.findings)
    return f"{checked.file}\t{told or '没有发现问题'}"


def page(call: Call) -> Result:
    """Write the page that verifies without a network."""
    from mediator.casework.verify_page import write_page

    with at_desk(call) as desk:
        made = write_page(desk, Path(call.options.out))
    told = {"file": str(made.file), "keys": made.keys, "superseded": made.superseded}
    return Result(told, (f"核对网页：{made.file}，认得{made.keys}台电脑签发的文书。",))


def reprint(call: Call) -> Result:
    """Write an issued paper once more."""
    from mediator.casework import printing, reading

    options = call.options
    with at_desk(call) as desk:
        case_id = reading.show(desk, options.case).case.id
        made = printing.reprint(desk, case_id, options.number, out=Path(options.out), copy=options.copy)
    files = [{"path": str(file.path), "sha256": file.sha256} for file in made]
    return Result({"number": options.number, "files": files}, tuple(str(file.path) for file in made))
