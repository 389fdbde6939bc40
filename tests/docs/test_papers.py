"""Every kind of paper on one case: whole, alike in both formats, the same twice, as it was looked at and approved."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mediator.core.records import Case
from mediator.docs.catalogue import KINDS
from mediator.docs.checks import inspect
from mediator.docs.finished import PdfFile, WordFile
from mediator.errors import RefusedByRule, Unacceptable
from tests.docs.papers import a_case, a_paper, fonts, some_facts

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_finished_paper_passes_every_check(kind: str, draft: bool) -> None:
    paper = a_paper(kind, draft=draft)
    again = lambda: a_paper(kind, draft=draft)  # noqa: E731 — the check calls it once
    assert inspect(paper, a_case(), some_facts(draft=draft), again=again) == ()


@pytest.mark.parametrize("turns", [1, 12, 40, 200])
def test_a_hearing_of_any_length_passes_every_check(turns: int) -> None:
    case = a_case(turns=turns)
    assert inspect(a_paper("mediation_record", case), case, some_facts()) == ()


@pytest.mark.parametrize("rows", [1, 5, 20, 60])
def test_a_payment_plan_of_any_length_passes_every_check(rows: int) -> None:
    case = a_case(rows=rows)
    assert inspect(a_paper("mediation_agreement", case), case, some_facts()) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_case_still_gives_a_draft_with_ruled_gaps(kind: str) -> None:
    case = Case(a_case().id, a_case().kind, "纠纷", "邻里纠纷")
    assert a_paper(kind, case, draft=True).pages >= 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_reads_as_the_approved_one(kind: str) -> None:
    paper = a_paper(kind)
    pages = "\f\n".join(PdfFile(paper.files["pdf"]).bodies)
    text = pages.replace("\r\n", "\n") + "\n--- docx\n" + "\n".join(WordFile(paper.files["docx"]).paragraphs) + "\n"
    assert text == (GOLDEN / f"{kind}.txt").read_text(encoding="utf-8")


def test_another_process_writes_the_same_bytes() -> None:
    program = (
        "import hashlib;from tests.docs.papers import a_paper;f=a_paper('mediation_agreement').files;"
        "print(hashlib.sha256(f['docx']+f['pdf']).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, cwd=GOLDEN.parents[2],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]  # fmt: skip
    assert runs[0] == runs[1]


def test_a_character_in_no_face_stops_the_paper_and_is_named() -> None:
    case = a_case()
    odd = replace(case, parties=(replace(case.parties[0], name="吴\U00012000"), *case.parties[1:]))
    with pytest.raises(Unacceptable) as caught:
        a_paper("mediation_agreement", odd)
    assert (caught.value.code, caught.value.where) == ("document.character", "U+12000")


def test_names_beyond_the_basic_plane_come_out_of_the_pdf_as_they_went_in() -> None:
    text = "".join(PdfFile(a_paper("mediation_agreement").files["pdf"]).bodies)
    assert "吴㛃𬱖" in text


def test_the_signatures_never_stand_alone_on_a_page() -> None:
    for turns in range(8, 30):
        bodies = PdfFile(a_paper("mediation_record", a_case(turns=turns)).files["pdf"]).bodies
        assert "记录无误" in bodies[-1], turns


def test_a_record_claims_no_step_that_nobody_ticked() -> None:
    text = "".join(PdfFile(a_paper("mediation_record").files["pdf"]).bodies)
    assert "回避" not in text


def test_a_kind_or_format_that_is_none_is_refused() -> None:
    with pytest.raises(RefusedByRule, match=r"document\.kind"):
        a_paper("verdict")
    from mediator.docs.making import make

    with pytest.raises(RefusedByRule, match=r"document\.format"):
        make("receipt", a_case(), some_facts(), fonts=fonts(), formats=("odt",))


@pytest.mark.threat("T33")
@pytest.mark.threat("T40")
@pytest.mark.parametrize("name", ["吴<b>某</b>&amp;", "吴{{x}}{%y%}", "<a href='http://x'>吴</a>", "吴\\(某)\\"])
def test_words_that_look_like_markup_are_printed_as_they_are_and_act_on_nothing(name: str) -> None:
    case = a_case()
    odd = replace(case, parties=(replace(case.parties[0], name=name), *case.parties[1:]), agreement=None)
    paper = a_paper("rights_notice", odd)
    assert inspect(paper, odd, some_facts()) == ()
    assert name.replace(" ", "") in WordFile(paper.files["docx"]).text
