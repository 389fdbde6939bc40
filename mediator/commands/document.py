"""`mediator document`: kinds, what a form asks, blank forms, make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result
from mediator.commands.wording import UsageProblem

if TYPE_CHECKING:
    from mediator.casework.forms import FormField
    from mediator.casework.printing import Made


def kinds(_call: Call) -> Result:
    """Every kind of paper."""
    from mediator.casework import printing

    rows: list[dict[str, object]] = [
        {"id": kind.id, "title": kind.title, "formats": list(kind.formats), "group": kind.group.value}
        for kind in printing.kinds()
    ]
    return Result({"kinds": rows}, tuple(f"{row['id']}\t{row['title']}" for row in rows))


def make(call: Call) -> Result:
    """Issue papers; a refusal prints every finding."""
    from mediator.casework import printing, reading

    options = call.options
    formats = tuple(part.strip() for part in options.format.split(",") if part.strip())
    check_names(options.kinds, formats)
    with at_desk(call) as desk:
        case = reading.show(desk, options.case).case
        replaced = printing.numbered(case, options.replaces) if options.replaces else None
        about = printing.About(replaces=replaced, template=options.template)
        made = printing.make(
            desk, case.id, options.kinds, formats=formats, out=Path(options.out), draft=options.draft, about=about
        )
    rows = [made_document(each) for each in made]
    return Result({"documents": rows}, tuple(made_line(each) for each in made))


def fields(call: Call) -> Result:
    """What a form asks."""
    from mediator.casework import forms

    check_names([call.options.kind], ("pdf",))
    rows = [field_document(each) for each in forms.fields_of(call.options.kind)]
    lines = tuple(f"{row['name']}\t{row['label']}\t{'必填' if row['needed'] else '选填'}" for row in rows)
    return Result({"kind": call.options.kind, "fields": rows}, lines)


def field_document(field: FormField) -> dict[str, object]:
    """One field as JSON has it."""
    return {
        "name": field.name, "label": field.label, "shape": field.shape.value, "needed": field.needed,
        "choices": list(field.choices), "columns": list(field.columns),
    }  # fmt: skip


def fill(call: Call) -> Result:
    """Keep what is typed for one paper."""
    from mediator.casework import forms, reading

    options = call.options
    check_names([options.kind], ("pdf",))
    values = forms.read_values(call.streams.input if options.values == "-" else Path(options.values))
    with at_desk(call) as desk:
        opened = reading.show(desk, options.case)
        if options.form:
            form = forms.of_case(opened.case, options.form).id
            forms.refill(desk, opened.case.id, opened.seen, form=form, values=values)
        else:
            form = forms.fill(desk, opened.case.id, opened.seen, kind=options.kind, values=values)
    return Result({"form": form, "kind": options.kind}, (f"已填写，编号 {form}。",))


def blank(call: Call) -> Result:
    """Empty forms."""
    from mediator.casework import printing

    options = call.options
    formats = tuple(part.strip() for part in options.format.split(",") if part.strip())
    check_names(options.kinds, formats)
    with at_desk(call) as desk:
        made = printing.blank(desk, options.kinds, formats=formats, out=Path(options.out))
    return Result({"documents": [made_document(each) for each in made]}, tuple(made_line(each) for each in made))


def check_names(kinds: list[str], formats: tuple[str, ...]) -> None:
    """Raise UsageProblem for a kind or a format that there is not."""
    from mediator.casework import printing

    known = {kind.id: kind.formats for kind in printing.kinds()}
    refuse_first("document.kind", [name for name in kinds if name not in known])
    refuse_first("document.format", [each for name in kinds for each in formats if each not in known[name]])
    if not formats:
        raise UsageProblem("document.format", where="--format")


def refuse_first(code: str, unknown: list[str]) -> None:
    """Raise UsageProblem that names the first unknown word, if there is one."""
    if unknown:
        raise UsageProblem(code, where=unknown[0])


def made_document(made: Made) -> dict[str, object]:
    """One paper as JSON has it."""
    files = [{"path": str(file.path), "sha256": file.sha256} for file in made.files]
    return {
        "kind": made.kind, "title": made.title, "number": made.number, "files": files, "pages": made.pages,
    }  # fmt: skip


def made_line(made: Made) -> str:
    """One paper in words."""
    paths = "、".join(str(file.path) for file in made.files)
    return f"{made.title}　{made.number or '草稿'}　{made.pages}页　{paths}"
