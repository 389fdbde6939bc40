"""`case duplicates` and `case similar` as a script meets them."""

from __future__ import annotations

from tests.casework.desks import a_document
from tests.commands.shell import Shell


def test_a_suspected_duplicate_is_code_5_until_a_person_has_spoken(shell: Shell) -> None:
    one, other = shell.number_of(a_document()), shell.number_of(a_document())
    found = shell("case", "duplicates", one)
    assert (found.code, [hit["number"] for hit in found.document["hits"]]) == (5, [other])
    assert "疑似同一事项" in shell.in_words("case", "duplicates", one).out
    settled = shell("case", "duplicates", one, "--same", other, "--reason", "同一天来过两次")
    assert (settled.code, settled.document["hits"][0]["judged"]) == (0, True)
    taken_back = shell("case", "duplicates", other, "--unlike", one)
    assert taken_back.document["hits"] == [] or taken_back.document["hits"][0]["likeness"] == "person"


def test_a_case_called_unlike_leaves_the_list_of_similar_ones(shell: Shell) -> None:
    one, other = shell.number_of(a_document()), shell.number_of(a_document())
    assert [hit["number"] for hit in shell("case", "similar", one).document["hits"]] == [other]
    after = shell("case", "similar", one, "--unlike", other)
    assert (after.code, after.document["hits"]) == (0, [])
    assert shell.in_words("case", "similar", one).out == "没有找到相似的案件。\n"
