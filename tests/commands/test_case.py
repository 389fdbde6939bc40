"""`mediator case` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.casework.desks import PASSWORD, a_document, a_hearing, an_agreement, encoded, sample, sample_names
from tests.commands.shell import Shell


def signed(**changes: Any) -> dict[str, Any]:
    """A document whose agreement is signed."""
    return a_document(
        hearings=[a_hearing()], agreement=an_agreement(), outcome="agreed", accepted_on="2026-03-01", **changes
    )


def test_import_names_every_case_and_finding(shell: Shell) -> None:
    done = shell.take_in([a_document(facts="甲\u202e乙"), a_document()])
    assert done.code == 0
    assert len(done.document["cases"]) == 2
    assert all(set(case) >= {"id", "number"} for case in done.document["cases"])
    (finding,) = done.document["findings"]
    assert (finding["place"], finding["severity"]) == ("cases[0].facts", "info")
    assert "U+202E" in finding["message"]


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_case_is_shown_as_it_was_given(shell: Shell, name: str) -> None:
    document = sample(name)
    number = shell.number_of(document)
    shown = shell("case", "show", number).document
    added = {key: shown.pop(key) for key in ("id", "number", "status", "history")}
    assert len(shown.pop("owed", [])) == len(document["agreement"].get("payments", []))
    assert shown == document
    assert added["number"] == number
    assert shell("case", "show", added["id"]).document["number"] == number


BAD: list[tuple[str, bytes, str, str]] = [
    ("a wrong type", encoded(a_document(title=5)), "case.schema", "title"),
    ("an unknown field", encoded(a_document(colour="red")), "case.schema", "colour"),
    ("a duplicate key", b'{"format": "mediator-case", "format": "x"}', "case.duplicate", "format"),
    ("NaN", b'{"version": NaN}', "case.number", "version"),
    ("bad UTF-8", b'{"title": "\xff"}', "case.encoding", "12"),
    ("a lone surrogate", b'{"title": "\\ud800"}', "case.surrogate", "title"),
    ("10,000 levels", b"[" * 10_000, "case.depth", "1:66"),
    ("a number of 5,000 digits", b'{"version": ' + b"1" * 5_000 + b"}", "case.number", "version"),
    ("money as a number", encoded(a_document(agreement=an_agreement(payments=[{"payer": "b", "payee": "a",
     "amount": 3090.00}]))), "case.schema", "agreement.payments[0].amount"),
    ("an unknown ref", encoded(a_document(parties=[{"ref": "a", "side": "agent", "kind": "person", "name": "王五",
     "acts_for": "nobody"}])), "case.schema", "parties[0].acts_for"),
    ("no such day", encoded(a_document(accepted_on="2026-02-30")), "case.schema", "accepted_on"),
    ("an empty file", b"", "case.empty", "1:1"),
    ("a file cut off", encoded(a_document())[:-20], "case.syntax", ""),
    ("UTF-16", json.dumps(a_document()).encode("utf-16"), "case.encoding", "1"),
    ("a byte order mark", b"\xef\xbb\xbf" + encoded(a_document()), "case.encoding", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code", "where"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_code_4_names_the_place_and_leaves_the_vault_alone(
    shell: Shell, data: bytes, code: str, where: str
) -> None:
    before = (shell.vault / "vault.db").read_bytes()
    done = shell.take_in(data)
    assert done.code == 4
    assert done.error["code"] == code
    if where:
        assert done.error["where"] == where
    message = done.error["message"]
    assert message.endswith("。")
    assert message.count("。") == 1
    assert (shell.vault / "vault.db").read_bytes() == before
    assert shell("case", "list").document["total"] == 0


def test_a_list_is_all_or_nothing_and_files_stand_for_themselves(shell: Shell) -> None:
    good, bad = shell.folder / "good.json", shell.folder / "bad.json"
    good.write_bytes(encoded(a_document()))
    bad.write_bytes(encoded([a_document(), a_document(title=1)]))
    done = shell("case", "import", str(good), str(bad))
    assert done.code == 4
    assert done.error["where"] == "cases[1].title"
    assert len(done.document["cases"]) == 1
    assert shell("case", "list").document["total"] == 1


def test_a_missing_file_is_named(shell: Shell) -> None:
    done = shell("case", "import", "没有.json")
    assert (done.code, done.error["code"], done.error["where"]) == (4, "file.missing", "没有.json")


def test_a_case_comes_from_standard_input(shell: Shell) -> None:
    done = shell("case", "import", "-", stdin=encoded(a_document()))
    assert len(done.document["cases"]) == 1


def test_the_list_filters_by_status_and_masks_names(shell: Shell) -> None:
    shell.number_of(a_document())
    number = shell.number_of(signed())
    done = shell("case", "list", "--status", "signed")
    assert done.document["total"] == 1
    (row,) = done.document["cases"]
    assert (row["number"], row["status"], row["parties"]) == (number, "signed", "李*、张*")
    assert len(shell("case", "list", "--limit", "1").document["cases"]) == 1
    unknown = shell("case", "list", "--status", "nonsense")
    assert (unknown.code, unknown.error["code"]) == (2, "usage")


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_a_limit_is_at_least_one(shell: Shell, limit: str) -> None:
    assert shell("case", "list", "--limit", limit).code == 2


def test_search_finds_any_substring(shell: Shell) -> None:
    number = shell.number_of(signed())
    done = shell("case", "search", "四月一日")
    assert done.document["total"] == 1
    (hit,) = done.document["hits"]
    assert (hit["number"], hit["field"]) == (number, "sentence.text")
    assert "四月一日" in hit["excerpt"]
    assert hit["excerpt"][slice(*hit["marks"][0])] == "四月一日"
    nothing: dict[str, object] = {"hits": [], "total": 0, "alike": [], "alike_total": 0}
    assert shell("case", "search", "没有的话").document == nothing


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        (["四月一日", "张三"], 7),
        (["四月一日", "没有的话"], 0),
        (["四月", "--status", "signed"], 1),
        (["四月", "--status", "closed"], 0),
        (["四月", "--from", "2030-01-01"], 0),
        (["四月", "--to", "2030-01-01", "--kind", "people_mediation"], 1),
        (["四月", "--type", "没有的类型"], 0),
        (["四月", "--village", "没有的村"], 0),
        (["四月", "--mediator", "没有的人"], 0),
    ],
)
def test_search_takes_several_words_and_filters(shell: Shell, asked: list[str], total: int) -> None:
    shell.number_of(signed())
    assert shell("case", "search", *asked).document["total"] == total


def test_search_tells_other_ways_of_writing_apart(shell: Shell) -> None:
    shell.number_of(signed())
    done = shell("case", "search", "張三")
    assert done.document["total"] == 0
    assert {hit["how"] for hit in done.document["alike"]} == {"variant"}
    assert "写法不同或者读音相符的另有" in shell.in_words("case", "search", "zs").out


@pytest.mark.parametrize("wrong", [["--status", "无"], ["--kind", "无"], ["--from", "今天"], ["--to", "2026-3-5"]])
def test_search_refuses_filters_that_there_are_not(shell: Shell, wrong: list[str]) -> None:
    assert shell("case", "search", "甲", *wrong).code == 2


def test_checks_tell_findings_and_deadlines(shell: Shell) -> None:
    number = shell.number_of(signed())
    done = shell("case", "checks", number)
    assert done.code == 0
    assert {"rule", "severity", "message", "source"} <= set(done.document["findings"][0])
    due = {each["rule"]: each["due"] for each in done.document["deadlines"]}
    assert due["D06"] == "2026-04-01"
    assert all(each["explanation"].endswith("。") for each in done.document["deadlines"])


def test_an_unknown_case_is_code_4(shell: Shell) -> None:
    done = shell("case", "show", "临00000-0001")
    assert (done.code, done.error["code"]) == (4, "case.unknown")


def test_people_read_sentences(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(encoded([signed(), a_document(facts="甲\u0007")]))
    done = shell.in_words("case", "import", str(path))
    assert "已录入2件" in done.out
    assert "U+0007" in done.out
    number = done.out.splitlines()[1].split("\t")[0]
    assert "张三于2026年4月1日前" in shell.in_words("case", "show", number).out
    assert "共2件" in shell.in_words("case", "list").out
    assert "共1处" in shell.in_words("case", "search", "四月").out
    assert "请核对" in shell.in_words("case", "checks", number).out
    refused = shell.in_words("case", "show", "无")
    assert (refused.code, refused.out) == (4, "")
    assert "没有找到这个案件：无。" in refused.err


def test_password_and_case_may_share_standard_input(shell: Shell) -> None:
    done = shell.bare("case", "import", "-", "--vault", str(shell.vault), "--password-file", "-", "--json",
                      stdin=f"{PASSWORD}\n".encode() + encoded(a_document()))  # fmt: skip
    assert len(done.document["cases"]) == 1
