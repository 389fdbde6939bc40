"""What is in the search index: the words of a case as they stand now, and none that were taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediator.journal.fold import Item
from mediator.store.checking import check
from mediator.store.finding import Asked
from mediator.store.searching import SEARCHED, index, texts, tidy
from mediator.store.vault import Vault
from tests.store.vaults import CASE, a_case, a_vault, draft, run_sql

FORM, OTHER, HEARING = "f1" * 16, "f2" * 16, "ce" * 16


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = a_vault(tmp_path / "v")
    yield made
    made.close()


def say(vault: Vault, entry: str, /, **body: object) -> None:
    """An entry that has seen the whole case."""
    vault.append([draft(CASE, entry, body, dict(vault.case(CASE).seen))])


def found(vault: Vault, *words: str) -> dict[str, int]:
    """How often each word is found."""
    return {word: vault.search(word).total for word in words}


def test_the_words_of_an_item_are_those_of_its_kind_as_they_stand_now(vault: Vault) -> None:
    a_case(vault, facts="旧的说法", origin="不在搜索之内")
    for text in ("新的说法", "另一种说法"):
        say(vault, "case.set", fields={"facts": text})
    assert found(vault, "旧的", "新的", "另一种", "不在搜索") == {"旧的": 0, "新的": 0, "另一种": 1, "不在搜索": 0}
    assert texts(Item("of_next_year", {}, (vault.desk, 1), {})) == []
    assert vault.search("另一种").hits[0].field == "case.facts"


REMOVED = (
    ("party.added", {"name": "周某甲", "note": "行动不便"}, "party.left", "周某甲"),
    ("clause.added", {"text": "拆除鸡舍"}, "clause.removed", "拆除鸡舍"),
    ("obligation.added", {"goods": "稻谷三百斤"}, "obligation.removed", "稻谷三百斤"),
    ("form.added", {"paper": "hearing_notice", "place": "村部二楼"}, "form.removed", "村部二楼"),
    ("event.recorded", {"event": "arrived", "on": "2026-03-05", "text": "走访邻居"}, "event.voided", "走访邻居"),
    (
        "link.added",
        {"other": OTHER, "reason": "transfer", "role": "to", "note": "并入处理"},
        "link.removed",
        "并入处理",
    ),
)


@pytest.mark.parametrize(("added", "fields", "removed", "words"), REMOVED)
def test_what_was_taken_away_is_found_no_longer(
    vault: Vault, added: str, fields: dict[str, object], removed: str, words: str
) -> None:
    a_case(vault)
    say(vault, added, id=FORM, fields=fields)
    assert vault.search(words).total == 1
    say(vault, removed, id=FORM)
    assert vault.search(Asked((words,), alike=True)).total == 0
    assert check(vault, full=True).ok


def test_a_corrected_sentence_is_found_by_its_new_wording_alone(vault: Vault) -> None:
    a_case(vault)
    say(vault, "hearing.opened", id=HEARING, fields={"place": "室", "mediators": ["何调解", "程调解"]})
    say(vault, "hearing.sentence", id=FORM, hearing=HEARING, speaker="张三", text="借了五千元", at=1)
    say(vault, "hearing.sentence", id=OTHER, hearing=HEARING, speaker="张三", text="没有写借条", at=2)
    say(vault, "hearing.corrected", id=FORM, hearing=HEARING, text="借了五万元")
    assert found(vault, "五千", "五万", "没有写", "张三", "程调解") == {
        "五千": 0, "五万": 1, "没有写": 1, "张三": 2, "程调解": 1
    }  # fmt: skip


def test_papers_are_found_by_title_and_number_and_a_case_by_its_older_number(vault: Vault) -> None:
    a_case(vault)
    say(vault, "case.numbered", number="壶民调〔2026〕7号", alias="临7H2M9-0001")
    paper: dict[str, object] = {
        "id": FORM, "kind": "agreement", "number": "壶民协〔2026〕9号", "title": "人民调解协议书", "pages": 2,
        "files": [],
    }  # fmt: skip
    say(vault, "document.issued", **paper)
    assert [vault.search(word).hits[0].field for word in ("〔2026〕7", "7H2M9", "〔2026〕9", "调解协议书")] == [
        "case.number", "case.number", "paper.number", "paper.title"
    ]  # fmt: skip
    assert check(vault, full=True).ok


def test_everything_typed_into_a_form_is_found_the_cells_of_a_table_too_and_the_name_of_the_paper_not(
    vault: Vault,
) -> None:
    a_case(vault)
    say(vault, "form.added", id=FORM, fields={"paper": "hearing_notice", "place": "村部二楼",
                                              "rows": [["李某", "到场"], ["王某"]]})  # fmt: skip
    for words in ("村部二楼", "李某", "到场", "王某"):
        assert [(hit.case, hit.field) for hit in vault.search(words).hits] == [(CASE, "form.values")], words
    assert found(vault, "hearing_notice", "某到") == {"hearing_notice": 0, "某到": 0}, "two cells are no one text"
    say(vault, "form.set", id=FORM, fields={"place": "祠堂"})
    assert found(vault, "祠堂", "村部", "王某") == {"祠堂": 1, "村部": 0, "王某": 1}


def test_everything_a_clerk_would_look_for_is_searched() -> None:
    assert {"name", "id_number", "phone", "address", "note"} <= set(SEARCHED["party"])
    assert {"number", "title", "facts", "village"} <= set(SEARCHED["case"])
    assert SEARCHED["sentence"] == ("text", "speaker")


def test_tidying_the_index_loses_no_word(vault: Vault) -> None:
    for number in range(60):
        say_text(vault, f"{number:032x}", f"第{number}件借款")
    vault.on_thread(lambda ledger: tidy(ledger.connection))
    assert vault.search("借款", 1000).total == 60
    assert [hit.excerpt for hit in vault.search("第47件").hits] == ["第47件借款"]


def say_text(vault: Vault, case: str, *bodies: str) -> None:
    """These texts as the only ones of an item."""
    found = [("case.facts", body) for body in bodies]
    vault.on_thread(lambda ledger: index(ledger.connection, case, "case", found, fresh=False))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.lists(st.text("张張三，〇零é\u0301", min_size=1, max_size=6), max_size=3), min_size=1, max_size=5)
)
def test_the_index_holds_just_the_tokens_of_the_texts_whatever_came_and_went(
    steps: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    vault = a_vault(tmp_path_factory.mktemp("steps") / "v")
    try:
        for bodies in steps:
            say_text(vault, CASE, *bodies)
        kept = run_sql(vault, "SELECT body FROM text ORDER BY body")
        assert kept == sorted((body,) for body in set(steps[-1]))
        assert not [each for each in check(vault, full=True).findings if each.where.endswith("_index")]
    finally:
        vault.close()
