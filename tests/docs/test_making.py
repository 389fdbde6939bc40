"""From a case to a paper: any words stand in it exactly or stop it, the same bytes each time, in any process."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediator.core.records import Case, Turn, TurnId
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.making import make, names_in
from mediator.errors import RefusedByRule, Unacceptable
from tests.docs.papers import a_case, a_paper, fonts, some_facts

GOLDEN = Path(__file__).parent / "golden"
# XML specials, template and PDF syntax, rare Han beyond the basic plane, and anything at all.
ODD = st.one_of(
    st.text(alphabet="<>&\"'{}%$\\()[]/#@~^`|=+-*吴㛃𬱖𫖯。，（）“”0123456789AbÿŁé ①☑", min_size=1, max_size=60),
    st.text(min_size=1, max_size=30),
)


def stands_in_both(words: str, paper: Paper) -> bool:
    """True when both formats hold the words, blanks aside."""
    pdf = squeezed("".join(PdfFile(paper.files["pdf"]).bodies))
    return squeezed(words) in pdf and squeezed(words) in WordFile(paper.files["docx"]).text


def with_words(words: str) -> Case:
    """The case with these words said, written and asked for."""
    case = a_case()
    said = replace(case.hearings[0], turns=(Turn(TurnId("t"), "陈建国", "甲" + words),))
    return replace(case, facts="甲" + words, requests="甲" + words, hearings=(said,))


def outcome(kind: str, case: Case) -> tuple[str, Paper | None]:
    """The code point that stopped the paper, or the paper."""
    try:
        return "", a_paper(kind, case)
    except Unacceptable as refused:
        return refused.where, None


@pytest.mark.threat("T33")
@settings(max_examples=80)
@given(ODD, st.sampled_from(["application", "acceptance_register", "mediation_record"]))
def test_any_words_stand_exactly_in_the_paper_or_stop_it_by_name(words: str, kind: str) -> None:
    case = with_words(words)
    refused, paper = outcome(kind, case)
    if paper is None:
        assert refused.startswith("U+")
        assert chr(int(refused[2:], 16)) in words
    else:
        assert inspect(paper, case, some_facts()) == ()
        assert all(stands_in_both(line, paper) for line in ("甲" + words).split("\n"))


@pytest.mark.threat("T33")
@settings(max_examples=30)
@given(st.text(alphabet="<>&\"'{}%吴㛃𬱖𫖯某ÿé·", min_size=1, max_size=12))
def test_any_name_stands_exactly_wherever_it_is_written(name: str) -> None:
    case = a_case()
    case = replace(case, parties=(replace(case.parties[0], name=name), *case.parties[1:]), agreement=None)
    paper = a_paper("rights_notice", case)
    assert inspect(paper, case, some_facts()) == ()
    assert stands_in_both(name, paper)


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


@pytest.mark.parametrize(
    ("kind", "formats", "code"),
    [("verdict", ("pdf",), "document.kind"), ("receipt", ("odt",), "document.format"),
     ("receipt", ("pdf", "xlsx"), "document.format")],
)  # fmt: skip
def test_a_kind_or_format_that_is_none_is_refused(kind: str, formats: tuple[str, ...], code: str) -> None:
    with pytest.raises(RefusedByRule) as caught:
        make(kind, a_case(), some_facts(), fonts=fonts(), formats=formats)
    assert caught.value.code == code


@pytest.mark.threat("T33")
@pytest.mark.threat("T40")
@pytest.mark.parametrize("name", ["吴<b>某</b>&amp;", "吴{{x}}{%y%}", "<a href='http://x'>吴</a>", "吴\\(某)\\"])
def test_words_that_look_like_markup_are_printed_as_they_are_and_act_on_nothing(name: str) -> None:
    case = a_case()
    odd = replace(case, parties=(replace(case.parties[0], name=name), *case.parties[1:]), agreement=None)
    paper = a_paper("rights_notice", odd)
    assert inspect(paper, odd, some_facts()) == ()
    assert name.replace(" ", "") in WordFile(paper.files["docx"]).text


def test_the_pdf_is_set_to_meet_a_missing_character_even_when_only_the_docx_is_wanted() -> None:
    odd = replace(a_case(), facts="\U00012000")
    with pytest.raises(Unacceptable):
        make("application", odd, some_facts(), fonts=fonts(), formats=("docx",))


def test_only_the_wanted_formats_are_made() -> None:
    assert set(make("receipt", a_case(), some_facts(), fonts=fonts(), formats=("docx",)).files) == {"docx"}
    assert set(make("receipt", a_case(), some_facts(), fonts=fonts()).files) == {"docx", "pdf"}


def test_every_name_of_the_record_is_known_to_the_typesetter() -> None:
    assert set(names_in(a_case(), some_facts())) >= {"吴某斌", "吴㛃𬱖", "何某", "陈建国", "周秀英", "李明"}
    bare = replace(a_case(), parties=(), hearings=(), agreement=None, follow_ups=())
    assert list(names_in(bare, some_facts())) == []


def test_a_rare_name_is_set_in_one_face_wherever_it_stands() -> None:
    pages = pypdf.PdfReader(io.BytesIO(a_paper("mediation_agreement").files["pdf"])).pages
    faces: dict[str, set[str]] = {}

    def keep(text: str, _cm: object, _tm: object, font: dict[str, str] | None, _size: object) -> None:
        for char in text:
            faces.setdefault(char, set()).add(str((font or {}).get("/BaseFont"))[8:])

    for page in pages:
        page.extract_text(visitor_text=keep)
    assert faces["㛃"] == faces["𬱖"] == {"NotoSerifSC-Regular"}
    assert "NotoSerifSC-Regular" in faces["吴"]


@pytest.mark.full
def test_a_paper_made_again_takes_no_longer_than_a_third_of_a_second() -> None:
    a_paper("mediation_agreement")
    times = []
    for _ in range(5):
        start = perf_counter()
        a_paper("mediation_agreement")
        times.append(perf_counter() - start)
    assert min(times) < 0.33
