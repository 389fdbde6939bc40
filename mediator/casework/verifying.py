"""Is this paper the one that was issued? A file, or a picture of its QR, held against record and mark (documents.md 5).

The very bytes that were issued are genuine. Of other bytes the mark decides: its signature, the words, the pages. A
DOCX that an office program saved again keeps its words and is genuine with a note. A PDF is never saved again in
ordinary work, and its words may be drawn over while they stay the same: other bytes than those on record are altered.
Only of a paper that this vault has no record of must signature, words and pages do.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.files_in import bounded
from mediator.casework.register import Issued, Register, register_of
from mediator.docs.mark import Mark, Verify, check_signature, read_mark
from mediator.docs.showing import Shown, look
from mediator.errors import Unacceptable

MAX_FILE: Final = 64 * 1024 * 1024
MAX_PROPERTIES: Final = 1024 * 1024
PROPERTIES: Final = "docProps/core.xml"
OCTAL: Final = re.compile(rb"\\([0-7]{3}|[()\\])")
GENUINE, ALTERED, UNKNOWN, SUPERSEDED = "genuine", "altered", "unknown", "superseded"
COPY: Final = "这是副本"
SAVED_AGAIN: Final = "格式有变动，文字相符"
BY_SIGNATURE: Final = "本机没有登记这份文书，签名属实，文字和页数相符"
NO_QR: Final = "没有读到二维码，与登记的文件不同"
MANY_QR: Final = "文件里的二维码不止一个"
NO_MARK: Final = "二维码不是本程序的"
NO_KEY: Final = "签发的电脑不在本机的名单里，不能核对签名"
BAD_SIGNATURE: Final = "二维码的签名不对"
OTHER_MARK: Final = "二维码与登记的不同"
OTHER_WORDS: Final = "文字、页数或者核对码与二维码不符"
OTHER_PICTURES: Final = "代替文字的图片与出具的文件不同"
NO_PICTURES: Final = "文件里有代替文字的图片，本机没有原文件可以比对"
OTHER_BYTES: Final = "不是出具的 PDF 文件"


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of a paper file.

    `state` is genuine, altered (it claims to be an issued paper and is not that paper), unknown or superseded (genuine,
    and another paper took its place); `document` is the number, empty without a record; `note` a sentence for people.
    """

    file: Path
    state: str
    document: str
    note: str = ""


def verify(desk: Desk, files: Sequence[Path]) -> tuple[Verified, ...]:
    """Compare files with what was issued.

    Raises Unacceptable `file.missing`, `file.size`, `picture.size`, WorldFailed `file.read`.
    """
    register = register_of(desk)
    return tuple(Judge(register, path, read_paper(path)).verified() for path in files)


def read_paper(path: Path) -> bytes:
    """The bytes of a paper's file; no paper of ours is as long as MAX_FILE."""
    data = bounded(path, MAX_FILE)
    if len(data) > MAX_FILE:
        raise Unacceptable("file.size", where=path.name)
    return data


@dataclass(frozen=True, slots=True)
class Judge:
    """One file before the register."""

    register: Register
    path: Path
    data: bytes

    def verified(self) -> Verified:
        """The state of the file."""
        sha256 = hashlib.sha256(self.data).hexdigest()
        for table, note in ((self.register.by_hash, ""), (self.register.copies, COPY)):
            paper = self.register.papers.get(table.get(sha256, ""))
            if paper:
                return self.genuine(paper, note)
        shown = look(self.data)
        return self.by_mark(shown) if shown.marks else self.by_number()

    def by_number(self) -> Verified:
        """A file without a QR: altered when it carries the number of an issued paper."""
        papers = (each for each in self.register.papers.values() if each.number)
        claimed = next((each for each in papers if carries(self.data, each.number)), None)
        return self.told(ALTERED, claimed, NO_QR) if claimed else self.told(UNKNOWN)

    def by_mark(self, shown: Shown) -> Verified:
        """A file with a QR: whose it is, and whether the file is the paper that it was made for."""
        try:
            mark = read_mark(shown.marks[0])
        except Unacceptable:
            return self.told(UNKNOWN, note=NO_MARK)
        paper, key = self.register.papers.get(mark.paper.hex()), self.register.keys.get(mark.key)
        if key is None:
            return self.told(ALTERED if paper else UNKNOWN, paper, NO_KEY)
        fault = "" if signed(mark, key, self.register.verify) else BAD_SIGNATURE
        fault = fault or fault_of(shown, mark, paper)
        if not fault and shown.pictured:
            return self.by_pictures(shown, paper)
        return self.told(ALTERED, paper, fault) if fault else self.genuine(paper, note_for(shown, mark, paper))

    def by_pictures(self, shown: Shown, paper: Issued | None) -> Verified:
        """A DOCX with pictures for characters: they must be the issued ones; without its bytes nobody can tell."""
        issued = self.register.kept(paper.word) if paper and paper.word else None
        if issued is None:
            return self.told(UNKNOWN, paper, NO_PICTURES)
        if shown.pictured != look(issued).pictured:
            return self.told(ALTERED, paper, OTHER_PICTURES)
        return self.genuine(paper, SAVED_AGAIN)

    def genuine(self, paper: Issued | None, note: str) -> Verified:
        """Genuine, unless another paper took its place."""
        successor = self.register.successor(paper) if paper else ""
        if successor:
            return self.told(
                SUPERSEDED, paper, "；".join(part for part in (f"已被编号{successor}的文书代替", note) if part)
            )
        return self.told(GENUINE, paper, note)

    def told(self, state: str, paper: Issued | None = None, note: str = "") -> Verified:
        """The answer."""
        return Verified(self.path, state, paper.number if paper else "", note)


def signed(mark: Mark, key: bytes, verify: Verify) -> bool:
    """True when the mark was made with this key."""
    try:
        check_signature(mark, key, verify)
    except Unacceptable:
        return False
    return True


def fault_of(shown: Shown, mark: Mark, paper: Issued | None) -> str:
    """What speaks against a file whose QR has a true signature, empty for nothing."""
    if len(set(shown.marks)) > 1:
        return MANY_QR
    if paper and paper.mark != mark.text:
        return OTHER_MARK
    if shown.form == "qr":
        return ""
    if not shown.agrees(mark):
        return OTHER_WORDS
    return OTHER_BYTES if paper and shown.form in paper.formats and shown.form == "pdf" else ""


def note_for(shown: Shown, mark: Mark, paper: Issued | None) -> str:
    """What a person must still know of a genuine file that is not the very one."""
    if shown.form == "qr":
        return f"二维码属实，请对照纸上的核对码{mark.code}，全文共{mark.pages}页"
    return SAVED_AGAIN if paper else BY_SIGNATURE


def carries(data: bytes, number: str) -> bool:
    """True when a DOCX or PDF names this number in its properties."""
    if data.startswith(b"PK"):
        return f">{number}<".encode() in docx_properties(data)
    return pdf_text(number) in pdf_plain(data)


def docx_properties(data: bytes) -> bytes:
    """The properties part of a DOCX, empty for a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(PROPERTIES) as part:
            return part.read(MAX_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, EOFError, NotImplementedError):  # a foreign file
        return b""


def pdf_text(text: str) -> bytes:
    """Text as a PDF's information dictionary holds it, escapes undone, up to the closing bracket."""
    return b"(\xfe\xff" + text.encode("utf-16-be") + b")"


def pdf_plain(data: bytes) -> bytes:
    """A PDF with the escapes of its strings undone; good for looking for a text, for nothing else."""
    if not data.startswith(b"%PDF"):
        return b""
    return OCTAL.sub(lambda found: octal(found[1]), data)


def octal(escaped: bytes) -> bytes:
    """The byte an escape stands for."""
    return bytes((int(escaped, 8) & 255,)) if len(escaped) == 3 else escaped
