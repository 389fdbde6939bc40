"""The record of a meeting on paper: its kind, who was there, what was read back, who signed and who refused."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
from PIL import Image

from mediator.core.records import Case, Hearing
from mediator.core.sittings import Meeting, ReadBack, RecordSignature, SignWay, Strokes
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile
from mediator.docs.hidden import shows_more
from mediator.docs.showing import look
from mediator.docs.strokes import check_of, picture_of
from tests.docs.papers import BEIJING, a_case, issued, marked_facts
from tests.docs.planted import with_part

KIND = "mediation_record"
AT = datetime(2025, 11, 10, 11, 5, tzinfo=BEIJING)


def a_hand(turns: int = 3) -> Strokes:
    """A few loops and a bar, as somebody signs."""
    loop = tuple((600 + 14 * step, round(500 + 260 * math.sin(step * turns / 12)), 8 * step) for step in range(120))
    return (loop, ((500, 820, 1000), (2300, 760, 1400)), ((2400, 300, 1500),))


OTHER = a_hand(5)
SIGNED = RecordSignature("吴某斌", SignWay.STROKES, True, "a", a_hand(), at=AT)
REFUSED = RecordSignature("吴㛃𬱖", SignWay.REFUSED, True, "b", reason="对补偿数额仍有异议。", at=AT)
ON_PAPER = RecordSignature("何某", SignWay.PAPER, True, "c", at=AT)
MEDIATOR = RecordSignature("陈建国", SignWay.STROKES, True, "", OTHER, at=AT)
READS = (ReadBack("吴某斌", ("t0", "t1"), True, "a", AT), ReadBack("吴㛃𬱖", ("t0", "t1"), True, "b", AT),
         ReadBack("吴某斌", ("t2",), False, "a", AT))  # fmt: skip


def sat(**changes: object) -> Case:
    """The case with its hearing changed."""
    case = a_case()
    hearing: Hearing = replace(case.hearings[0], **changes)  # type: ignore[arg-type]  # what a test names
    return replace(case, hearings=(hearing,))


def full() -> Case:
    """A hearing with listeners, somebody who stayed away, pages read back, and every way to answer."""
    return sat(
        observers=("李代表", "王委员"), absent=("何某",), interpreter="阿依古丽", reads=READS,
        signatures=(SIGNED, REFUSED, MEDIATOR),
    )  # fmt: skip


def made(case: Case) -> Paper:
    """The paper with its mark, which passes every check."""
    paper = issued(KIND, case)
    assert inspect(paper, case, marked_facts(KIND), again=lambda: issued(KIND, case)) == ()
    return paper


def rows(paper: Paper) -> list[str]:
    """The paragraphs of a paper that hold words."""
    return [row for row in WordFile(paper.files["docx"]).paragraphs if row.strip()]


def test_who_was_there_and_who_was_not_who_read_and_who_signed_stand_on_the_paper() -> None:
    found = rows(made(full()))
    assert found[9:14] == [
        "参加人：无", "列席人员：李代表、王委员", "未到场人员：何某", "翻译：阿依古丽", "人民调解员：陈建国、周秀英",
    ]  # fmt: skip
    assert found.index("（以上2段发言已宣读，吴某斌、吴㛃𬱖确认无误）") == found.index(
        "吴某斌：我不是不给钱。村里十八号就要浇路，我想一次了断，以后不再为这个事红脸。"
    ) + 1  # fmt: skip
    told = next(row for row in found if row.startswith("签名情况："))
    assert told == (
        f"签名情况：吴某斌于2025年11月10日11时05分在屏幕上手写签名（校验值{check_of(SIGNED.strokes)}）；"
        "吴㛃𬱖于2025年11月10日11时05分拒绝签名，理由：对补偿数额仍有异议；"
        f"陈建国于2025年11月10日11时05分在屏幕上手写签名（校验值{check_of(OTHER)}）。"
    )
    assert [row for row in found if row.endswith("）：")] == [
        "申请人吴某斌（签名或者按指印）：", "被申请人吴㛃𬱖（拒绝签名）：", "人民调解员陈建国（签名）：",
        "人民调解员周秀英（签名）：", "翻译阿依古丽（签名）：", "记录人李明（签名）：",
    ]  # fmt: skip


@pytest.mark.parametrize("meeting", [*Meeting])
def test_every_kind_of_meeting_keeps_its_record_under_its_own_name(meeting: Meeting) -> None:
    paper = made(sat(meeting=meeting))
    mediated = meeting is Meeting.MEDIATION
    assert paper.title == ("人民调解记录" if mediated else f"{meeting.term}记录")
    found = rows(paper)
    assert ("主持人：陈建国、周秀英" in found, any(row.startswith("调解结果") for row in found)) == (
        not mediated,
        mediated,
    )


def test_a_mediator_who_wrote_signs_once() -> None:
    found = rows(made(sat(recorder="陈建国")))
    assert [row for row in found if "陈建国（" in row] == ["人民调解员兼记录人陈建国（签名）："]


@pytest.mark.parametrize(
    ("given", "words"),
    [(replace(SIGNED, fits=False), "吴某斌答复之后笔录有更正，由其重新签名"),
     (replace(REFUSED, fits=False), "吴㛃𬱖答复之后笔录有更正，由其重新签名"),
     (ON_PAPER, "何某在打印的笔录上签名")],
)  # fmt: skip
def test_an_answer_to_other_words_and_a_signature_on_paper_leave_the_rule_for_the_pen(
    given: RecordSignature, words: str
) -> None:
    paper = made(sat(signatures=(given,)))
    assert f"签名情况：{words}。" in rows(paper)
    assert b"word/media/image2" not in paper.files["docx"]
    assert [row for row in rows(paper) if given.signer in row][-1].endswith("（签名或者按指印）：")


def test_the_pdf_draws_the_signature_as_lines_and_the_docx_shows_the_same_picture() -> None:
    plain, signed = made(sat(signatures=(ON_PAPER,))), made(sat(signatures=(SIGNED,)))
    with pypdfium2.PdfDocument(signed.files["pdf"]) as document:
        kinds = [each.type for page in document for each in page.get_objects()]
    with pypdfium2.PdfDocument(plain.files["pdf"]) as document:
        without = [each.type for page in document for each in page.get_objects()]
    path = pypdfium2.raw.FPDF_PAGEOBJ_PATH
    assert kinds.count(path) == without.count(path) + 1
    media = [data for name, data in WordFile(signed.files["docx"]).parts.items() if name.startswith("word/media/")]
    assert picture_of(SIGNED.strokes)[0] in media


def test_both_formats_say_the_same_and_a_second_making_gives_the_same_bytes() -> None:
    paper = made(full())
    assert paper.files == made(full()).files
    text = re.sub(r"\s", "", "".join(PdfFile(paper.files["pdf"]).bodies))
    assert text == WordFile(paper.files["docx"]).text


def swapped(paper: Paper, change: Callable[[bytes], bytes]) -> bytes:
    """The DOCX with the picture of the first signature changed."""
    buffer = io.BytesIO()
    first = picture_of(SIGNED.strokes)[0]
    with zipfile.ZipFile(io.BytesIO(paper.files["docx"])) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if data == first else data)
    return buffer.getvalue()


def packed_anew(data: bytes) -> bytes:
    """The same picture as an office program might pack it: in colour, on white."""
    with Image.open(io.BytesIO(data)) as picture:
        shown = picture.convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    buffer = io.BytesIO()
    paper.convert("RGB").save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


@pytest.mark.threat("T65")
def test_a_docx_with_another_signature_in_the_place_of_one_is_found_and_one_packed_anew_is_not() -> None:
    paper = made(full())
    assert paper.mark is not None
    assert not shows_more(WordFile(paper.files["docx"]))
    assert look(swapped(paper, packed_anew)).agrees(paper.mark)
    assert not look(swapped(paper, lambda _: picture_of(OTHER)[0])).agrees(paper.mark)
    assert not look(swapped(paper, lambda _: b"")).agrees(paper.mark)
    for old, new in (("吴某斌手写签名", "吴㛃𬱖手写签名"), ("吴某斌手写签名", "印章")):
        moved = with_part(paper, "word/document.xml", lambda text, old=old, new=new: text.replace(old, new))  # type: ignore[misc]  # bound now
        assert not look(moved.files["docx"]).agrees(paper.mark)
