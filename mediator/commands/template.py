"""`mediator template`: fields, start, add, try, approve, withdraw, list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mediator.commands.desks import at_desk
from mediator.commands.document import check_names
from mediator.commands.findings import finding_document, finding_line
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.template_trial import Tried
    from mediator.casework.templates import KeptTemplate, TemplateField

STATES: Final[Mapping[object, str]] = {"approved": "已批准", "proposed": "待批准", "withdrawn": "已撤回"}


def fields(call: Call) -> Result:
    """Every name a template of a kind may use."""
    from mediator.casework import templates

    kind = call.options.kind
    check_names([kind], ("pdf",))
    rows = [field_document(each) for each in templates.fields(kind)]
    needed = list(templates.needed(kind))
    lines = [f"{row['name']}\t{row['label']}\t{row['sort']}" for row in rows]
    return Result({"kind": kind, "fields": rows, "needed": needed}, (*lines, f"必须有：{'、'.join(needed)}"))


def field_document(slot: TemplateField) -> dict[str, object]:
    """One name as JSON has it."""
    columns = [
        {"name": each.name, "label": each.names[-1]} for each in slot.columns if not each.name.startswith("has_")
    ]
    return {"name": slot.name, "label": slot.names[-1], "sort": slot.sort.value, "columns": columns}


def start(call: Call) -> Result:
    """The program's own template, to begin with."""
    from mediator.casework import templates

    check_names([call.options.kind], ("pdf",))
    path = Path(call.options.out) / f"{call.options.kind}.docx"
    templates.write_shipped(call.options.kind, path)
    return Result({"file": str(path)}, (f"已写出 {path}，改好后用 mediator template add 添加。",))


def add(call: Call) -> Result:
    """Keep a checked template."""
    from mediator.casework import templates

    options = call.options
    check_names([options.kind], ("pdf",))
    with at_desk(call) as desk:
        template, found = templates.propose(
            desk, Path(options.file), kind=options.kind, version=options.version, valid_from=options.valid_from or ""
        )
    document: dict[str, object] = {"template": template, "findings": [finding_document(each) for each in found]}
    return Result(document, (*map(finding_line, found), f"已添加，编号 {template}，请另一位用户批准。"))


def attempt(call: Call) -> Result:
    """A template on the sample cases."""
    from mediator.casework import printing, template_trial

    with at_desk(call) as desk:
        fonts = printing.fonts_in(desk.workshop.fonts_folder)
        rows = template_trial.trial(desk, call.options.template, Path(call.options.out), fonts=fonts)
    return Result({"results": [tried_document(each) for each in rows]}, tuple(map(tried_line, rows)))


def tried_document(each: Tried) -> dict[str, object]:
    """One sample as JSON has it."""
    return {
        "sample": each.sample, "files": [str(path) for path in each.files], "pages": each.pages, "code": each.code,
        "checks": list(each.checks),
    }  # fmt: skip


def tried_line(each: Tried) -> str:
    """One sample in words."""
    from mediator.casework.complaints import words_of

    wrong = words_of(each.code) if each.code else "、".join(each.checks)
    return f"{each.sample}\t{wrong or '可以'}\t{'、'.join(str(path) for path in each.files)}"


def approve(call: Call) -> Result:
    """Let papers be issued from a template."""
    from mediator.casework import templates

    with at_desk(call) as desk:
        templates.approve(desk, call.options.template)
    return Result({"template": call.options.template, "approved": True}, ("已批准。",))


def withdraw(call: Call) -> Result:
    """No paper is made from it any more."""
    from mediator.casework import templates

    with at_desk(call) as desk:
        templates.withdraw(desk, call.options.template, call.options.reason)
    return Result({"template": call.options.template, "withdrawn": True}, ("已撤回。",))


def listed(call: Call) -> Result:
    """Every template of the vault."""
    from mediator.casework import templates

    with at_desk(call) as desk:
        rows = [template_document(each) for each in templates.kept(desk)]
    lines = (
        f"{row['id']}\t{row['kind']}\t{row['version']}\t{row['valid_from']}起\t{STATES[row['state']]}" for row in rows
    )
    return Result({"templates": rows}, tuple(lines))


def template_document(each: KeptTemplate) -> dict[str, object]:
    """One template as JSON has it."""
    return {
        "id": each.id, "kind": each.kind, "version": each.version, "valid_from": each.valid_from.isoformat(),
        "sha256": each.sha256, "proposed_by": each.proposed_by, "approved_by": each.approved_by,
        "state": each.state,
    }  # fmt: skip
