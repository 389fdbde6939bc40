"""Search is exact: what stands there is found, what does not is not, from one character on, and by nobody's syntax."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediator.store.finding import Asked, Hits
from mediator.store.grams import folded, plain
from mediator.store.listing import Where
from mediator.store.searching import INDEXES, index
from mediator.store.vault import Vault
from tests.bench.search import asked_of, texts_of
from tests.store.vaults import a_vault, run_sql

ALPHABET = "张三李四付款，。（）《》、：“”'\"*^-+ 12Ab㛃𬱖ＡＢ．％_\\ORNEAR()%ÄßﬁⅫ①\u0301é\n\u3000"
TEXT = st.text(ALPHABET, min_size=1, max_size=40)
WORD = st.text(ALPHABET, min_size=1, max_size=12)
ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
FORMS = st.text("张張国國〇零已己款zs", min_size=1, max_size=6)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    made = a_vault(tmp_path_factory.mktemp("search") / "v")
    yield made
    made.close()


def keep(vault: Vault, cases: list[list[str]], field: str = "case.facts") -> None:
    """Just these texts of these cases, and none of the example before."""
    for name in INDEXES:
        run_sql(vault, f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
    run_sql(vault, "DELETE FROM text")
    run_sql(vault, "DELETE FROM searched")
    for number, bodies in enumerate(cases):
        given = [(field, body) for body in bodies]
        vault.on_thread(lambda ledger, n=number, g=given: index(ledger.connection, str(n), "x", g, fresh=True))  # type: ignore[misc]


def cases_of(hits: Hits) -> list[str]:
    """The cases of the first group, in its order."""
    return [hit.case for hit in hits.hits]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(st.one_of(TEXT, ANYTHING), min_size=1, max_size=6), data=st.data())
def test_a_text_is_found_where_a_plain_reader_finds_it_and_nowhere_else(
    facts: list[str], data: st.DataObject, vault: Vault
) -> None:
    keep(vault, [[text] for text in facts])
    source = data.draw(st.sampled_from(facts))
    start = data.draw(st.integers(0, max(len(source) - 1, 0)))
    for wanted in (source[start : start + data.draw(st.integers(1, 12))], data.draw(WORD), data.draw(ANYTHING)):
        simple = {str(n) for n, text in enumerate(facts) if folded(wanted) and folded(wanted) in folded(text)}
        hits = vault.search(wanted, 100)
        assert set(cases_of(hits)) == simple
        assert hits.total == len(simple)
        assert all(hit.how == "exact" and hit.marks for hit in hits.hits)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cases=st.lists(st.lists(FORMS, min_size=1, max_size=3, unique=True), min_size=1, max_size=4),
    words=st.lists(FORMS.filter(lambda word: not word.isascii()), min_size=1, max_size=3, unique=True),
    names=st.booleans(),
)
def test_several_words_are_sought_in_whole_cases_and_other_forms_stand_apart(
    cases: list[list[str]], words: list[str], names: bool, vault: Vault
) -> None:
    keep(vault, cases, "case.title" if names else "case.facts")
    usual = [plain(word, names=names) for word in words]

    def places(wanted: list[str], texts: list[list[str]]) -> set[tuple[int, str]]:
        whole = [n for n, bodies in enumerate(texts) if all(any(word in body for body in bodies) for word in wanted)]
        return {
            (n, cases[n][at]) for n in whole for at, body in enumerate(texts[n]) if any(w in body for w in wanted)
        }  # fmt: skip

    exact = places([folded(word) for word in words], cases)
    loose = places(usual, [[plain(body, names=names) for body in bodies] for bodies in cases])
    hits = vault.search(Asked(tuple(words), limit=100, alike=True))
    assert {(int(hit.case), hit.excerpt) for hit in hits.hits} == exact
    assert {(int(hit.case), hit.excerpt) for hit in hits.alike} == loose - exact
    assert (hits.total, hits.alike_total) == (len(exact), len(loose - exact))
    assert all(hit.marks for hit in (*hits.hits, *hits.alike))


@pytest.mark.parametrize(
    "wanted", ["%", "_", "'", '"', '""', "*", "NEAR(a b)", "body:张", "a OR b", "-张", "^张", "\\"]
)
def test_signs_of_query_languages_are_only_signs(wanted: str, vault: Vault) -> None:
    keep(vault, [["张三 OR 李四"], [f"前{wanted}后"], ["body 张"]])
    assert cases_of(vault.search(Asked((wanted,), alike=True))) == ["1"]


def test_an_empty_text_finds_nothing_and_width_and_case_do_not_matter(vault: Vault) -> None:
    keep(vault, [["ＡＢc１３８", "abC138"]])
    assert vault.search("").total == vault.search(Asked(())).total == 0
    assert vault.search("ABC138").total == vault.search("ａｂｃ１３８").total == 2


def test_the_newest_are_shown_and_all_are_counted(vault: Vault) -> None:
    keep(vault, [[f"第{n}件借款"] for n in range(9)])
    for limit, shown in ((4, "8765"), (0, ""), (9, "876543210"), (10, "876543210")):
        hits = vault.search("借款", limit)
        assert (hits.total, "".join(cases_of(hits))) == (9, shown)


def test_names_and_numbers_stand_before_other_words(vault: Vault) -> None:
    keep(vault, [["张三丰来了"]])
    given = [("party.name", "张三"), ("party.phone", "13800138000"), ("sentence.text", "张三说138")]
    vault.on_thread(lambda ledger: index(ledger.connection, "0", "y", given, fresh=True))
    assert [hit.field for hit in vault.search("张三").hits] == ["party.name", "sentence.text", "case.facts"]
    assert [hit.field for hit in vault.search("张三", 1).hits] == ["party.name"]
    assert [hit.excerpt for hit in vault.search("138").hits] == ["138****8000", "张三说138"]
    assert vault.search("张三", 1).total == 3


def test_a_name_is_found_by_its_sound_in_the_second_group(vault: Vault) -> None:
    keep(vault, [["单雄信"], ["张国荣"], ["张国榮"], ["zgr"]], "party.name")

    def alike(*words: str) -> list[tuple[str, str]]:
        return [(hit.excerpt, hit.how) for hit in vault.search(Asked(words, alike=True)).alike]

    assert alike("zgr") == [("张国榮", "sound"), ("张国荣", "sound")]
    assert alike("SHANX") == alike("dx") == [("单雄信", "sound")]
    assert alike("guorong", "张") == alike("guorong")
    assert vault.search(Asked(("guorong", "张"), alike=True)).alike[0].marks == ((0, 1), (1, 3))
    assert alike("張国荣") == [("张国榮", "variant"), ("张国荣", "variant")]
    assert alike("zgr7") == []


def row(vault: Vault, case: int, **columns: object) -> None:
    """The list's row of a case, as far as filters look at it."""
    names = [row[1] for row in run_sql(vault, "PRAGMA table_info(case_row)")]
    numbers = {"updated", "opened", "conflicts", "waiting", "doubt"}
    values = {"id": str(case), **{str(n): 0 if n in numbers else "" for n in names if n != "id"}, **columns}
    run_sql(vault, f"INSERT OR REPLACE INTO case_row ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            *values.values())  # fmt: skip


@pytest.mark.parametrize(
    ("where", "cases"),
    [
        (Where(), "210"),
        (Where(status="signed"), "0"),
        (Where(kind="petition"), "1"),
        (Where(dispute_type="邻里"), "20"),
        (Where(village="溪口"), "0"),
        (Where(mediator="何"), "21"),
        (Where(since="2026-03-05"), "20"),
        (Where(until="2026-03-05"), "10"),
        (Where(since="2026-03-05", until="2026-03-05"), "0"),
        (Where(status="signed", kind="petition"), ""),
    ],
)
def test_filters_leave_the_cases_that_pass_them_all(where: Where, cases: str, vault: Vault) -> None:
    keep(vault, [["一笔借款"], ["又借款", "仍借款"], ["借款"]])
    row(vault, 0, status="signed", dispute_type="邻里纠纷", village="双溪口村", accepted_on="2026-03-05")
    row(vault, 1, kind="petition", mediator="何调解、李调解", accepted_on="2026-01-31")
    row(vault, 2, dispute_type="邻里纠纷", mediator="何调解", opened=1772726400000)  # 6 March in Beijing, 5 in UTC
    hits = vault.search(Asked(("借款",), where))
    assert "".join(dict.fromkeys(cases_of(hits))) == cases
    assert hits.total == len(hits.hits)
    assert vault.search(Asked(("借款",), where, limit=1)).total == hits.total
    assert {hit.case for hit in vault.search(Asked(("借", "款"), where, alike=True)).hits} == set(cases)
    run_sql(vault, "DELETE FROM case_row")


@pytest.mark.full
def test_two_thousand_parts_of_texts_are_found_just_where_they_stand(vault: Vault) -> None:
    words = ["借款", "排水", "围墙", "说好", "，", "。", "𬱖", " "]
    made = [list(texts_of(number, words)) for number in range(40)]
    keep(vault, [[body for _, body in dict.fromkeys(texts)] for texts in made])
    bodies = [(str(n), folded(body)) for n, texts in enumerate(made) for body in {body for _, body in texts}]
    for wanted in asked_of(made, 2000):
        simple = sorted(case for case, body in bodies if folded(wanted) in body)
        hits = vault.search(wanted, 10**6)
        assert sorted(cases_of(hits)) == simple
        assert hits.total == len(simple)
