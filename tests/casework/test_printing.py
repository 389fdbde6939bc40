"""Papers from real cases: what the case file says stands on them; refused, numbered, reprinted, verified."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mediator.casework import agreement, printing, reading
from mediator.casework.desk import Desk
from mediator.core.money import Fen, in_words
from mediator.core.records import CaseId, DocumentId
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.mark import read_mark
from mediator.errors import RefusedByRule, Unacceptable, WorldFailed
from tests.casework.desks import a_document, a_hearing, a_signed_case, an_agreement, sample, sample_names, taken_in

KINDS = ("application", "acceptance_register", "rights_notice", "mediation_record")


def printed_texts(desk: Desk, case_id: CaseId, kinds: tuple[str, ...], out: Path) -> list[str]:
    """The text of all DOCX together and of all PDF together, without blanks."""
    draft = any(printing.findings_for(desk, reading.reread(desk, case_id).case, kind) for kind in kinds)
    made = printing.make(desk, case_id, kinds, formats=("docx", "pdf"), out=out, draft=draft)
    texts = {"docx": "", "pdf": ""}
    for paper in made:
        for file in paper.files:
            ending, data = file.path.suffix[1:], file.path.read_bytes()
            pages = PdfFile(data).bodies if ending == "pdf" else []
            texts[ending] += WordFile(data).text if ending == "docx" else squeezed("".join(pages))
    return list(texts.values())


def told(document: dict[str, Any]) -> list[str]:
    """Every name, number, sum and day of a case file, as a clerk writes them; nothing of ours is asked."""
    shown = {"applicant", "respondent", "third_party", "agent", "guardian", "invited", "witness"}
    people = [party for party in document["parties"] if party["side"] in shown]
    values = [party["name"] for party in people] + [party.get("id_number", "") for party in people]
    signed = document.get("agreement", {})
    total = Decimal(0)
    for row in signed.get("payments", ()):
        if "amount" in row:
            total += Decimal(row["amount"])
            values.append(f"{Decimal(row['amount']):,.2f}元")
        values += [day(row["due"])] if "due" in row else []
    if total:
        values += [f"{total:,.2f}元", in_words(Fen(int(total * 100)))]
    values += [clause["text"] for clause in signed.get("clauses", ())]
    values += [day(each) for each in (document.get("accepted_on"), signed.get("signed_on")) if each]
    return [squeezed(value) for value in values if value]


def day(iso: str) -> str:
    """`2026年3月5日`."""
    value = date.fromisoformat(iso)
    return f"{value.year}年{value.month}月{value.day}日"


@pytest.mark.parametrize("name", sample_names())
def test_everything_a_sample_case_tells_stands_in_both_formats(desk: Desk, tmp_path: Path, name: str) -> None:
    document = sample(name)
    case_id = taken_in(desk, document)
    last = "settlement_agreement" if document["kind"] == "settlement" else "mediation_agreement"
    for text in printed_texts(desk, case_id, (*KINDS, last), tmp_path / "out"):
        assert [value for value in told(document) if value not in text] == []


def test_a_paper_with_a_blocking_finding_is_refused_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    wrong = an_agreement(clauses=[{"text": "张三归还人民币3,000.00元（大写：叁佰元整）。"}])
    case_id = taken_in(desk, a_document(accepted_on="2026-03-01", hearings=[a_hearing()], agreement=wrong))
    with pytest.raises(printing.Refused) as caught:
        printing.make(desk, case_id, ("mediation_agreement",), formats=("pdf",), out=tmp_path / "out", draft=False)
    assert any(each.message and each.source and each.place for each in caught.value.findings)
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
    assert reading.reread(desk, case_id).case.papers == ()


def test_a_draft_takes_no_number_and_leaves_only_a_trace(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    made = printing.make(desk, case_id, KINDS, formats=("pdf",), out=tmp_path, draft=True)
    assert {paper.number for paper in made} == {""}
    assert reading.reread(desk, case_id).case.papers == ()


def test_papers_of_a_kind_are_numbered_one_after_the_other(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    numbers = [
        printing.make(desk, case_id, ("rights_notice",), formats=("pdf",), out=tmp_path, draft=False)[0].number
        for _ in range(3)
    ]
    assert [number.rpartition("-")[2] for number in numbers] == ["告1", "告2", "告3"]


def test_a_name_of_a_file_tells_number_and_kind_but_no_party(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    made = printing.make(desk, case_id, KINDS, formats=("docx", "pdf"), out=tmp_path, draft=False)
    for path in (file.path for paper in made for file in paper.files):
        assert not {"张三", "李四"} & {path.name[place : place + 2] for place in range(len(path.name))}
        assert path.name.startswith("临")


def test_a_reprint_gives_the_very_bytes_even_after_the_case_went_on(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    made = printing.make(desk, case_id, ("rights_notice",), formats=("docx", "pdf"), out=tmp_path / "a", draft=False)
    printing.make(desk, case_id, ("acceptance_register",), formats=("pdf",), out=tmp_path / "a", draft=False)
    again = printing.reprint(desk, case_id, made[0].number, out=tmp_path / "b")
    assert [file.path.read_bytes() for file in again] == [file.path.read_bytes() for file in made[0].files]
    with pytest.raises(RefusedByRule, match=r"document\.unknown"):
        printing.reprint(desk, case_id, "没有这个号", out=tmp_path / "b")


def test_a_paper_is_known_again_and_a_changed_one_is_not(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    made = printing.make(desk, case_id, ("rights_notice",), formats=("docx", "pdf"), out=tmp_path, draft=False)
    genuine = [file.path for file in made[0].files]
    altered = tmp_path / "x.pdf"
    altered.write_bytes(genuine[1].read_bytes() + b"\n% changed")
    foreign = tmp_path / "y.pdf"
    foreign.write_bytes(b"%PDF-1.4 nothing of ours")
    states = [each.state for each in printing.verify(desk, [*genuine, altered, foreign])]
    assert states == ["genuine", "genuine", "altered", "unknown"]


def test_several_papers_are_issued_all_or_none(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    place = tmp_path / "file"
    place.write_text("in the way")
    with pytest.raises(WorldFailed):
        printing.make(desk, case_id, KINDS, formats=("pdf",), out=place, draft=False)
    assert reading.reread(desk, case_id).case.papers == ()


def test_a_name_with_a_character_in_no_face_is_refused_and_the_character_named(desk: Desk, tmp_path: Path) -> None:
    document = a_document()
    document["parties"][0]["name"] = "李\U00012000"
    case_id = taken_in(desk, document)
    with pytest.raises(Unacceptable) as caught:
        printing.make(desk, case_id, ("rights_notice",), formats=("pdf",), out=tmp_path, draft=False)
    assert (caught.value.code, caught.value.where) == ("document.character", "U+12000")


def test_a_signed_agreement_prints_what_was_signed_whatever_is_typed_later(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    opened = reading.reread(desk, case_id)
    with pytest.raises(RefusedByRule):
        agreement.add_clause(desk, case_id, opened.seen, text="事后另加的一条。")
    texts = printed_texts(desk, case_id, ("mediation_agreement",), tmp_path)
    assert not any("事后另加" in text for text in texts)


def test_a_preview_is_a_draft_and_writes_nothing(desk: Desk) -> None:
    case_id = a_signed_case(desk)
    before = desk.vault.top(desk.vault.desk)
    data = printing.preview(desk, case_id, "mediation_agreement")
    assert "草稿" in squeezed("".join(PdfFile(data).bodies))
    assert desk.vault.top(desk.vault.desk) == before


def test_a_copy_says_so_across_each_page_keeps_words_and_mark_and_takes_no_number(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    (made,) = printing.make(desk, case_id, KINDS[:1], formats=("docx", "pdf"), out=tmp_path / "a", draft=False)
    copies = printing.reprint(desk, case_id, made.number, out=tmp_path / "b", copy=True)
    again = printing.reprint(desk, case_id, made.number, out=tmp_path / "c", copy=True)
    word, pdf = (file.path.read_bytes() for file in copies)
    assert [file.sha256 for file in copies] == [file.sha256 for file in again]
    assert [file.path.name.split(" ")[1] for file in copies] == ["副本", "副本"]
    assert all("副本" in squeezed(page) for page in PdfFile(pdf).bodies)
    assert any("副本" in part.decode() for name, part in WordFile(word).parts.items() if "header" in name)
    assert WordFile(word).text == WordFile(made.files[0].path.read_bytes()).text
    assert PdfFile(pdf).marks() == WordFile(word).marks == PdfFile(made.files[1].path.read_bytes()).marks()
    found = printing.verify(desk, [file.path for file in copies])
    assert [(each.state, each.document, each.note) for each in found] == [("genuine", made.number, "这是副本")] * 2
    assert len(reading.reread(desk, case_id).case.papers) == 1


def test_the_entry_of_a_paper_holds_the_mark_that_stands_on_it(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    (made,) = printing.make(desk, case_id, KINDS[:1], formats=("pdf",), out=tmp_path, draft=False)
    ((_, entry),) = desk.vault.issued()
    mark = read_mark(PdfFile(made.files[0].path.read_bytes()).marks()[0])
    body = entry.content()
    assert (body["mark"], body["code"], body["id"]) == (mark.text, mark.code, mark.paper.hex())
    assert "replaces" not in body


@pytest.mark.parametrize("draft", [True, False])
def test_drafts_and_blank_forms_carry_no_mark(desk: Desk, tmp_path: Path, draft: bool) -> None:
    case_id = a_signed_case(desk)
    if draft:
        (made,) = printing.make(desk, case_id, KINDS[:1], formats=("docx", "pdf"), out=tmp_path, draft=True)
    else:
        (made,) = printing.blank(desk, KINDS[:1], formats=("docx", "pdf"), out=tmp_path)
    word, pdf = (file.path.read_bytes() for file in made.files)
    assert WordFile(word).marks == PdfFile(pdf).marks() == []
    assert "核对码" not in WordFile(word).text


def test_only_one_paper_can_take_the_place_of_another_and_only_once(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    printing.make(desk, case_id, KINDS[:1], formats=("pdf",), out=tmp_path, draft=False)
    (old,) = reading.reread(desk, case_id).case.papers
    about = printing.About(replaces=old.id)

    def refused(kinds: tuple[str, ...], asked: printing.About) -> str:
        with pytest.raises(RefusedByRule) as caught:
            printing.make(desk, case_id, kinds, formats=("pdf",), out=tmp_path, draft=False, about=asked)
        return caught.value.code

    assert refused(KINDS[:2], about) == "document.replaces"
    assert refused(KINDS[:1], printing.About(replaces=DocumentId("f" * 32))) == "document.unknown"
    printing.make(desk, case_id, KINDS[:1], formats=("pdf",), out=tmp_path, draft=False, about=about)
    assert reading.reread(desk, case_id).case.papers[1].replaces == old.id
    assert refused(KINDS[:1], about) == "document.replaced"
