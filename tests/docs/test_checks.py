"""Each check finds the defect it is there for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from mediator.core.money import Fen
from mediator.core.records import Agreement, Case, Clause
from mediator.docs.checks import inspect
from mediator.docs.facts import Paper
from tests.docs.papers import a_case, a_paper, some_facts

KIND = "mediation_agreement"


def found(paper: Paper, case: Case | None = None, again: Callable[[], Paper] | None = None) -> set[str]:
    """Which checks speak."""
    return {each.check for each in inspect(paper, case or a_case(), some_facts(), again=again)}


def with_part(paper: Paper, name: str, change: Callable[[str], str]) -> Paper:
    """The paper with one part of its DOCX changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper.files["docx"])) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == name:
                changed = change(data.decode())
                assert changed != data.decode(), "the defect was not planted"
                data = changed.encode()
            new.writestr(part, data)
    return replace(paper, files={**paper.files, "docx": buffer.getvalue()})


def with_text(paper: Paper, old: str, new: str) -> Paper:
    """The paper with words of its DOCX changed."""
    return with_part(paper, "word/document.xml", lambda text: text.replace(old, new))


def with_pdf(paper: Paper, change: Callable[[pypdf.PdfWriter], None]) -> Paper:
    """The paper with its PDF changed."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper.files["pdf"]))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return replace(paper, files={**paper.files, "pdf": buffer.getvalue()})


def the_agreement(case: Case) -> Agreement:
    """The agreement, which is there."""
    assert case.agreement is not None
    return case.agreement


def test_two_formats_that_differ_by_one_character() -> None:
    assert "C01" in found(with_text(a_paper(KIND), "和睦相处", "和目相处"))


@pytest.mark.parametrize(
    "change",
    [
        lambda case: replace(case, parties=(replace(case.parties[0], name="吴某文"), *case.parties[1:])),
        lambda case: replace(
            case, parties=(replace(case.parties[0], id_number="33112219680504001X"), *case.parties[1:])
        ),
        lambda case: replace(case, facts=case.facts + "另有一事。"),
        lambda case: replace(case, agreement=replace(case.agreement, signed_on=date(2025, 11, 11))),
        lambda case: replace(case, agreement=replace(case.agreement, copies=4)),
        lambda case: replace(
            case,
            agreement=replace(
                case.agreement,
                obligations=(replace(case.agreement.obligations[0], amount=Fen(1)), *case.agreement.obligations[1:]),
            ),
        ),
    ],
    ids=["name", "id number", "facts", "day", "copies", "amount"],
)
def test_a_value_of_the_record_that_is_not_on_the_paper(change: Callable[[Case], Case]) -> None:
    assert "C02" in found(a_paper(KIND), change(a_case()))


def test_a_turn_of_the_hearing_that_was_left_out() -> None:
    shorter = a_case(turns=2)
    assert "C02" in found(a_paper("mediation_record", shorter), a_case(turns=3))


def test_figures_and_words_of_a_sum_that_differ() -> None:
    assert "C03" in found(with_text(a_paper(KIND), "伍仟元整", "伍佰元整"))


def test_a_face_that_is_not_embedded() -> None:
    def strip(writer: pypdf.PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]  # the file's own tree
            del font.get_object()["/FontDescriptor"]

    assert "C04" in found(with_pdf(a_paper(KIND), strip))


def test_text_that_cannot_be_copied_out() -> None:
    def strip(writer: pypdf.PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]  # the file's own tree
            font.get_object().pop("/ToUnicode", None)

    assert {"C01", "C06"} & found(with_pdf(a_paper(KIND), strip))


def test_a_missing_page() -> None:
    def drop(writer: pypdf.PdfWriter) -> None:
        writer.remove_page(0)

    assert {"C01", "C02", "C11"} <= found(with_pdf(a_paper(KIND), drop))


def test_a_foot_without_the_count_of_pages() -> None:
    paper = with_part(a_paper(KIND), "word/footer1.xml", lambda text: text.replace("NUMPAGES", "PAGE"))
    assert "C11" in found(paper)


def test_bytes_that_change_from_one_time_to_the_next() -> None:
    paper = a_paper(KIND)
    other = replace(paper, files={**paper.files, "pdf": paper.files["pdf"] + b" "})
    assert "C12" in found(paper, again=lambda: other)
    assert "C12" not in found(paper, again=lambda: a_paper(KIND))


def test_text_without_an_east_asian_face() -> None:
    assert "C13" in found(with_text(a_paper(KIND), "w:eastAsia=", "w:cs="[:-1] + "2="))


def test_a_relation_that_leads_nowhere() -> None:
    paper = with_part(
        a_paper(KIND), "word/_rels/document.xml.rels", lambda text: text.replace("styles.xml", "missing.xml", 1)
    )
    assert "C13" in found(paper)


@pytest.mark.parametrize("word", ["{{name}}", "None", "null", "待定"])
def test_a_word_of_a_template_left_in(word: str) -> None:
    assert "C15" in found(with_text(a_paper(KIND), "和睦相处", word))


def test_a_speaker_may_say_what_a_template_may_not() -> None:
    case = a_case()
    said = replace(case.hearings[0].turns[0], text="日子待定，我说None也行。")
    spoken = replace(case, hearings=(replace(case.hearings[0], turns=(said,)),))
    assert found(a_paper("mediation_record", spoken), spoken) == set()


def test_a_gap_in_the_numbers_of_clauses() -> None:
    agreement = the_agreement(a_case())
    more = replace(agreement, clauses=(*agreement.clauses, Clause(agreement.clauses[0].id, "另加一条。")))
    assert "C16" in found(a_paper(KIND), replace(a_case(), agreement=more))


def test_a_pdf_that_acts() -> None:
    def add(writer: pypdf.PdfWriter) -> None:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)

    assert "C18" in found(with_pdf(a_paper(KIND), add))


@pytest.mark.parametrize("entry", [("/Title", "别的"), ("/Author", "C:\\Users\\chen\\paper.docx")])
def test_a_pdf_whose_description_is_wrong_or_tells_a_path(entry: tuple[str, str]) -> None:
    def put(writer: pypdf.PdfWriter) -> None:
        writer.add_metadata({entry[0]: TextStringObject(entry[1])})

    assert "C19" in found(with_pdf(a_paper(KIND), put))


def test_a_pdf_without_a_language() -> None:
    def strip(writer: pypdf.PdfWriter) -> None:
        root = writer.root_object
        assert isinstance(root, DictionaryObject)
        del root[NameObject("/Lang")]

    assert "C19" in found(with_pdf(a_paper(KIND), strip))


def test_a_day_that_does_not_exist() -> None:
    assert "C22" in found(with_text(a_paper(KIND), "2025年11月10日", "2025年11月31日"))


def test_a_name_written_in_two_ways() -> None:
    assert "C23" in found(with_text(a_paper(KIND), "吴某斌", "吴某宾"))


def test_a_payer_who_is_not_the_party_meant() -> None:
    case = a_case()
    agreement = the_agreement(case)
    wrong = replace(agreement.obligations[0], payer="吴某武")
    case = replace(case, agreement=replace(agreement, obligations=(wrong, *agreement.obligations[1:])))
    assert "C23" in found(a_paper(KIND, case), case)
