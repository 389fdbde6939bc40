"""Make the templates that come with the program, from our own writer, so that they look as our own papers do.

python scripts/document_templates.py templates/documents          writes each template and its manifest
python scripts/document_templates.py templates/documents --check  says which one is no longer what this would write
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx

sys.path.insert(0, str(Path(__file__).parent.parent))

from mediator.core.codes import CaseKind
from mediator.core.records import Agreement, Case, CaseId
from mediator.docs import composing, word
from mediator.docs.catalogue import kind_of
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Filled
from mediator.docs.forms import mediation_agreement, settlement_agreement
from mediator.docs.forms.parts import payment_table
from mediator.docs.making import NOTHING
from mediator.docs.model import (
    Block,
    Clause,
    Document,
    Form,
    Heading,
    Paragraph,
    Place,
    Run,
    Signatures,
    Table,
    labelled,
    text,
)
from mediator.docs.page import BODY
from mediator.docs.wordbase import empty_word, packed

VERSION = "1"
VALID_FROM = "2026-01-01"
PLACE = Place("{{ signer.label }}", "{{ signer.name }}", "{{ signer.manner }}")
NOWHERE = "@"


def control(words: str) -> Any:
    """A paragraph that the engine takes away again."""
    return word.paragraph(BODY, list(word.run(BODY, f"{{%p {words} %}}")))


def only_if(flag: str, *blocks: Block) -> list[Block]:
    """Blocks under a condition."""
    return [text(f"{{%p if {flag} %}}"), *blocks, text("{%p endif %}")]


def for_each(name: str, rows: str, *blocks: Block) -> list[Block]:
    """Blocks in a loop."""
    return [text(f"{{%p for {name} in {rows} %}}"), *blocks, text("{%p endfor %}")]


class TemplateWriter(word.Writer):
    """Our writer, with the choices around number and places to sign."""

    def head(self, document: Document) -> Iterator[Any]:
        """A draft has no number, and its title the air below."""
        committee = list(super().head(Document("", "", document.committee, "", ())))
        without = list(super().head(Document("", document.title, "", "", ())))
        with_number = list(super().head(Document("", document.title, "", document.number, ())))
        for each in committee:
            for air in each.iter(docx.oxml.ns.qn("w:spacing")):
                air.getparent().remove(air)
        yield from (*committee, control("if has_number"), *with_number, control("else"), *without, control("endif"))

    def signatures(self, block: Signatures) -> Iterator[Any]:
        """Every place in a loop, the first with air above; a gap for the day that is not known."""
        if block.places:
            first, other = list(super().signatures(Signatures((PLACE, PLACE))))[:2]
            yield from (control("for signer in places"), control("if loop.first"), first, control("else"), other)
            yield from (control("endif"), control("endfor"))
        rest = list(super().signatures(Signatures((), block.seal, block.day)))
        if not block.day:
            yield from rest
            return
        gap = list(super().signatures(Signatures(())))[-1]
        yield from (*rest[:-1], control("if has_day"), rest[-1], control("else"), gap, control("endif"))


def write(document: Document) -> bytes:
    """DOCX bytes of a template."""
    made = docx.Document(io.BytesIO(empty_word()))
    body = made.element.body
    for element in TemplateWriter(document.sheet).body(document):
        body.insert(len(body) - 1, element)
    word.lay_out(made.sections[0], document.sheet)
    word.edges(made, made.sections[0], document, numbered=True)
    buffer = io.BytesIO()
    made.save(buffer)
    with zipfile.ZipFile(buffer) as saved:
        return packed({name: saved.read(name) for name in saved.namelist()})


def people() -> list[Block]:
    """One paragraph a party."""
    rest = "{{ party.name }}{{ party.represents }}{% if party.has_details %}，{{ party.details }}{% endif %}。"
    return for_each("party", "parties", text(Run("{{ party.label }}：", strong=True), rest))


def every_line(name: str) -> list[Block]:
    """A paragraph for each line of a text."""
    return for_each("line", f"{name}_lines", text("{{ line }}"))


def plan() -> Table:
    """The payment plan, one row in a loop."""
    table = payment_table(())
    loose = ("",) * (len(table.header) - 1)
    row = tuple(f"{{{{ row.{name} }}}}" for name in ("number", "payer", "payee", "owed", "due", "method"))
    rows = (("{%tr for row in payments %}", *loose), row, ("{%tr endfor %}", *loose))
    return Table(table.header, rows, table.widths, table.aligns)


def agreed(opening: str) -> list[Block]:
    """Clauses, plan, sum."""
    return [
        Heading(opening),
        *for_each("clause", "clauses", Clause(1, "{{ clause.text }}")),
        *only_if("has_payments", Heading("履行方式、地点、期限："), plan()),
        *only_if("has_total", text("以上款项合计{{ total }}。")),
    ]


def closing(kind: str, count: int) -> list[Block]:
    """The last paragraphs of our own paper, with committee, place and copies left open."""
    case = Case(CaseId(""), CaseKind.PEOPLE_MEDIATION, "", "", agreement=Agreement(place=NOWHERE, copies=3))
    ours = kind_of(kind).compose(case, PaperFacts("", VALID_FROM_DAY, "{{ committee }}"))
    found: list[Block] = []
    for block in [each for each in ours.blocks if isinstance(each, Paragraph)][-count:]:
        words = "".join(run.text for run in block.runs)
        words = words.replace(
            f"本协议在{NOWHERE}签订。", "{% if has_signed_at %}本协议在{{ signed_at }}签订。{% endif %}"
        )
        found.append(text(words.replace("一式三份", "一式{{ copies }}份")))
    return found


def agreement_template() -> Document:
    """人民调解协议书."""
    blocks = [*people(), Heading("纠纷主要事实、争议事项："), *every_line("facts"), *every_line("disputed_points")]
    blocks += only_if("has_responsibility", Heading("各方当事人责任："), *every_line("responsibility"))
    blocks += agreed("经调解，{{ everybody }}自愿达成如下协议：")
    blocks += closing("mediation_agreement", 3)
    blocks.append(Signatures((PLACE,), "{{ seal }}", "{{ day }}"))
    return Document("mediation_agreement", mediation_agreement.TITLE, "{{ committee }}", "{{ number }}", tuple(blocks))


def settlement_template() -> Document:
    """和解协议书."""
    blocks = [*people(), Heading("纠纷情况："), *every_line("facts"), *every_line("disputed_points")]
    blocks += agreed(settlement_agreement.OPENING)
    for field in (*settlement_agreement.DUTIES.values(), settlement_agreement.BREACH):
        blocks += only_if(f"has_{field.name}", Heading(f"{field.label}："), *every_line(field.name))
    blocks += [Heading(settlement_agreement.PENDING_HEAD), *every_line("pending")]
    blocks += closing("settlement_agreement", 2)
    blocks.append(Signatures((PLACE,), "", "{{ day }}"))
    return Document("settlement_agreement", settlement_agreement.TITLE, "", "{{ number }}", tuple(blocks))


def receipt_template() -> Document:
    """收条."""
    blocks = [
        text("今收到", "{{ payer }}", "依据“{{ matter }}”调解协议履行的", "{{ received_what }}", "。"),
        *only_if("has_method", labelled("履行方式", "{{ method }}")),
        *only_if("has_still_open", text("{{ still_open }}")),
        Signatures((PLACE,), "", "{{ day }}"),
    ]
    return Document("receipt", "收条", "", "{{ number }}", tuple(blocks))


def described_template(kind: str) -> Document:
    """A kind that is written as data, composed of placeholders instead of values."""
    info = kind_of(kind)
    described: Any = info.compose
    look = described.keywords["look"]
    facts = PaperFacts("{{ number }}", VALID_FROM_DAY, "{{ committee }}")
    values = Filled({field.name: placeholder(field) for field in info.fields})
    page = composing.Page(NOTHING, facts, values, look)
    blocks = tuple(opened(block) for part in look.parts for block in page.blocks(part))
    committee = "{{ committee }}" if look.headed else ""
    return Document(kind, info.title, committee, "{{ number }}", blocks, sheet=look.sheet)


def placeholder(field: Field) -> str:
    """What stands for a value: a choice shows its ticks."""
    return f"{{{{ {field.name}_ticks }}}}" if field.choices else f"{{{{ {field.name} }}}}"


def opened(block: Block) -> Block:
    """A block with seal, day and places left open; a box has no ruled gaps, and a choice its own ticks."""
    if isinstance(block, Signatures):
        day = "{{ day }}" if block.day else ""
        places = (PLACE,) if block.places else ()
        return replace(block, places=places, seal="{{ seal }}" if block.seal else "", day=day)
    if isinstance(block, Form):
        return replace(block, rows=tuple(tuple((label, boxed(value)) for label, value in row) for row in block.rows))
    return block


def boxed(value: str) -> str:
    """A value in a box, where nothing is ruled; the answers of a choice are ticked by the program."""
    ticks = {
        composing.ticked(field, ""): field.name for kind in MADE for field in kind_of(kind).fields if field.choices
    }
    if value in ticks:
        return f"{{{{ {ticks[value]}_ticks }}}}"
    return re.sub(r"\{\{ (\w+) \}\}", r"{% if has_\1 %}{{ \1 }}{% endif %}", value)


VALID_FROM_DAY = date.fromisoformat(VALID_FROM)
MADE = {
    "mediation_agreement": agreement_template,
    "settlement_agreement": settlement_template,
    "hearing_notice": lambda: described_template("hearing_notice"),
    "receipt": receipt_template,
}


def files() -> Iterator[tuple[str, bytes]]:
    """Every file by name: a template, then its manifest."""
    for kind, make in MADE.items():
        document = make()
        yield f"{kind}.docx", write(document)
        manifest = {"kind": kind, "title": document.title, "version": VERSION, "valid_from": VALID_FROM}
        yield f"{kind}.json", (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


def main() -> int:
    """Write or compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--check", action="store_true")
    chosen = options.parse_args()
    wrong = []
    for name, data in files():
        path = chosen.folder / name
        if not chosen.check:
            chosen.folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        elif not path.is_file() or path.read_bytes() != data:
            wrong.append(name)
    for name in wrong:
        print(f"not what this script writes: {name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
