"""Search is exact: what stands there is found, what does not is not, from one character on, and by nobody's syntax."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mediator.journal.fold import Item
from mediator.store.searching import AROUND, SEARCHED, excerpt, folded, texts, token, tokens
from mediator.store.vault import Vault
from tests.store.vaults import CASE, a_case, a_vault, draft, run_sql

ALPHABET = "张三李四付款，。（）《》、：“”'\"*^-+ 12Ab㛃𬱖ＡＢ．％_\\ORNEAR()%ÄßﬁⅫ①\u0301é\n\u3000"
TEXT = st.text(ALPHABET, min_size=1, max_size=40)
WORD = st.text(ALPHABET, min_size=1, max_size=12)
ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    made = a_vault(tmp_path_factory.mktemp("search") / "v")
    yield made
    made.close()


def keep(vault: Vault, facts: list[str]) -> None:
    """Just these texts, and none of the example before."""
    run_sql(vault, "DELETE FROM text_index")
    run_sql(vault, "DELETE FROM text")
    for number, text in enumerate(facts):
        row = run_sql(vault, "INSERT INTO text (case_id, item, field, body) VALUES (?, 'x', 'f', ?) RETURNING id",
                      str(number), text)  # fmt: skip
        run_sql(vault, "INSERT INTO text_index (rowid, body) VALUES (?, ?)", row[0][0], tokens(text))


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(st.one_of(TEXT, ANYTHING), min_size=1, max_size=6), data=st.data())
def test_a_text_is_found_where_a_plain_reader_finds_it_and_nowhere_else(
    facts: list[str], data: st.DataObject, vault: Vault
) -> None:
    keep(vault, facts)
    source = data.draw(st.sampled_from(facts))
    start = data.draw(st.integers(0, max(len(source) - 1, 0)))
    for wanted in (source[start : start + data.draw(st.integers(1, 12))], data.draw(WORD), data.draw(ANYTHING)):
        plain = {str(n) for n, text in enumerate(facts) if folded(wanted) and folded(wanted) in folded(text)}
        hits = vault.search(wanted, 100)
        assert {hit.case for hit in hits.hits} == plain
        assert hits.total == len(plain)


@given(st.text(max_size=20))
@example("a\x00b")
@example("\U0010ffff")
def test_every_character_is_one_token_of_its_own(text: str) -> None:
    assert len(tokens(text).split()) == len(folded(text))
    assert all(each.isascii() and each.isalnum() for each in tokens(text).split())
    assert len({token(char) for char in folded(text)}) == len(set(folded(text)))


def test_a_token_is_a_code_point_in_base_36() -> None:
    assert [int(token(char), 36) for char in "\x00a一\U00020bb7"] == [0, 0x61, 0x4E00, 0x20BB7]


@pytest.mark.parametrize(
    "wanted", ["%", "_", "'", '"', '""', "*", "NEAR(a b)", "body:张", "a OR b", "-张", "^张", "\\"]
)
def test_signs_of_query_languages_are_only_signs(wanted: str, vault: Vault) -> None:
    keep(vault, ["张三 OR 李四", f"前{wanted}后", "body 张"])
    assert {hit.case for hit in vault.search(wanted).hits} == {"1"}


def test_an_empty_text_finds_nothing_and_width_and_case_do_not_matter(vault: Vault) -> None:
    keep(vault, ["ＡＢc１３８", "abC138"])
    assert vault.search("").total == 0
    assert vault.search("ABC138").total == vault.search("ａｂｃ１３８").total == 2


def test_the_newest_are_shown_and_all_are_counted(vault: Vault) -> None:
    keep(vault, [f"第{n}件借款" for n in range(9)])
    hits = vault.search("借款", 4)
    assert (hits.total, [hit.case for hit in hits.hits]) == (9, ["8", "7", "6", "5"])
    assert vault.search("借款", 0).total == 9
    assert vault.search("借款", 9).total == vault.search("借款", 10).total == 9


@given(before=st.text("甲乙", max_size=60), after=st.text("丙丁", max_size=60))
def test_an_excerpt_shows_the_words_with_a_little_around_and_says_where_it_was_cut(before: str, after: str) -> None:
    shown = excerpt(before + "田埂" + after, "田埂")
    assert "田埂" in shown
    assert shown.strip("…") in before + "田埂" + after
    assert (shown.startswith("…"), shown.endswith("…")) == (len(before) > AROUND, len(after) > AROUND)


def test_the_words_of_an_item_are_those_of_its_kind_as_they_stand_now(tmp_path: Path) -> None:
    made = a_vault(tmp_path / "v")
    a_case(made, facts="旧的说法", origin="不在搜索之内")
    seen = dict(made.case(CASE).seen)
    for text in ("新的说法", "另一种说法"):
        made.append([draft(CASE, "case.set", {"fields": {"facts": text}}, seen)])
    assert {text: made.search(text).total for text in ("旧的", "新的", "另一种", "不在搜索")} == {
        "旧的": 0, "新的": 0, "另一种": 1, "不在搜索": 0
    }  # fmt: skip
    assert texts(Item("of_next_year", {}, (made.desk, 1), {})) == []
    assert made.search("另一种").hits[0].field == "case.facts"
    made.close()


def test_everything_a_clerk_would_look_for_is_searched() -> None:
    assert {"name", "id_number", "phone", "address"} <= set(SEARCHED["party"])
    assert {"number", "title", "facts"} <= set(SEARCHED["case"])
    assert SEARCHED["sentence"] == ("text", "speaker")


def test_tidying_the_index_loses_no_word(vault: Vault) -> None:
    from mediator.store.searching import tidy

    keep(vault, [f"第{n}件借款" for n in range(300)])
    vault.on_thread(lambda ledger: tidy(ledger.connection))
    assert vault.search("借款", 1000).total == 300
    assert [hit.case for hit in vault.search("第77件").hits] == ["77"]


def test_everything_typed_into_a_form_is_found_the_cells_of_a_table_too_and_the_name_of_the_paper_not(
    tmp_path: Path,
) -> None:
    vault = a_vault(tmp_path / "forms")
    form: dict[str, object] = {
        "id": "f1" * 16,
        "fields": {"paper": "hearing_notice", "place": "村部二楼", "rows": [["李某", "到场"], ["王某"]]},
    }
    added = vault.append([draft(CASE, "case.opened", {"fields": {"title": "案"}}), draft(CASE, "form.added", form)])

    def found(text: str) -> list[tuple[str, str]]:
        return [(hit.case, hit.field) for hit in vault.search(text).hits]

    for words in ("村部二楼", "李某", "到场", "王某"):
        assert found(words) == [(CASE, "form.values")], words
    assert found("hearing_notice") == []
    assert found("某到") == [], "two cells are no one text"
    seen = {vault.desk: added.entries[-1][1]}
    change: dict[str, object] = {"id": "f1" * 16, "fields": {"place": "祠堂"}}
    vault.append([draft(CASE, "form.set", change, seen)])
    assert (found("祠堂"), found("村部"), len(found("王某"))) == ([(CASE, "form.values")], [], 1)
    vault.close()
