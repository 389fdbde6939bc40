"""The check: every damage is named, quick or full; a clean vault is never accused, not even after a kill."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mediator.core.records import CaseId
from mediator.crypto.signing import DeskKeys
from mediator.errors import MediatorError, Unacceptable
from mediator.journal.entry import Entry, StreamId
from mediator.store.beginning import DATABASE
from mediator.store.checking import FULL, QUICK, Finding, check
from mediator.store.opening import PAGE
from mediator.store.vault import Vault
from tests.journal.list_journal import Writer
from tests.store.vaults import CASE, a_case, a_vault, closed, copied, damaged, draft, opened, run_sql

PAPER = b"%PDF an issued paper" * 400


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with cases, words, a paper."""
    folder = closed(tmp_path_factory.mktemp("whole") / "vault", cases=12)
    vault = opened(folder)
    body: dict[str, object] = {"fields": {"facts": "很长的事实" * 900}}
    vault.append([draft(CaseId(f"{1:032x}"), "case.set", body)], papers={hashlib.sha256(PAPER).hexdigest(): PAPER})
    vault.close()
    return folder


def named(folder: Path, *, full: bool) -> list[str]:
    """What opening or the check says is wrong; nothing for a whole vault."""
    try:
        vault = opened(folder)
    except MediatorError as error:
        return [error.code]
    try:
        report = check(vault, full=full)
        assert report.ok == (not report.findings)
        return [found.code for found in report.findings]
    finally:
        vault.close()


def cut(pages: int, more: int = 0) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, path.stat().st_size - pages * PAGE + more)


def padded(extra: bytes) -> Callable[[Path], None]:
    return lambda path: overwrite(path, path.stat().st_size // PAGE, extra)


def zeroed(page: int) -> Callable[[Path], None]:
    return lambda path: overwrite(path, page, bytes(PAGE))


def swapped(one: int, other: int) -> Callable[[Path], None]:
    def swap(path: Path) -> None:
        data = path.read_bytes()
        overwrite(path, one, data[other * PAGE : (other + 1) * PAGE])
        overwrite(path, other, data[one * PAGE : (one + 1) * PAGE])

    return swap


def overwrite(path: Path, page: int, data: bytes) -> None:
    """Put a page into its place; the first page is 0."""
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(data)


@pytest.mark.threat("T27")
@pytest.mark.parametrize("full", [False, True], ids=["quick", "full"])
@pytest.mark.parametrize(
    "spoil",
    [
        cut(1), cut(10), cut(1, 700), cut(0, -1), cut(0, PAGE), cut(0, 5 * PAGE), cut(0, 100),
        padded(os.urandom(PAGE)), padded(b'x'), zeroed(1), zeroed(5),
        zeroed(20), swapped(3, 4), swapped(10, 25), lambda path: overwrite(path, 9, os.urandom(PAGE)),
        lambda path: overwrite(path, 7, path.read_bytes()[8 * PAGE : 9 * PAGE]),
    ],
)  # fmt: skip
def test_a_file_cut_stretched_zeroed_or_mixed_up_is_reported(
    spoil: Callable[[Path], None], full: bool, whole: Path, tmp_path: Path
) -> None:
    folder = copied(whole, tmp_path / "vault")
    spoil(folder / DATABASE)
    assert named(folder, full=full)


@pytest.mark.threat("T27")
@pytest.mark.parametrize("spoil", [cut(0, PAGE), cut(0, 100), padded(os.urandom(PAGE)), padded(b"x")])
def test_a_stretched_file_is_told_by_its_length(spoil: Callable[[Path], None], whole: Path, tmp_path: Path) -> None:
    folder = copied(whole, tmp_path / "vault")
    spoil(folder / DATABASE)
    assert "check.length" in named(folder, full=False)


@pytest.mark.threat("T27")
@pytest.mark.threat("T26")
def test_one_flipped_bit_on_any_page_is_reported(whole: Path, tmp_path: Path) -> None:
    pages = (whole / DATABASE).stat().st_size // PAGE
    for page in range(pages):
        folder = copied(whole, tmp_path / f"v{page}")
        damaged(folder, page * PAGE + 37 * page % PAGE, 1 << page % 8)
        assert named(folder, full=page % 4 == 0), page
        shutil.rmtree(folder)


@pytest.mark.threat("T27")
@pytest.mark.parametrize("full", [False, True], ids=["quick", "full"])
def test_a_clean_vault_is_never_accused(full: bool, whole: Path, tmp_path: Path) -> None:
    folder = copied(whole, tmp_path / "vault")
    assert named(folder, full=full) == []
    vault = opened(folder)
    for number in range(5):  # with words in the log that the file does not hold yet
        a_case(vault, CaseId(f"{100 + number:032x}"))
        report = check(vault, full=full)
        assert (report.ok, report.entries) == (True, 1 + 13 + number + 1)
    live = copied(folder, tmp_path / "live")
    vault.close()
    assert named(live, full=full) == []


@pytest.mark.threat("T27")
def test_one_bad_page_hides_no_other_fault(whole: Path, tmp_path: Path) -> None:
    folder = copied(whole, tmp_path / "vault")
    vault = opened(folder)
    run_sql(vault, "UPDATE case_row SET title = '另一个' WHERE id = ?", f"{3:032x}")
    page = run_sql(vault, "SELECT rootpage FROM sqlite_master WHERE name = 'paper'")[0][0]
    vault.close()
    assert isinstance(page, int)
    damaged(folder, (page - 1) * PAGE + 900)
    vault = opened(folder)
    found = check(vault, full=True)
    assert {each.code for each in found.findings} >= {"check.page", "check.damaged", "check.folded"}
    assert Finding("check.folded", f"{3:032x}") in found.findings
    assert found.entries == 14
    vault.close()


@pytest.mark.threat("T18")
def test_a_page_put_back_in_its_old_version_is_found_wherever_it_lies(tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault", cases=12)
    old = (folder / DATABASE).read_bytes()
    vault = opened(folder)
    for number in range(1, 13):
        case = CaseId(f"{number:032x}")
        vault.append([draft(case, "case.set", {"fields": {"facts": f"改过的事实{number}", "title": f"改{number}"}})])
    vault.close()
    new = (folder / DATABASE).read_bytes()
    changed = [page for page in range(len(old) // PAGE) if old[page * PAGE :][:PAGE] != new[page * PAGE :][:PAGE]]
    assert len(changed) > 8
    missed = []
    for page in changed:
        overwrite(folder / DATABASE, page, old[page * PAGE : (page + 1) * PAGE])
        if not named(folder, full=True) and not finds_all(folder):
            missed.append(page)
        (folder / DATABASE).write_bytes(new)
    assert missed == []


def finds_all(folder: Path) -> bool:
    """True when every text is found where it stands: an old page of the index's own index may do no harm."""
    vault = opened(folder)
    good = all(vault.search(f"改过的事实{number}", 100).total == (4 if number == 1 else 1) for number in range(1, 13))
    vault.close()
    return good


@pytest.mark.threat("T26")
def test_a_paper_on_a_damaged_page_is_never_handed_out(whole: Path, tmp_path: Path) -> None:
    size = (whole / DATABASE).stat().st_size
    told = 0
    for page in range(1, size // PAGE):
        folder = damaged(copied(whole, tmp_path / f"v{page}"), page * PAGE + 2000)
        try:
            vault = opened(folder)
        except MediatorError:
            continue
        try:
            assert vault.paper(hashlib.sha256(PAPER).hexdigest()) == PAPER
        except Unacceptable:
            told += 1
        finally:
            vault.close()
    assert told >= len(PAPER) // PAGE


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE case_row SET number = '假号' WHERE id = (SELECT min(id) FROM case_row)", "check.folded"),
        ("UPDATE case_row SET status = 'closed' WHERE id = (SELECT min(id) FROM case_row)", "check.folded"),
        ("DELETE FROM case_row WHERE id = (SELECT min(id) FROM case_row)", "check.folded"),
        ("UPDATE text SET body = '假话' WHERE id = (SELECT max(id) FROM text)", "check.folded"),
        ("DELETE FROM text WHERE id = (SELECT max(id) FROM text)", "check.folded"),
        ("INSERT INTO text (item, field, body) SELECT item, field, body FROM text", "check.folded"),
        ("INSERT INTO text_index (text_index) VALUES ('delete-all')", "check.folded"),
        ("UPDATE paper SET bytes = x'00'", "check.paper"),
        ("UPDATE journal SET kind = 'case.moved' WHERE rowid = 3", "check.entry"),
        ("UPDATE journal SET hash = zeroblob(32) WHERE rowid = 3", "check.entry"),
        ("UPDATE journal SET n = 99 WHERE rowid = 3", "check.entry"),
        ("DELETE FROM journal WHERE rowid = 3", "check.chain"),
        ("DELETE FROM journal WHERE n = (SELECT max(n) FROM journal)", "check.chain"),
        ("UPDATE journal SET bytes = substr(bytes, 1, 50) WHERE rowid = 3", "entry.length"),
    ],
)
def test_a_row_changed_by_somebody_with_the_key_is_found(
    statement: str, code: str, whole: Path, tmp_path: Path
) -> None:
    vault = opened(copied(whole, tmp_path / "vault"))
    run_sql(vault, statement)
    report = check(vault, full=True)
    vault.close()
    assert code in {found.code for found in report.findings}, report.findings


@dataclass
class Signed(Writer):
    """A desk that signs as a real one does."""

    keys: DeskKeys = field(default_factory=DeskKeys.fresh)

    def sign(self, text: bytes) -> bytes:
        return self.keys.sign(text)


def run_of(writer: Writer) -> list[Entry]:
    """All its entries in order."""
    return [writer.journal.held[writer.desk, n] for n in range(1, writer.journal.top(writer.desk)[0] + 1)]


def findings(vault: Vault) -> set[tuple[str, str]]:
    """Codes of the full check, with whose entry they are about."""
    return {(found.code, found.where.partition(":")[2]) for found in check(vault, full=True).findings}


@pytest.mark.threat("T64")
def test_signatures_of_other_desks_are_verified_by_what_they_said_at_birth_and_what_the_center_certified(
    tmp_path: Path,
) -> None:
    vault = a_vault(tmp_path / "v")
    honest, forged, center = Signed("honest"), Signed("forged"), Signed("center")
    for writer, said in ((honest, honest.keys), (forged, honest.keys)):
        writer.write(StreamId("01" * 16), "desk.opened", {"sign": said.sign_public.hex(), "seal": ""})
        writer.write(StreamId(CASE), "case.opened", {"fields": {"title": "案"}})
        vault.absorb(run_of(writer))
    assert findings(vault) == {("signature.bad", "1"), ("signature.bad", "2")}
    bodies: list[dict[str, object]] = [
        {"desk": forged.desk, "sign": forged.keys.sign_public.hex()}, {"desk": honest.desk, "sign": "no hex"},
        {"desk": honest.desk}, {"sign": 7},
    ]  # fmt: skip
    for body in bodies:
        center.write(StreamId("02" * 16), "desk.enrolled", body)
    vault.absorb(run_of(center))
    assert findings(vault) == set()
    vault.close()


@pytest.mark.threat("T64")
def test_holes_of_others_are_fine_and_their_broken_chains_are_not(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    other = Writer("other")
    for number in range(5):
        other.write(StreamId(CASE), "case.opened", {"fields": {"title": f"第{number}次"}})
    entries = run_of(other)
    vault.absorb([entries[0], entries[1], entries[3], entries[4]])
    assert findings(vault) == set()
    twin = Writer("other")
    for number in range(5):
        twin.write(StreamId(CASE), "case.opened", {"fields": {"title": f"另{number}次"}})
    vault.absorb([run_of(twin)[2]])
    assert findings(vault) == {("check.chain", "3"), ("check.chain", "4")}
    vault.close()


def test_each_part_has_its_name_and_the_full_check_looks_at_all_that_the_quick_one_does() -> None:
    assert set(QUICK) - {"structure"} <= set(FULL)
    assert "indexes" in FULL


def test_a_full_check_of_nothing_but_damage_still_reports(whole: Path, tmp_path: Path) -> None:
    folder = copied(whole, tmp_path / "vault")
    vault = opened(folder)
    run_sql(vault, "PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite(folder / DATABASE, 0, bytes(PAGE))
    report = check(vault, full=True)
    assert (report.ok, report.entries) == (False, 0)
    assert {found.code for found in report.findings} == {"check.damaged"}
    assert len(report.findings) == len(FULL)
    vault.close()
