"""The speed of papers: agreement, long record, ledger and bound dossier against bars, and against other tools.

Seconds are the best of a few rounds, so that the machine's other work does not count; ratios are medians of rounds that
are taken in turn.
"""

from __future__ import annotations

import io
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import docx
from docxtpl import DocxTemplate
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from mediator.casework import dossier, evidence, opening, printing
from mediator.casework.desk import Desk
from mediator.core.lint import Severity
from mediator.core.records import CaseId
from mediator.docs import making, model
from mediator.docs.catalogue import kind_of
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper
from mediator.docs.fonts import SONG
from tests.bench.measures import Measured, timed
from tests.casework.desks import (
    ROOT,
    a_desk,
    a_document,
    a_hearing,
    a_workshop,
    an_agreement,
    case_of,
    taken_in,
)
from tests.docs.foreign import pdf
from tests.docs.papers import a_case, a_paper, fonts, issued, marked_facts, some_facts, typed_for

KIND, ROUNDS, LONG, SCANNED = "mediation_agreement", 9, 890, 160
PEERS = ROOT / ".peers" / "bin" / "python"


def checked(kind: str, turns: int = 3) -> Paper:
    """A paper as it is issued: both formats, its mark, every check."""
    case = a_case(turns=turns)
    paper = issued(kind, case)
    found = inspect(paper, case, marked_facts(kind), again=lambda: issued(kind, case))
    assert not found, found
    return paper


def best(work: Callable[[], object], rounds: int = 6) -> float:
    """Seconds of the quickest round."""
    return min(timed(work) for _ in range(rounds))


def agreement(folder: Path) -> Iterator[Measured]:
    """The paper that is made most, in a fresh process and in a warm one."""
    assert folder
    program = f"from tests.docs.papers import a_paper; a_paper('{KIND}')"
    cold = best(partial(subprocess.run, [sys.executable, "-c", program], check=True, cwd=ROOT), 3)
    yield Measured("协议书 DOCX 与 PDF，新进程从头到尾", cold, "s", 1.5)
    yield Measured("协议书 DOCX 与 PDF，带二维码，连同全部核对", best(lambda: checked(KIND)), "s", 0.2)


def long_papers(folder: Path) -> Iterator[Measured]:
    """A record of a hundred pages with every check, and a ledger of two hundred cases."""
    assert folder
    pages: list[int] = []
    seconds = best(lambda: pages.append(checked("mediation_record", LONG).pages), 2)
    assert min(pages) >= 100, pages
    yield Measured(f"笔录{pages[0]}页 DOCX 与 PDF，连同全部核对", seconds, "s", 2)
    for form, bar in (("docx", 2.0), ("xlsx", 0.5)):
        yield Measured(f"台账二百行 {form.upper()}", best(partial(ledger, form), 3), "s", bar)


def ledger(form: str) -> Paper:
    """A ledger of two hundred rows."""
    typed = typed_for("ledger")
    (row,) = [each for each in typed["matters"] if isinstance(each, tuple)]
    rows = tuple((str(number), *row[1:]) for number in range(1, 201))
    facts = replace(some_facts("ledger"), values={**typed, "matters": rows})
    return making.make("ledger", a_case(), facts, fonts=fonts(), formats=(form,))


def prepared(desk: Desk, folder: Path) -> CaseId:
    """A case with three long records and a scan of 160 pages, and a reason for all else it lacks."""
    turns = [{"speaker": "ab"[number % 2], "text": f"第{number}句，" + "说过的话" * 9} for number in range(LONG)]
    hearings = [a_hearing(held_at=f"2026-03-0{day}T09:30:00+08:00", turns=turns) for day in (2, 3, 4)]
    document = a_document(accepted_on="2026-03-01", hearings=hearings, agreement=an_agreement(), outcome="agreed")
    case = taken_in(desk, document)
    for each in case_of(desk, case).hearings:
        about = printing.About(hearing=each.id)
        printing.make(desk, case, ["mediation_record"], formats=("pdf",), out=folder, draft=False, about=about)
    scan = folder / "scan.pdf"
    scan.write_bytes(pdf(SCANNED, draw=lambda canvas: canvas.drawString(60, 700, "x" * 80)))
    evidence.attach(desk, case, scan, place="证据", title="银行流水")
    for finding in dossier.lacking(desk, case):
        if finding.severity is Severity.BLOCK:
            dossier.excuse(desk, case, finding.place, "来源没有写明")
    return case


def binding(folder: Path) -> Iterator[Measured]:
    """A dossier of four hundred pages out of a vault, in a process that does nothing else."""
    desk = a_desk(folder / "bound", workshop=a_workshop())
    case = prepared(desk, folder)
    opening.lock(desk)
    command = [sys.executable, "-m", "tests.bench.dossier_child", str(folder / "bound"), case, str(folder / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    seconds, pages, memory = map(float, done.stdout.split())
    assert pages >= 400, pages
    yield Measured(f"装订卷宗{pages:.0f}页", seconds, "s", 20)
    yield Measured("装订卷宗时内存峰值", memory, "MiB", 400)


def same_text() -> dict[str, object]:
    """The words of our agreement as any tool takes them: title, lines, and its plan of payments as rows."""
    document = kind_of(KIND).compose(a_case(), some_facts(KIND))
    tables = [block for block in document.blocks if isinstance(block, model.Table)]
    lines = [
        line
        for block in document.blocks
        if not isinstance(block, model.Table)
        for line in "\n".join(block.texts).splitlines()
        if line.strip()
    ]
    rows = [row for table in tables for row in (table.header, *table.rows)]
    return {"title": document.title, "lines": lines, "rows": rows or [("",)]}


def template(columns: int) -> bytes:
    """A county's Word template for that text."""
    word = docx.Document()
    for line in ("{{ title }}", "{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        word.add_paragraph(line)
    grid = word.add_table(rows=3, cols=columns)
    grid.cell(0, 0).text, grid.cell(2, 0).text = "{%tr for row in rows %}", "{%tr endfor %}"
    for place in range(columns):
        grid.cell(1, place).text = f"{{{{ row[{place}] }}}}"
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def plainly(text: dict[str, object], form: bytes) -> None:
    """The same text by the libraries themselves: no face chosen by character, no line or page kept together."""
    word = DocxTemplate(io.BytesIO(form))
    word.render(text, autoescape=True)
    word.save(io.BytesIO())
    fonts().face(SONG)
    style = ParagraphStyle("body", fontName=SONG, fontSize=16, leading=28, wordWrap="CJK", firstLineIndent=32)
    lines, rows = text["lines"], text["rows"]
    assert isinstance(lines, list)
    grid = Table(rows, style=[("FONTNAME", (0, 0), (-1, -1), SONG)])
    flow = [Paragraph(str(text["title"]), style), *(Paragraph(line, style) for line in lines), grid]
    SimpleDocTemplate(io.BytesIO(), pagesize=A4).build(flow)


def in_turn(ours: Callable[[], object], theirs: Callable[[], float], rounds: int = ROUNDS) -> float:
    """Our median over theirs, a round of each after the other."""
    pairs = [(timed(ours), theirs()) for _ in range(rounds)]
    return statistics.median(our for our, _ in pairs) / statistics.median(their for _, their in pairs)


def writers(folder: Path) -> Iterator[Measured]:
    """Our writers alone against the libraries they are built on."""
    assert folder
    text = same_text()
    rows = text["rows"]
    assert isinstance(rows, list)
    form = template(len(rows[0]))
    theirs = partial(plainly, text, form)
    theirs()
    a_paper(KIND)
    yield Measured(
        "协议书两种格式，比 docxtpl 加 reportlab", in_turn(lambda: a_paper(KIND), lambda: timed(theirs)), "×", 1.5
    )


def typesetters(folder: Path) -> Iterator[Measured]:
    """Both formats of ours against one PDF of theirs, from a process that has its faces already."""
    assert folder
    python = PEERS if PEERS.exists() else Path(sys.executable)
    for name in ("typst", "weasyprint"):
        command = [str(python), str(ROOT / "tests/bench/peer_child.py"), name, str(ROOT / ".fonts")]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as child:
            if asked(child, json.dumps(same_text())) != "here":
                absent(name, "scripts/setup.sh peers")
                continue
            ratio = in_turn(lambda: a_paper(KIND), lambda child=child: float(asked(child, "")))  # type: ignore[misc]
        yield compared(name, ratio)


def asked(child: subprocess.Popen[str], line: str) -> str:
    """A line to the child and its line back."""
    assert child.stdin
    assert child.stdout
    print(line, file=child.stdin, flush=True)
    return child.stdout.readline().strip()


def office(folder: Path) -> Iterator[Measured]:
    """Both formats of ours against an office program that turns our DOCX into a PDF, each time a new process."""
    program = shutil.which("soffice")
    if program is None:
        absent("LibreOffice", "scripts/setup.sh peers")
        return
    (folder / "paper.docx").write_bytes(a_paper(KIND).files["docx"])
    command = [program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf",
               "--outdir", str(folder), str(folder / "paper.docx")]  # fmt: skip
    convert = partial(subprocess.run, command, capture_output=True, check=True)
    convert()  # makes its profile
    assert (folder / "paper.pdf").exists()
    yield compared("LibreOffice", in_turn(lambda: a_paper(KIND), lambda: timed(convert), 3))


def compared(name: str, ratio: float) -> Measured:
    """A figure that is told and keeps no bar."""
    return Measured(f"协议书两种格式，比 {name} 的一份 PDF", ratio, "×", None)


def absent(name: str, how: str) -> None:
    """Say that a peer is not here."""
    print(f"{name}：这台机器上没有，不作比较；安装：{how}", file=sys.stderr, flush=True)


PAPERS: tuple[Callable[[Path], Iterator[Measured]], ...] = (
    agreement, writers, long_papers, binding, typesetters, office,
)  # fmt: skip
