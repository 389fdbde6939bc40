"""文书模板 in the browser: handed in, refused by name, released by another person, taken back; each file comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import quote

import httpx
import pytest

from mediator.casework import templates
from sync.center.application import application
from sync.center.county import Center
from sync.center.hands import Fault
from sync.center.pages import MAX_FORM
from sync.center.paper_templates import MAX_TEMPLATE, Typed, every
from tests.docs.foreign_words import a_word
from tests.docs.templates.test_parts import TRICKS
from tests.sync.center.layouts import KIND, REAL, TYPED, handed_in
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_web import NASTY
from tests.sync.fakes import a_center


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """Two persons who may publish, and one who may not."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    add_person(made, "liu", role="supervisor")
    add_person(made, "qian", role="auditor")
    yield made
    made.database.close()


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser, at a county with the program's own checks."""
    with client_of(application(center, quick, hands=REAL)) as made:
        yield made


def send(http: httpx.Client, token: str, data: bytes, typed: Typed = TYPED) -> httpx.Response:
    """The form with a file."""
    fields = {"token": token, "kind": typed.kind, "version": typed.version, "valid_from": typed.valid_from}
    return http.post("/rules/papers", data=fields, files={"file": ("甲.docx", data)})


def test_a_template_is_handed_in_by_one_and_released_by_another(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    assert "还没有，各室按程序自带的版式" in http.get("/rules/papers").text
    start = http.get(f"/rules/papers/start?kind={KIND}")
    assert start.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote('收条.docx')}"
    done = send(http, token, start.content)
    assert (done.status_code, done.headers["location"]) == (303, "/rules/papers?kept=1")
    page = http.get("/rules/papers?kept=1").text
    assert ("核对通过，已提交" in page, "等另一人核发" in page, "您自己提交的" in page) == (True, True, True)
    [kept] = every(center)
    own = {"token": token, "template": kept.id}
    again = http.post("/rules/papers/issue", data=own)
    assert (again.status_code, "要由提交人以外的另一位督导员核发" in again.text) == (409, True)
    other = {"token": log_in(http, "liu"), "template": kept.id}
    assert "取出文件看过以后再核发" in http.get("/rules/papers").text
    assert http.get(f"/rules/papers/{kept.id}").content == kept.file
    assert http.post("/rules/papers/issue", data=other).headers["location"] == "/rules/papers"
    page = http.get("/rules/papers").text
    assert ("已下发" in page, "等另一人核发" in page) == (True, False)
    assert "没有写明为什么撤回" in http.post("/rules/papers/recall", data=other | {"reason": " "}).text
    assert http.post("/rules/papers/recall", data=other | {"reason": f"落款{NASTY}"}).status_code == 303
    page = http.get("/rules/papers").text
    assert ("已撤回" in page, NASTY in page, "落款&lt;script" in page) == (True, False, True)
    log = http.get("/audit").text
    assert all(words in log for words in ("提交文书模板", "核发文书模板", "撤回文书模板", f"/rules/papers/{kept.id}"))


@pytest.mark.threat("T59")
@pytest.mark.threat("T36")
@pytest.mark.parametrize("trick", sorted(TRICKS))
def test_a_hostile_template_is_refused_with_the_name_of_its_part(center: Center, trick: str) -> None:
    data, (part, _) = TRICKS[trick]
    assert REAL.layouts
    looked = REAL.layouts.look(KIND, data)
    assert (looked.will_do, looked.file, looked.portions) == (False, b"", ())
    [fault] = looked.faults
    assert part in fault.words, fault
    assert every(center) == ()


def test_every_fault_is_told_with_its_place_and_what_was_typed_stays(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    for data, words in (
        (a_word("{{ 名字 }}", "{{"), "正文第2段“{{ 名字 }}”：没有“名字”这个字段"),
        (a_word("{{ (1).__class__ }}"), "不能这样写"), (TRICKS["comments"][0], "不允许的部件（word/comments.xml）"),
        (b"MZ" * 900, "模板文件已经损坏"),
    ):  # fmt: skip
        answer = send(http, token, data, replace(TYPED, version="2026-甲"))
        assert (answer.status_code, words in answer.text) == (422, True), answer.text[2000:4000]
        assert 'value="2026-甲"' in answer.text
        assert "什么也没有下发" in answer.text
    assert every(center) == ()


def test_what_is_only_told_is_told_and_the_file_is_kept(center: Center, http: httpx.Client) -> None:
    assert REAL.layouts
    kind = next(each for each in REAL.layouts.kinds() if any("没有用到" in f.words for f in bare(each)))
    answer = send(http, log_in(http), needed_alone(kind), replace(TYPED, kind=kind))
    assert (answer.status_code, "处提醒，列在下面" in answer.text, len(every(center))) == (200, True, 1)


def needed_alone(kind: str) -> bytes:
    """A file that prints what it must and nothing else."""
    return a_word(*(f"{{{{ {each.partition('|')[0]} }}}}" for each in templates.needed(kind)))


def bare(kind: str) -> tuple[Fault, ...]:
    """What is told of it; nothing for a kind that needs lists."""
    assert REAL.layouts
    looked = REAL.layouts.look(kind, needed_alone(kind))
    return looked.faults if looked.will_do else ()


@pytest.mark.parametrize(
    ("typed", "data", "told"),
    [
        (replace(TYPED, kind="nothing"), b"x", (422, "没有这种文书")),
        (replace(TYPED, version=""), b"x", (409, "版本没有填写")),
        (replace(TYPED, valid_from="2026-2-30"), b"x", (422, "起始日不正确")),
        (TYPED, b"x" * (MAX_TEMPLATE + MAX_FORM), (413, "内容太大")),
        (TYPED, b"x" * (MAX_TEMPLATE + 1), (422, "超过 8 MB")),
    ],
)  # fmt: skip
def test_what_will_not_do_is_told_and_nothing_is_kept(
    center: Center, http: httpx.Client, typed: Typed, data: bytes, told: tuple[int, str]
) -> None:
    answer = send(http, log_in(http), data, typed)
    assert (answer.status_code, told[1] in answer.text) == (told[0], True), answer.text[:1500]
    assert every(center) == ()


@pytest.mark.threat("T55")
def test_forms_without_token_or_file_do_nothing(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    assert send(http, "x" * 44, b"x").status_code == 403
    assert "没有选择文件" in http.post("/rules/papers", data={"token": token, "kind": KIND}).text
    assert every(center) == ()
    for path in ("/rules/papers/start?kind=x", f"/rules/papers/{'0' * 32}", "/rules/papers/start"):
        assert http.get(path).status_code in (404, 422), path
    lost = http.post("/rules/papers/issue", data={"token": token, "template": "x"})
    assert (lost.status_code, "没有这份模板" in lost.text) == (404, True)


def test_who_may_only_look_sees_the_list_and_no_form(center: Center, http: httpx.Client) -> None:
    template = handed_in(center, b"DOCX")
    token = log_in(http, "qian")
    page = http.get("/rules/papers").text
    assert ("2026-1" in page, "核对并提交" in page, "/rules/papers/recall" in page) == (True, False, False)
    assert http.post("/rules/papers/recall", data={"token": token, "template": template}).status_code == 403
    assert every(center)[0].recalled is None


def test_a_center_without_the_checks_shows_what_it_has_and_takes_nothing(center: Center) -> None:
    template = handed_in(center, b"DOCX")
    with client_of(application(center, quick)) as http:
        token = log_in(http, "liu")
        page = http.get("/rules/papers").text
        assert ("2026-1" in page, "核对并提交" in page, "/rules/papers/issue" in page) == (True, False, False)
        for path in ("/rules/papers", "/rules/papers/issue"):
            answer = http.post(path, data={"token": token, "template": template})
            assert (answer.status_code, "没有这一页" in answer.text) == (404, True)
        assert http.get(f"/rules/papers/{template}").content == b"DOCX"
