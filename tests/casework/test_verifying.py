"""A paper file is genuine, altered, unknown or superseded; nothing in a strange file can do more than be unknown."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mediator.casework import printing, verifying
from mediator.casework.verifying import MAX_FILE, Verified, carries, docx_properties, pdf_plain, pdf_text
from mediator.docs import qr
from mediator.docs.finished_word import WordFile
from mediator.docs.mark import key_id, read_mark, signed_mark
from mediator.errors import Unacceptable
from tests.casework.desks import a_desk, case_of
from tests.casework.issued import (
    Bureau,
    a_bureau,
    files_of,
    issue,
    package_of,
    parts_of,
    picture_of,
    saved_by_library,
    with_main,
    with_split_runs,
    with_text,
)


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    with a_bureau(tmp_path_factory.mktemp("bureau")) as made:
        yield made


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_very_bytes_are_genuine_under_any_name(bureau: Bureau, ending: str) -> None:
    path = bureau.folder / "随便 什么名字"
    assert bureau.verified(bureau.first[ending], path.name) == Verified(path, "genuine", bureau.numbers[0], "")


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_byte_more_is_altered(bureau: Bureau, ending: str) -> None:
    found = bureau.verified(bureau.first[ending] + b"\n")
    assert (found.state, found.document) == ("altered", bureau.numbers[0])


SAVINGS: dict[str, Callable[[bytes], bytes]] = {
    "other order": lambda data: package_of(parts_of(data), backwards=True),
    "a library": saved_by_library,
    "split runs": with_split_runs,
    "no properties": lambda data: package_of({**parts_of(data), verifying.PROPERTIES: b"<none/>"}),
    "bookmark": lambda data: with_main(
        data, lambda text: text.replace("<w:p>", '<w:p><w:bookmarkStart w:id="1" w:name="x"/>', 1)
    ),
}


@pytest.mark.parametrize("saving", SAVINGS)
def test_a_word_file_saved_again_with_the_same_words_is_genuine_with_a_note(bureau: Bureau, saving: str) -> None:
    changed = SAVINGS[saving](bureau.first["docx"])
    assert changed != bureau.first["docx"]
    assert bureau.state(changed) == ("genuine", verifying.SAVED_AGAIN)
    assert bureau.verified(changed).document == bureau.numbers[0]


@pytest.mark.full
def test_what_a_real_office_program_saves_again_is_genuine_with_a_note(bureau: Bureau, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    assert program, "LibreOffice 未安装：scripts/setup.sh test"
    (tmp_path / "a.docx").write_bytes(bureau.first["docx"])
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "docx",
         "--outdir", str(tmp_path / "b"), str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    again = (tmp_path / "b" / "a.docx").read_bytes()
    assert bureau.state(again) == ("genuine", verifying.SAVED_AGAIN)
    assert bureau.state(with_text(again, "借款", "捐款"))[0] == "altered"


def run_with(properties: str) -> Callable[[bytes], bytes]:
    """Give every run of the body these properties too."""
    face = 'w:cs="仿宋_GB2312"/>'
    return lambda data: with_text(data, face, face + properties)


def body_start(xml: str) -> Callable[[bytes], bytes]:
    """Put something before the first paragraph."""
    return lambda data: with_main(data, lambda text: text.replace("<w:body>", f"<w:body>{xml}"))


def in_part(part: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """Change another part."""
    return lambda data: with_main(data, lambda text: text.replace(old, new), part)


TRICKS: dict[str, Callable[[bytes], bytes]] = {
    "struck out": run_with("<w:strike/>"),
    "hidden": run_with("<w:vanish/>"),
    "white": run_with('<w:color w:val="FFFFFF"/>'),
    "tiny": run_with('<w:sz w:val="2"/>'),
    "black on black": run_with('<w:highlight w:val="black"/>'),
    "a box over the text": body_start("<w:p><w:r><w:pict/></w:r></w:p>"),
    "a tracked deletion": body_start("<w:p><w:del><w:r><w:delText>无</w:delText></w:r></w:del></w:p>"),
    "a field": body_start("<w:p><w:r><w:instrText>DATE</w:instrText></w:r></w:p>"),
    "hidden by style": in_part("word/styles.xml", "<w:rPr><w:rFonts", "<w:rPr><w:vanish/><w:rFonts"),
    "other numbering": in_part("word/numbering.xml", "%1、", "不%1、"),
    "numbered from two": in_part("word/numbering.xml", '<w:start w:val="1"/>', '<w:start w:val="2"/>'),
    "words in the footer": in_part("word/footer1.xml", "第 ", "作废第 "),
    "another picture": body_start("<w:p><w:r><w:drawing/></w:r></w:p>"),
}


@pytest.mark.threat("T65")
@pytest.mark.parametrize("trick", TRICKS)
def test_the_same_words_that_a_reader_would_not_see_so_are_altered(bureau: Bureau, trick: str) -> None:
    assert bureau.state(TRICKS[trick](bureau.first["docx"])) == ("altered", verifying.OTHER_WORDS)


def test_a_paper_without_its_qr_is_altered_and_without_its_number_unknown(bureau: Bureau) -> None:
    parts = {name: data for name, data in parts_of(bureau.first["docx"]).items() if "media" not in name}
    assert bureau.state(package_of(parts)) == ("altered", verifying.NO_QR)
    assert bureau.state(package_of({**parts, verifying.PROPERTIES: b""})) == ("unknown", "")


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_of_the_qr_tells_the_code_and_the_pages_to_compare(bureau: Bureau, form: str) -> None:
    mark = read_mark(WordFile(bureau.first["docx"]).marks[0])
    found = bureau.verified(picture_of(bureau.first["pdf"], form=form))
    assert (found.state, found.document) == ("genuine", bureau.numbers[0])
    assert mark.code in found.note
    assert f"共{mark.pages}页" in found.note
    assert bureau.verified(f"\ufeff{mark.text}\r\n".encode()[3:]).note == found.note


def test_a_picture_of_anything_else_is_unknown(bureau: Bureau) -> None:
    white, other = io.BytesIO(), io.BytesIO()
    Image.new("L", (50, 50), 255).save(white, "PNG")
    qr.symbol("https://example.org").save(other, kind="png", scale=4)
    assert bureau.state(white.getvalue()) == ("unknown", "")
    assert bureau.state(other.getvalue()) == ("unknown", verifying.NO_MARK)
    assert bureau.state(b"M1:abc") == ("unknown", verifying.NO_MARK)


def test_a_picture_as_large_as_a_wall_is_refused_before_it_is_unpacked(bureau: Bureau) -> None:
    wall = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(wall, "PNG")
    with pytest.raises(Unacceptable, match=r"picture\.size"):
        bureau.verified(wall.getvalue())


@pytest.mark.threat("T65")
def test_a_mark_made_with_another_key_is_never_genuine(bureau: Bureau) -> None:
    mark = read_mark(WordFile(bureau.first["docx"]).marks[0])
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = key.public_key().public_bytes_raw()
    stranger = signed_mark(mark.paper, mark.digest, mark.pages, public=public, sign=key.sign)
    assert bureau.state(stranger.text.encode()) == ("altered", verifying.NO_KEY)
    unheard = signed_mark(bytes(16), mark.digest, mark.pages, public=public, sign=key.sign)
    assert bureau.state(unheard.text.encode()) == ("unknown", verifying.NO_KEY)
    posing = replace(stranger, key=mark.key)
    assert bureau.state(posing.text.encode()) == ("altered", verifying.BAD_SIGNATURE)
    assert key_id(public) != mark.key


def test_a_second_true_mark_for_the_same_paper_is_not_the_one_on_record(bureau: Bureau) -> None:
    mark = read_mark(WordFile(bureau.first["docx"]).marks[0])
    sealer = bureau.desk.vault.sealer()
    second = signed_mark(mark.paper, bytes(16), 1, public=sealer.sign_public, sign=sealer.sign)
    assert bureau.state(second.text.encode()) == ("altered", verifying.OTHER_MARK)


def test_a_paper_of_another_desk_whose_key_is_known_is_judged_by_its_signature(tmp_path: Path) -> None:
    with a_bureau(tmp_path / "there") as there:
        here = a_desk(tmp_path / "here")
        (tmp_path / "p.pdf").write_bytes(there.first["pdf"])
        (tmp_path / "p.docx").write_bytes(there.first["docx"])
        both = [tmp_path / "p.pdf", tmp_path / "p.docx"]
        assert {each.state for each in verifying.verify(here, both)} == {"unknown"}
        there_desk = there.desk.vault.desk
        here.vault.absorb(there.desk.vault.since(there_desk, 0, 1))
        assert [(each.state, each.note) for each in verifying.verify(here, both)] == [
            ("genuine", verifying.BY_SIGNATURE)
        ] * 2
        (tmp_path / "p.docx").write_bytes(with_text(there.first["docx"], "借款", "捐款"))
        (found,) = verifying.verify(here, both[1:])
        assert (found.state, found.document) == ("altered", "")
        here.vault.close()


def test_a_paper_whose_place_another_took_is_superseded(tmp_path: Path) -> None:
    with a_bureau(tmp_path) as bureau:
        old = case_of(bureau.desk, bureau.case).papers[0]
        new = issue(bureau.desk, bureau.case, tmp_path / "new", about=printing.About(replaces=old.id))
        words = f"已被编号{new.number}的文书代替"
        assert bureau.state(bureau.first["pdf"]) == ("superseded", words)
        assert bureau.state(saved_by_library(bureau.first["docx"])) == (
            "superseded", f"{words}；{verifying.SAVED_AGAIN}"
        )  # fmt: skip
        assert bureau.state(with_text(bureau.first["docx"], "借款", "捐款"))[0] == "altered"
        assert bureau.state(bureau.second["pdf"])[0] == bureau.state(files_of(new)["pdf"])[0] == "genuine"
        assert f"更正：本文书更正（代替）编号{old.number}的文书。" in WordFile(files_of(new)["docx"]).text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"%PDF-1.7 nothing", "只是文字".encode()])
def test_a_strange_file_is_unknown(bureau: Bureau, data: bytes) -> None:
    assert bureau.verified(data) == Verified(bureau.folder / "文件", "unknown", "", "")


def test_a_number_is_not_found_inside_a_longer_one() -> None:
    assert carries(b"%PDF (" + pdf_text("临A-0001-申1")[1:], "临A-0001-申1")
    assert not carries(b"%PDF (" + pdf_text("临A-0001-申12")[1:], "临A-0001-申1")


@given(st.binary(max_size=300))
def test_no_bytes_bring_a_reader_down(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"%PDF"):
        assert carries(start + data, "临没有-0000-申9") is False


def test_a_zip_without_properties_has_none() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("other", b"x")
    assert docx_properties(out.getvalue()) == b""


def test_escapes_of_a_pdf_are_undone() -> None:
    assert pdf_plain(rb"%PDF(\050\\\)\101)") == rb"%PDF((\)A)"
    assert pdf_plain(b"no pdf") == b""


def test_a_file_is_read_no_further_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "sparse.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(Unacceptable, match=r"file\.size") as caught:
        verifying.read_paper(path)
    assert caught.value.where == "sparse.pdf"
