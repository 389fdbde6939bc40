"""Issued papers to be changed: a desk with two agreements, and the changes that people and office programs make."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdf
import pypdfium2

from mediator.casework import opening, printing, verifying
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from tests.casework.desks import a_desk, a_signed_case

KIND = "mediation_agreement"
MAIN = "word/document.xml"


@dataclass(frozen=True)
class Bureau:
    """A desk, its case, two issued agreements by format, their numbers, and a folder to put files in."""

    desk: Desk
    case: CaseId
    first: dict[str, bytes]
    second: dict[str, bytes]
    numbers: tuple[str, str]
    folder: Path

    def verified(self, data: bytes, name: str = "文件") -> verifying.Verified:
        """What is known of a file with these bytes."""
        (self.folder / name).write_bytes(data)
        (found,) = verifying.verify(self.desk, [self.folder / name])
        return found

    def state(self, data: bytes) -> tuple[str, str]:
        """State and note."""
        found = self.verified(data)
        return found.state, found.note


def issue(desk: Desk, case: CaseId, out: Path, *, about: printing.About = printing.WHOLE) -> printing.Made:
    """An agreement in both formats."""
    (made,) = printing.make(desk, case, [KIND], formats=("docx", "pdf"), out=out, draft=False, about=about)
    return made


def files_of(made: printing.Made) -> dict[str, bytes]:
    """Its bytes by format."""
    return {file.path.suffix[1:]: file.path.read_bytes() for file in made.files}


@contextmanager
def a_bureau(folder: Path) -> Iterator[Bureau]:
    """The desk at work."""
    desk = a_desk(folder / "vault")
    try:
        case = a_signed_case(desk)
        first, second = (issue(desk, case, folder / "out") for _ in range(2))
        yield Bureau(desk, case, files_of(first), files_of(second), (first.number, second.number), folder)
    finally:
        opening.lock(desk)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a DOCX."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def package_of(parts: dict[str, bytes], *, backwards: bool = False) -> bytes:
    """A DOCX of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, reverse=backwards):
            package.writestr(name, parts[name])
    return out.getvalue()


def with_main(data: bytes, change: Callable[[str], str], part: str = MAIN) -> bytes:
    """A DOCX with one part changed, which must change."""
    parts = parts_of(data)
    changed = change(parts[part].decode())
    assert changed != parts[part].decode(), "nothing was planted"
    return package_of({**parts, part: changed.encode()})


def with_text(data: bytes, old: str, new: str) -> bytes:
    """A DOCX with words changed wherever they stand."""
    return with_main(data, lambda text: text.replace(old, new))


def saved_by_library(data: bytes) -> bytes:
    """Opened and saved by another program: other order, other times, other spelling of the same XML."""
    word, out = docx.Document(io.BytesIO(data)), io.BytesIO()
    word.core_properties.last_modified_by = "王五"
    word.save(out)
    return out.getvalue()


def with_split_runs(data: bytes) -> bytes:
    """Every run cut in two, as spelling checkers do, and looks that leave the words alone."""
    word, out = docx.Document(io.BytesIO(data)), io.BytesIO()
    for paragraph in word.paragraphs:
        for run in list(paragraph.runs):
            if len(run.text) > 1 and not run._r.xpath(".//w:drawing|.//w:tab"):
                whole = run.text
                run.text = whole[:1]
                paragraph._p.insert(paragraph._p.index(run._r) + 1, type(run)(run._r.__deepcopy__({}), paragraph)._r)
                type(run)(run._r.getnext(), paragraph).text = whole[1:]
    word.save(out)
    return out.getvalue()


def with_pages(data: bytes, order: list[int]) -> bytes:
    """A PDF of some pages of another in another order."""
    reader, writer, out = pypdf.PdfReader(io.BytesIO(data)), pypdf.PdfWriter(), io.BytesIO()
    for number in order:
        writer.add_page(reader.pages[number])
    writer.add_metadata({"/Subject": str(reader.metadata["/Subject"] if reader.metadata else "")})
    writer.write(out)
    return out.getvalue()


def picture_of(data: bytes, *, form: str = "PNG", scale: float = 2.5) -> bytes:
    """The last page of a PDF as a photograph."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(data) as pdf:
        pdf[len(pdf) - 1].render(scale=scale).to_pil().convert("RGB").save(out, form)
    return out.getvalue()
