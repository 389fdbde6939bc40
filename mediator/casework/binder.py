"""The binder: cover and contents made from the record, every paper behind them, the list, and the entry of all that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from mediator.casework import dossier_rules, manifest, printing
from mediator.casework.checking import as_printed
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.files_out import Content, file_name, part_of, staged_papers
from mediator.casework.manifest import Digests, digests_of, digests_of_file
from mediator.casework.volume import CLOSING, Item
from mediator.casework.watching import Watch
from mediator.core.dates import BEIJING
from mediator.core.lint import Finding
from mediator.core.recordings import clock_of
from mediator.core.records import Case, Excuse, Rows, Value
from mediator.docs import making
from mediator.docs.binding import Sheets, Volume, bind, first_pages
from mediator.docs.facts import Paper
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import squeezed
from mediator.errors import Bug
from mediator.store.vault import Opened

TITLE: Final = "卷宗"
LIST_TITLE: Final = "卷宗清单"
COVER, CONTENTS, REGISTER = "case_cover", "case_contents", "acceptance_register"
STOPPED: Final = "dossier.cancelled"
KEPT: Final = "长期（30年）"
SCANNED, MISSING, BESIDE = "扫描件", "缺件", "另存"
DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Listed:
    """One item as it was bound; `first` is its stamped page, 0 for cover and contents."""

    kind: str
    title: str
    number: str
    date: str
    first: int
    pages: int
    sha256: str
    sm3: str
    entry: str


@dataclass
class Binder:
    """One binding of one case: its items, and their digests as they pass through."""

    desk: Desk
    opened: Opened
    items: Sequence[Item]
    watch: Watch
    seen: dict[int, Digests] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The case as papers show it."""
        return as_printed(self.desk, self.opened.case)

    def unequal(self) -> tuple[Finding, ...]:
        """What the four equalities find; nothing while there is no closing report."""
        texts = {COVER: text_of(self.cover().files["pdf"])}
        for item in self.items:
            if item.kind in (CLOSING, REGISTER) and not item.scan:
                texts[item.kind] = text_of(self.bytes_of(item))
        return dossier_rules.unequal(self.case, texts) if CLOSING in texts else ()

    def bytes_of(self, item: Item) -> bytes:
        """The very bytes that were issued or taken in; raises Bug when they were there a moment ago."""
        data = self.desk.vault.paper(item.sha256)
        if data is None:
            raise Bug("dossier.paper", where=item.kind)
        return data

    def paper(self, kind: str, known: Mapping[str, Value]) -> Paper:
        """Cover or contents from the record; what the clerk typed for it goes first."""
        facts = printing.facts_of(self.desk, self.case, kind)
        facts = replace(facts, values={**known, **facts.values})
        fonts = printing.fonts_in(self.desk.workshop.fonts_folder)
        return making.make(kind, self.case, facts, fonts=fonts, formats=("pdf",))

    def cover(self) -> Paper:
        """封面, with how much is in it."""
        whole = f"本卷共{len(self.items)}件{sum(item.pages for item in self.items)}页。"
        missing = f"缺{len(self.case.excuses)}件，理由见卷内目录。" if self.case.excuses else ""
        return self.paper(
            COVER,
            {
                "filer": self.desk.vault.user.name, "filed_on": self.desk.today().isoformat(), "kept": KEPT,
                "remark": whole + missing,
            },
        )  # fmt: skip

    def contents(self) -> Paper:
        """卷内目录 with the stamped pages; the last item has its first and last. Behind them what is missing."""
        firsts = first_pages([self.sheets(place, item) for place, item in enumerate(self.items)])
        missing = tuple(missing_row(each) for each in self.case.excuses)
        return self.paper(
            CONTENTS, {"contents": (*contents_rows(self.items, firsts), *sounds(self.opened.case), *missing)}
        )

    def sheets(self, place: int, item: Item) -> Sheets:
        """An item to be bound; its digests are taken when it is read."""
        return Sheets(item.bookmark, item.pages, partial(self.passing, place + 2, lambda: self.bytes_of(item)))

    def passing(self, place: int, read: Callable[[], bytes]) -> bytes:
        """Bytes on their way into the volume."""
        data = read()
        self.seen[place] = digests_of(data)
        return data

    def put(self, out: Path, *, simple: bool) -> tuple[tuple[Path, Path], tuple[Listed, ...], int]:
        """Volume and list in the folder, both or neither, and the entry that says so."""
        front = (self.cover(), self.contents())
        every = [self.front_sheets(place, paper) for place, paper in enumerate(front)]
        every += [self.sheets(place, item) for place, item in enumerate(self.items)]
        pdf = out / file_name(self.case.number, TITLE, ending="pdf")
        listing = out / file_name(self.case.number, LIST_TITLE, ending="json")
        pages = sum(each.pages for each in every)
        written = Written()
        files: dict[Path, Content] = {
            pdf: lambda into: self.bind(every, into),
            listing: lambda into: written.keep(into, self.listing(front, every, pdf=pdf, simple=simple)),
        }
        with staged_papers(self.desk, files):
            self.enter(written, pages, len(every), simple=simple)
        return (pdf, listing), self.listed(front, every), pages

    def front_sheets(self, place: int, paper: Paper) -> Sheets:
        """Cover or contents, to be bound."""
        label = ("封面", "目录")[place]
        return Sheets(paper.title, paper.pages, partial(self.passing, place, lambda: paper.files["pdf"]), label)

    def bind(self, every: Sequence[Sheets], into: BinaryIO) -> None:
        """The PDF."""
        volume = Volume(f"{self.case.number} {TITLE}", self.case.number, self.case.organization)
        fonts = printing.fonts_in(self.desk.workshop.fonts_folder)
        told = partial(self.watch.pass_by, total=len(every), stopped=STOPPED)
        told(0)
        bind(every, volume, fonts, into=into, bound=told)

    def listed(self, front: Sequence[Paper], every: Sequence[Sheets]) -> tuple[Listed, ...]:
        """Every item with its first page and digests."""
        today = self.desk.today()
        rows = [(paper.kind, paper.title, "", today.isoformat(), "") for paper in front]
        rows += [(item.kind, item.title, item.number, item.on.isoformat(), item.entry) for item in self.items]
        return tuple(
            Listed(kind, title, number, day, first, sheet.pages, digests.sha256, digests.sm3, entry)
            for (kind, title, number, day, entry), sheet, first, digests in zip(
                rows, every, first_pages(every), [self.seen[place] for place in range(len(every))], strict=True
            )
        )

    def listing(self, front: Sequence[Paper], every: Sequence[Sheets], *, pdf: Path, simple: bool) -> bytes:
        """The signed list, once the volume is on disk under its temporary name."""
        whole = digests_of_file(part_of(pdf))
        names = ("kind", "title", "number", "date", "first", "pages", "sha256", "sm3", "entry")
        body = {
            "case": self.case.id, "number": self.case.number, "title": self.case.title, "desk": self.desk.vault.desk,
            "filed_on": self.desk.today().isoformat(), "simple": simple,
            "pdf": {"sha256": whole.sha256, "sm3": whole.sm3, "size": whole.size,
                    "pages": sum(each.pages for each in every)},
            "items": [{name: getattr(row, name) for name in names} for row in self.listed(front, every)],
            "excused": [{"item": each.item, "reason": each.reason} for each in self.case.excuses],
            "recordings": [
                {"id": each.id, "seconds": each.seconds, "digest": each.digest}
                for hearing in self.opened.case.hearings for each in hearing.recordings if each.ended
            ],
        }  # fmt: skip
        return manifest.signed(self.desk.vault, body)

    def enter(self, written: Written, pages: int, count: int, *, simple: bool) -> None:
        """`dossier.filed`, with the list kept among the vault's papers."""
        listing = written.data
        digest = hashlib.sha256(listing).hexdigest()
        drafted = pen_for(self.desk, self.case.id, self.opened.seen).write(
            "dossier.filed", id=self.desk.fresh_id(), sha256=manifest.opened(listing)["pdf"]["sha256"], manifest=digest,
            pages=pages, items=count, simple=simple,
        )  # fmt: skip
        self.desk.vault.append([drafted], papers={digest: listing})


@dataclass
class Written:
    """The list's bytes as they went to disk."""

    data: bytes = b""

    def keep(self, into: BinaryIO, data: bytes) -> None:
        """Write and remember."""
        into.write(data)
        self.data = data


def name_of(item: str) -> str:
    """What an excused item is called."""
    return "履行" if item == dossier_rules.PERFORMANCE else dossier_rules.title_of(item)


def missing_row(excuse: Excuse) -> tuple[str, ...]:
    """What is not there, and why, in the widest column."""
    return "", name_of(excuse.item), excuse.reason, "", "", MISSING


def sounds(case: Case) -> Iterator[tuple[str, ...]]:
    """What was recorded lies beside the volume: its length, its day, the beginning of the digest that pins it."""
    for number, hearing in enumerate(case.hearings, start=1):
        for each in hearing.recordings:
            if each.ended and each.samples:
                at = each.begun_at.astimezone(BEIJING) if each.begun_at else None
                name = f"第{number}次调解录音，{clock_of(each.seconds)}"
                yield "", name, f"校验值{each.digest[:DIGITS]}", f"{at:%Y%m%d}" if at else "", "", BESIDE


def contents_rows(items: Sequence[Item], firsts: Sequence[int]) -> Rows:
    """Number, title, 文号, day as eight figures (DA/T 22), page, remark."""
    rows = []
    for place, (item, first) in enumerate(zip(items, firsts, strict=True), start=1):
        last = place == len(items) and item.pages > 1
        page = f"{first}-{first + item.pages - 1}" if last else str(first)
        remark = SCANNED if item.scan else ""
        rows.append((str(place), item.title, item.number, f"{item.on:%Y%m%d}", page, remark))
    return tuple(rows)


def text_of(pdf: bytes) -> str:
    """What a paper says, without blanks."""
    return squeezed("".join(PdfFile(pdf).bodies))
