"""One transaction for the entry, its folded row and its search rows; what had waited is found once it is let in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as dbapi

from mediator.core.records import CaseId
from mediator.errors import Unacceptable
from mediator.journal.entry import Entry, StreamId
from mediator.store.appending import Changes, item_of, touched_items
from mediator.store.checking import check
from mediator.store.listing import RowQuery
from mediator.store.vault import Deed, Inside, Vault
from tests.journal.list_journal import Writer
from tests.store.vaults import CASE, a_case, a_vault, draft, opened, run_sql

PARTY = "cd" * 16
PAPER = hashlib.sha256(b"paper").hexdigest()
STREAM = StreamId("ab" * 16)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = a_vault(tmp_path / "v")
    yield made
    made.close()


def sabotage(vault: Vault, table: str, verb: str) -> None:
    run_sql(vault, f"CREATE TRIGGER stop BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'sabotage'); END")


def state(vault: Vault) -> tuple[object, ...]:
    """All that a deed could leave behind."""
    names = ("journal", "case_row", "alias", "text", "text_index_data", "name_index_data", "searched", "paper",
             "serial", "block", "cursor")  # fmt: skip
    return tuple(run_sql(vault, f"SELECT * FROM {name}") for name in names)


@pytest.mark.parametrize(
    ("table", "verb"),
    [
        ("journal", "INSERT"), ("case_row", "INSERT"), ("alias", "INSERT"), ("text", "INSERT"), ("text", "DELETE"),
        ("paper", "INSERT"),
    ],
)  # fmt: skip
def test_a_failure_in_any_row_leaves_nothing_of_the_deed(table: str, verb: str, vault: Vault) -> None:
    a_case(vault, facts="原来的事实")
    vault.append([draft(CASE, "case.numbered", {"number": "旧号"})])
    before, top, shown = state(vault), vault.top(vault.desk), vault.case(CASE)
    told: list[Changes] = []
    vault.subscribe(told.append)
    sabotage(vault, table, verb)
    drafts = [
        draft(CASE, "hearing.sentence", {"id": PARTY, "hearing": PARTY, "speaker": "张三", "text": "一句", "at": 1}),
        draft(CASE, "case.set", {"fields": {"facts": "新的事实"}}),
    ]
    with pytest.raises(dbapi.DatabaseError, match="sabotage"):
        vault.append(drafts, papers={PAPER: b"paper"})
    assert state(vault) == before
    assert (vault.top(vault.desk), vault.case(CASE), told) == (top, shown, [])
    run_sql(vault, "DROP TRIGGER stop")
    changes = vault.append(drafts, papers={PAPER: b"paper"})
    assert told == [changes]
    assert changes.entries == ((vault.desk, top[0] + 1), (vault.desk, top[0] + 2))
    assert (changes.cases, changes.streams) == (frozenset({CASE}), frozenset({StreamId(CASE)}))
    assert vault.search("新的事实").total == 1
    assert vault.search("原来的").total == 0
    assert vault.paper(PAPER) == b"paper"
    assert vault.paper("ff" * 32) is None


def test_what_a_deed_saw_inside_goes_with_the_deed_when_it_fails(vault: Vault) -> None:
    a_case(vault)
    before = state(vault)

    def make(inside: Inside) -> Deed:
        assert inside.take_number("民调").startswith("临")
        assert inside.case(CASE).case.title == "借款"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vault.perform(make)
    assert state(vault) == before
    assert vault.case(CASE).case.title == "借款"


def test_a_turn_of_a_hearing_changes_nothing_in_the_row_but_its_time(vault: Vault) -> None:
    a_case(vault)
    vault.append([draft(CASE, "hearing.opened", {"id": PARTY, "fields": {"mediators": ["李调解"], "place": "室"}})])
    [before] = vault.rows(RowQuery())
    body = {"id": "ef" * 16, "hearing": PARTY, "speaker": "张三", "text": "请还钱", "at": 1}
    vault.append([draft(CASE, "hearing.sentence", body)])
    assert vault.rows(RowQuery()) == (before,)
    assert before.mediator == "李调解"
    assert [hit.field for hit in vault.search("请还钱").hits] == ["sentence.text"]


def chain(other: Writer) -> list[Entry]:
    """Five entries of another desk, each of which has seen the one before."""
    other.write(STREAM, "case.opened", {"fields": {"title": "土地纠纷", "kind": "people_mediation"}})
    other.write(STREAM, "party.added", {"id": PARTY, "fields": {"name": "赵甲"}})
    other.write(STREAM, "party.added", {"id": "ce" * 16, "fields": {"name": "钱乙"}})
    other.write(STREAM, "party.set", {"id": PARTY, "fields": {"name": "孙丙"}})
    other.write(STREAM, "case.set", {"fields": {"facts": "田埂被挖"}})
    return [other.journal.held[other.desk, n] for n in range(1, 6)]


WORDS = {"土地纠纷": 1, "赵甲": 0, "钱乙": 1, "孙丙": 1, "田埂": 1}


@pytest.mark.parametrize("order", list(permutations(range(5)))[::5])
def test_entries_of_others_are_found_whatever_their_order_of_arrival(order: tuple[int, ...], vault: Vault) -> None:
    entries = chain(Writer("other"))
    arrived: set[int] = set()
    for place in order:
        arrived.add(place)
        absorbed = vault.absorb([entries[place]])
        linked = next((n for n in range(5) if n not in arrived), 5)
        assert absorbed.waiting == len(arrived) - linked
        rows = vault.rows(RowQuery())
        assert [row.waiting for row in rows] == [absorbed.waiting] * (linked > 0)
    assert {word: vault.search(word).total for word in WORDS} == WORDS
    assert check(vault, full=True).ok


def test_a_second_adding_of_one_party_is_not_found_twice(vault: Vault) -> None:
    entries = chain(Writer("other"))
    vault.absorb(entries)
    again = Writer("third", journal=Writer("other").journal)
    again.journal.held.update({entry.id: entry for entry in entries})
    again.write(STREAM, "party.added", {"id": PARTY, "fields": {"name": "孙丙"}})
    vault.absorb([again.journal.held[again.desk, 1]])
    assert vault.search("孙丙").total == 1
    assert check(vault, full=True).ok


def test_a_fork_leaves_nothing_and_known_entries_change_nothing(vault: Vault) -> None:
    entries, forged = chain(Writer("other")), Writer("other")
    forged.write(STREAM, "case.opened", {"fields": {"title": "另一个"}})
    fork = forged.journal.held[forged.desk, 1]
    for attempt in ([entries[0], fork], [*entries, fork]):
        with pytest.raises(Unacceptable, match=r"entry\.fork"):
            vault.absorb(attempt)
    assert vault.top(fork.desk)[0] == 0
    assert vault.absorb([entries[0], entries[0]]).new == 1
    told: list[Changes] = []
    vault.subscribe(told.append)
    assert vault.absorb(entries[:1]).known == 1
    assert told == []
    with pytest.raises(Unacceptable, match=r"entry\.fork"):
        vault.absorb([fork])


def test_an_entry_that_breaks_its_kind_is_set_aside_and_the_others_are_taken(vault: Vault) -> None:
    other = Writer("other")
    other.write(STREAM, "case.opened", {"fields": {"title": "好的"}})
    other.write(STREAM, "party.added", {"id": "no id", "fields": {"name": "坏的"}})
    entries = [other.journal.held[other.desk, n] for n in (1, 2)]
    absorbed = vault.absorb(entries)
    assert absorbed.set_aside == ((other.desk, 2, "entry.body.id"),)
    assert (vault.search("坏的").total, vault.search("好的").total) == (0, 1)
    assert vault.absorb([]).streams == frozenset()


@pytest.mark.parametrize(
    ("kind", "body", "key"),
    [
        ("case.set", {"fields": {}}, "case"),
        ("agreement.order", {"clauses": []}, "agreement"),
        ("party.set", {"id": PARTY, "fields": {}}, PARTY),
        ("hearing.closed", {"hearing": PARTY, "digest": "", "count": 0}, ""),
        ("party.set", {"id": 7}, ""),
    ],
)
def test_the_item_of_an_entry_is_named_by_its_kind_or_its_id(kind: str, body: dict[str, object], key: str) -> None:
    entry = Writer("one").write(STREAM, kind, body)
    assert item_of(kind, body) == key
    assert touched_items([entry, entry]) == ({key: False} if key else {})


def test_more_cases_than_are_kept_in_memory_stay_right(vault: Vault) -> None:
    cases = [CaseId(f"{n:032x}") for n in range(1, 80)]
    for case in cases:
        a_case(vault, case, facts=f"第{case[-3:]}件")
    for case in cases:
        assert vault.case(case).case.facts == f"第{case[-3:]}件"
    other = Writer("other")
    for case in cases:
        other.write(StreamId(case), "case.set", {"fields": {"requests": f"求{case[-3:]}"}})
    vault.absorb([other.journal.held[other.desk, n] for n in range(1, 80)])
    assert vault.search("求04f").total == 1
    assert check(vault, full=True).ok


def test_marks_reopen_as_they_were(tmp_path: Path) -> None:
    first = a_vault(tmp_path / "w")
    a_case(first)
    seen, top = first.case(CASE).seen, first.top(first.desk)
    vault_day = first.today()
    first.close()
    first.close()
    again = opened(tmp_path / "w")
    assert (again.case(CASE).seen, again.top(again.desk), again.today()) == (seen, top, vault_day)
    again.close()
