"""A lawful erasure leaves nothing behind in the vault: no body, row, search word, paper, tape or old page (T68)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from mediator.core.records import CaseId
from mediator.errors import WorldFailed
from mediator.journal.entry import Draft, Entry, StreamId
from mediator.journal.erasures import CASE_ERASED, DONE, ERASED, targets_of
from mediator.journal.framing import verify_entry
from mediator.store import erasing, searching
from mediator.store.checking import check
from mediator.store.grams import folded, grams
from mediator.store.listing import RowQuery
from mediator.store.tapes import FOLDER
from mediator.store.vault import Vault
from tests.journal.list_journal import Writer
from tests.leaks.pages import clear_pages
from tests.store.vaults import CASE, a_case, a_vault, draft, opened, run_sql

PARTY, TURN, HEARING, TAPE = ("11" * 16, "22" * 16, "33" * 16, "44" * 16)
NAME, WORDS, PHONE = "诸葛守拙", "我替他垫了三车青石的脚钱", "13957800322"
FACTS = "村口水渠被人挖断"
KEY = "5e" * 32
SECRETS = (NAME, WORDS, PHONE, KEY)
AROUND = 20


def tails(text: str) -> list[bytes]:
    """The ends of a text's tokens, as a segment of the index holds them behind what a token shares with the last."""
    return [token[5:].encode() for token in grams(folded(text)).split(" ")[:-2]]


def left(vault: Vault) -> list[str]:
    """Where a secret, or a word of the index made of one, can still be carved out of file or log."""
    wanted = [each for secret in SECRETS for each in (secret.encode(), *tails(secret)[:2])]
    pages = clear_pages(vault.folder, bytes(vault.keys.db))
    return [name for name, data in pages if any(each in data for each in wanted)]


def filled(folder: Path) -> Vault:
    """A case with a party, a turn and a recording among others."""
    vault = a_vault(folder)
    for k in range(AROUND):
        a_case(vault, CaseId(f"{k + 1:032x}"), facts=f"第{k}件，{FACTS}")
    a_case(vault, facts=FACTS)
    vault.append([
        draft(CASE, "party.added", {"id": PARTY, "fields": {"name": NAME, "side": "applicant"}}),
        draft(CASE, "party.set", {"id": PARTY, "fields": {"phone": PHONE}}),
        draft(CASE, "hearing.opened", {"id": HEARING, "fields": {"place": "调解室"}}),
        draft(CASE, "hearing.sentence", {"id": TURN, "hearing": HEARING, "speaker": NAME, "text": WORDS, "at": 1}),
        draft(CASE, "recording.begun", {"id": TAPE, "hearing": HEARING, "at": 1}),
        draft(CASE, "recording.keyed", {"id": TAPE, "key": KEY}),
        draft(CASE, "recording.ended", {"id": TAPE, "samples": 9, "chunks": 1, "size": 5, "digest": "0" * 64,
                                        "ending": "stopped", "at": 2}),
    ])  # fmt: skip
    (vault.folder / FOLDER).mkdir()
    (vault.folder / FOLDER / f"{TAPE}.tape").write_bytes(b"sound")
    for k in range(AROUND):
        a_case(vault, CaseId(f"{k + 101:032x}"), facts=f"第{k}件，{FACTS}")
    return vault


def chosen(vault: Vault, wanted: Callable[[Entry], bool]) -> list[list[object]]:
    """These entries of the case as a decision names them."""
    return targets_of(entry.id for entry in vault.stream(StreamId(CASE)) if wanted(entry))


def decision(targets: list[list[object]], kind: str = ERASED) -> Draft:
    """Two persons' word."""
    return draft(CASE, kind, {"targets": targets, "ground": "pipl47.3", "decided_by": ["li", "wang"]})


def speaks_of_them(entry: Entry) -> bool:
    """Party, turn and key."""
    return entry.content().get("id") in (PARTY, TURN) or entry.kind == "recording.keyed"


@pytest.mark.threat("T68")
def test_what_was_erased_can_be_carved_out_of_no_page_of_file_and_log(tmp_path: Path) -> None:
    vault = filled(tmp_path / "vault")
    assert left(vault), "the scan must see what is there"
    erasing.decide(vault, [decision(chosen(vault, speaks_of_them))])
    assert left(vault) == []
    assert vault.search(NAME).hits == vault.search(WORDS).hits == ()
    assert [party.name for party in vault.case(CASE).case.parties] == []
    assert vault.case(CASE).case.facts == FACTS
    assert not (vault.folder / FOLDER / f"{TAPE}.tape").exists()
    assert check(vault, full=True).findings == ()
    vault.close()


@pytest.mark.threat("T68")
def test_without_washing_words_stay_in_the_index_and_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = filled(tmp_path / "vault")
    with monkeypatch.context() as killed:
        killed.setattr(erasing, "wash", lambda _vault: None)
        erasing.decide(vault, [decision(chosen(vault, speaks_of_them))])
    assert left(vault), "so the scan can fail"
    vault.close()
    vault = opened(tmp_path / "vault")
    assert (vault.folder / FOLDER / f"{TAPE}.tape").exists()
    erasing.wash(vault)
    assert left(vault) == []
    assert not (vault.folder / FOLDER / f"{TAPE}.tape").exists()
    vault.close()


@pytest.mark.threat("T68")
def test_chain_signatures_and_head_stand_and_the_chain_goes_on(tmp_path: Path) -> None:
    vault = filled(tmp_path / "vault")
    before = {entry.id: entry.hash for entry in vault.since(vault.desk, 0, 1000)}
    erasing.decide(vault, [decision(chosen(vault, speaks_of_them))])
    vault.append([draft(CASE, "case.set", {"fields": {"facts": "改"}})])
    run = vault.since(vault.desk, 0, 1000)
    assert {entry.id: entry.hash for entry in run if entry.id in before} == before
    for entry in run:
        verify_entry(entry, lambda text, mark: vault.sealer().verify(vault.desk_keys.sign_public, text, mark))
    vault.close()
    vault = opened(tmp_path / "vault")
    assert vault.top(vault.desk)[0] == run[-1].n
    vault.close()


@pytest.mark.threat("T68")
def test_a_case_of_which_nothing_is_left_is_in_no_list_and_no_table(tmp_path: Path) -> None:
    vault = filled(tmp_path / "vault")
    vault.append([draft(CASE, "case.numbered", {"number": "缙壶2026人调0007"})])
    erasing.decide(vault, [decision(chosen(vault, lambda entry: True))])
    assert vault.find_case("缙壶2026人调0007") is None
    assert CASE not in [row.id for row in vault.rows(RowQuery())]
    assert vault.count(RowQuery()) == 2 * AROUND
    tables = (*erasing.OF_CASE, ("person_sketch", "case_id"), ("matter_sketch", "case_id"), ("judged", "case_id"))
    for table, column in tables:
        assert run_sql(vault, f"SELECT count(*) FROM {table} WHERE {column} = ?", CASE) == [(0,)]
    assert vault.on_thread(lambda ledger: searching.kept(ledger.connection, CASE)) == []
    assert check(vault, full=True).findings == ()
    vault.close()


def test_a_paper_goes_with_the_last_entry_that_names_it(tmp_path: Path) -> None:
    vault = filled(tmp_path / "vault")
    files = {name: f"{name}的扫描件".encode() for name in ("alone", "shared")}
    sha = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    other = CaseId(f"{1:032x}")

    def attached(case: CaseId, name: str, key: str) -> Draft:
        fields = {"sha256": sha[name], "title": "照片", "place": "evidence", "pages": 1, "size": 9}
        return draft(case, "evidence.attached", {"id": key, "fields": fields})

    drafts = [attached(CASE, "alone", "61" * 16), attached(CASE, "shared", "62" * 16)]
    vault.append([*drafts, attached(other, "shared", "63" * 16)], papers={sha[name]: files[name] for name in files})
    erasing.decide(vault, [decision(chosen(vault, lambda entry: entry.kind == "evidence.attached"))])
    assert (vault.paper(sha["alone"]), vault.paper(sha["shared"])) == (None, files["shared"])
    vault.close()


@pytest.mark.threat("T65")
def test_a_room_does_not_reach_what_was_issued_and_the_county_does(tmp_path: Path) -> None:
    vault = filled(tmp_path / "vault")
    data = b"%PDF"
    sha = hashlib.sha256(data).hexdigest()
    told = [{"format": "pdf", "sha256": sha, "size": 4}]
    body: dict[str, object] = {
        "id": "71" * 16, "kind": "receipt", "number": "1", "title": "收条", "pages": 1, "files": told,
    }  # fmt: skip
    vault.append([draft(CASE, "document.issued", body)], papers={sha: data})
    targets = chosen(vault, lambda entry: entry.kind == "document.issued")
    erasing.decide(vault, [decision(targets)])
    assert vault.paper(sha) == data
    center = Writer("center")
    ordered = center.write(StreamId(CASE), CASE_ERASED, dict(decision(targets).body))
    vault.absorb([ordered])
    assert vault.paper(sha) == data, "nothing that is held goes without a word of somebody here"
    erasing.carry_out(vault, [ordered])
    assert vault.paper(sha) is None
    vault.close()


@pytest.mark.threat("T68")
@pytest.mark.threat("T75")
def test_a_decision_from_outside_takes_nothing_by_itself_and_a_foreign_case_never(tmp_path: Path) -> None:
    vault, other = filled(tmp_path / "vault"), Writer("other")
    targets = chosen(vault, speaks_of_them)
    elsewhere = other.write(StreamId("cd" * 16), ERASED, dict(decision(targets).body))
    here = other.write(StreamId(CASE), ERASED, dict(decision(targets).body))
    vault.absorb([elsewhere, here])
    assert erasing.still_here(vault, elsewhere) == 0
    assert erasing.still_here(vault, here) == 4
    assert len(vault.case(CASE).case.parties) == 1
    assert [each.id for each in erasing.unanswered(vault)] == [elsewhere.id, here.id]
    vault.append([draft(CASE, DONE, {"desk": here.desk, "n": here.n})])
    assert [each.id for each in erasing.unanswered(vault)] == [elsewhere.id]
    vault.close()


def test_a_frozen_bundle_with_the_words_in_it_is_packed_anew(tmp_path: Path) -> None:
    vault = filled(tmp_path / "vault")
    run_sql(vault, "INSERT INTO outgoing (bundle, no, base, top, top_hash, data) VALUES ('b', 1, 0, 1, 'h', x'00')")
    erasing.decide(vault, [decision(chosen(vault, speaks_of_them))])
    assert vault.shelf.outgoing() is None
    vault.close()


@pytest.mark.threat("T64")
def test_a_body_that_is_gone_without_a_decision_is_found(tmp_path: Path) -> None:
    vault = filled(tmp_path / "vault")
    erasing.decide(vault, [decision(chosen(vault, speaks_of_them))])
    run_sql(vault, "DELETE FROM erased WHERE n = (SELECT min(n) FROM erased)")
    assert {each.code for each in check(vault, full=True).findings} == {"check.erased"}
    vault.close()


def test_decisions_that_came_under_an_older_program_are_noted_when_the_vault_is_opened(tmp_path: Path) -> None:
    vault = filled(tmp_path / "vault")
    erasing.decide(vault, [decision(chosen(vault, speaks_of_them))])
    run_sql(vault, "DELETE FROM erased")
    vault.close()
    vault = opened(tmp_path / "vault")
    assert check(vault, full=True).findings == ()
    vault.close()


def test_a_log_that_somebody_reads_is_cut_off_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = filled(tmp_path / "vault")

    def busy(_ledger: object) -> None:
        raise WorldFailed("vault.busy")

    with monkeypatch.context() as read:
        read.setattr(erasing, "cut_log", busy)
        with pytest.raises(WorldFailed, match=r"vault\.busy"):
            erasing.decide(vault, [decision(chosen(vault, speaks_of_them))])
    erasing.wash(vault)
    assert left(vault) == []
    vault.close()
