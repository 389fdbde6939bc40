"""The vault's own record of papers: what was issued, what took its place, and whose keys may sign a mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mediator.casework.desk import Desk
from mediator.docs.mark import Verify, key_id
from mediator.journal.entry import Entry


@dataclass(frozen=True, slots=True)
class Issued:
    """One paper as its entry tells it; an older entry has no mark. `formats` are those that were written.

    `word` is the SHA-256 of its DOCX, empty for none.
    """

    id: str
    number: str
    mark: str = ""
    replaces: str = ""
    formats: frozenset[str] = frozenset()
    word: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Papers by id and by the hash of their files, copies by theirs, keys by what a mark calls them.

    `verify` raises unless a key signed a text; `kept` gives the bytes of a hash, None where another desk has them.
    """

    papers: Mapping[str, Issued]
    by_hash: Mapping[str, str]
    copies: Mapping[str, str]
    keys: Mapping[bytes, bytes]
    verify: Verify
    kept: Callable[[str], bytes | None]

    def successor(self, paper: Issued) -> str:
        """Number of the paper that took the place of this one, empty for none."""
        return next((each.number for each in self.papers.values() if each.replaces == paper.id), "")

    def superseded(self) -> Iterator[Issued]:
        """Every paper whose place another took."""
        taken = {each.replaces for each in self.papers.values()}
        yield from (each for each in self.papers.values() if each.id in taken)


def register_of(desk: Desk) -> Register:
    """Read the record; what another desk's entry holds is taken for text, whatever it is."""
    entries = [entry for _, entry in desk.vault.issued()]
    papers = {paper.id: paper for paper in map(issued_by, entries)}
    by_hash = {each: str(entry.content().get("id")) for entry in entries for each in hashes(entry)}
    copies = {each: str(entry.content().get("document")) for entry in desk.vault.copied() for each in hashes(entry)}
    keys = {key_id(public): public for public in desk.vault.signing_keys().values()}
    return Register(papers, by_hash, copies, keys, desk.vault.sealer().verify, desk.vault.paper)


def issued_by(entry: Entry) -> Issued:
    """The paper of one entry."""
    body = entry.content()
    paper, number, mark, replaces = (str(body.get(name, "")) for name in ("id", "number", "mark", "replaces"))
    files = {str(row.get("format")): str(row.get("sha256")) for row in rows(body.get("files"))}
    return Issued(paper, number, mark, replaces, frozenset(files), files.get("docx", ""))


def hashes(entry: Entry) -> Iterator[str]:
    """The hashes of the files of an entry: rows of a paper, plain hashes of a copy."""
    files = entry.content().get("files")
    yield from (str(row.get("sha256")) for row in rows(files))
    yield from (each for each in (files if isinstance(files, list) else ()) if isinstance(each, str))


def rows(files: object) -> Iterator[Mapping[str, object]]:
    """The members of a list that are objects."""
    yield from (row for row in (files if isinstance(files, list) else ()) if isinstance(row, dict))
