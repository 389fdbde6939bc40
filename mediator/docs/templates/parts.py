"""What may stand in a template: an allow-list of parts, relations and kinds of elements; all else is refused by name.

What office programs add and a paper does not need (who edited it, preview, web settings) is left out at the door.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import normpath
from typing import Any, Final

from lxml import etree

from mediator.docs.elements import W
from mediator.docs.templates.package import refused, unpacked
from mediator.docs.templates.pictures import refuse_bad_picture
from mediator.docs.wordbase import PACKAGE, packed

MAIN: Final = "word/document.xml"
TYPES_PART: Final = "[Content_Types].xml"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Part -> its content type. The second table is taken in and left out.
KEPT: Final = (
    (r"word/document\.xml", f"{WORD}.document.main+xml"),
    (r"word/styles\.xml", f"{WORD}.styles+xml"),
    (r"word/numbering\.xml", f"{WORD}.numbering+xml"),
    (r"word/settings\.xml", f"{WORD}.settings+xml"),
    (r"word/fontTable\.xml", f"{WORD}.fontTable+xml"),
    (r"word/footnotes\.xml", f"{WORD}.footnotes+xml"),
    (r"word/endnotes\.xml", f"{WORD}.endnotes+xml"),
    (r"word/header\d*\.xml", f"{WORD}.header+xml"),
    (r"word/footer\d*\.xml", f"{WORD}.footer+xml"),
    (r"word/theme/theme\d+\.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
    (r"docProps/core\.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    (r"word/media/[A-Za-z0-9_-]+\.png", "image/png"),
    (r"word/media/[A-Za-z0-9_-]+\.jpe?g", "image/jpeg"),
)
LEFT_OUT: Final = (
    (r"word/webSettings\.xml", f"{WORD}.webSettings+xml"),
    (r"word/stylesWithEffects\.xml", "application/vnd.ms-word.stylesWithEffects+xml"),
    (r"docProps/app\.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    (r"docProps/custom\.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    (r"docProps/thumbnail\.jpe?g", "image/jpeg"),
)
RELATIONS: Final = re.compile(r"(.*/)?_rels/[^/]*\.rels")
RELATION_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
LINK: Final = re.compile(r"https?://[\x21-\x7e]+")
SPACES: Final = re.compile(
    r"http://schemas\.openxmlformats\.org/(wordprocessingml/2006/main|drawingml/2006/(main|picture"
    r"|wordprocessingDrawing)|markup-compatibility/2006|officeDocument/2006/(math|relationships)"
    r"|package/2006/[a-z/-]+|schemaLibrary/2006/main)|http://schemas\.microsoft\.com/office/(word|drawing)/20\d\d/[\w/]+"
    r"|urn:schemas-microsoft-com:(vml|office:word|office:office)|http://purl\.org/dc/(elements/1\.1|terms)/"
    r"|http://www\.w3\.org/XML/1998/namespace|http://www\.w3\.org/2001/XMLSchema-instance"
)
OFFICE_VML: Final = "{urn:schemas-microsoft-com:office:office}"
# Elements that load, run, link or hide something.
FORBIDDEN: Final = frozenset(
    (
        "altChunk", "object", "control", "subDoc", "attachedTemplate", "attachedSchema", "mailMerge", "dataBinding",
        "saveThroughXslt", "OLEObject", "movie", "audioFile", "videoFile", "wavAudioFile", "quickTimeFile",
        "hlinkClick", "hlinkHover", "hlinkMouseOver", "script", "frameset", "ffData", "entryMacro", "exitMacro",
        "externalData", "contentPart", "linkStyles", "macroWll", "cmd", "customXml", "customXmlPr",
        "smartTag", "sdtContentDocPartList", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic",
    )
)  # fmt: skip
REVISIONS: Final = frozenset(
    ("ins", "del", "moveFrom", "moveTo", "commentReference", "commentRangeStart", "delText", "rPrChange", "pPrChange")
)
LOADING: Final = frozenset(("src", "href", "link", "onclick"))
EDGES: Final = frozenset(("lock", "top", "left", "bottom", "right"))
# Word's and WPS's own notes: where the pen was, which words are doubtful, what their window looked like.
DISCARDED: Final = tuple(
    f"{W}{name}"
    for name in (
        "docVars",
        "proofErr",
        "shapeDefaults",
        "hdrShapeDefaults",
        "lastRenderedPageBreak",
        "bookmarkStart",
        "bookmarkEnd",
    )
)
CUSTOM: Final = re.compile(r"customXml/item(\d+)\.xml")
FIELD: Final = re.compile(r"(\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\\*\s*[A-Za-z]+)*\s*)+")
# WPS and Word themselves write such parts into every file; nothing in a paper refers to them.
OWN_DATA: Final = (
    "{http://www.wps.cn/officeDocument/2013/wpsCustomData}customData",
    "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}Sources",
)
DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")


def admitted(data: bytes) -> dict[str, bytes]:
    """The parts of a file that may be a template, rewritten from their parsed trees; what is not needed is left out.

    Raises Unacceptable `template.package` with the part and what is wrong with it.
    """
    parts = without_own_data(unpacked(data))
    if MAIN not in parts or TYPES_PART not in parts:
        raise refused("word")
    types = types_of(parts)
    related = list(filter(RELATIONS.fullmatch, parts))
    own = [name for name in parts if name not in (TYPES_PART, *related)]
    kept = {name: clean(name, parts[name]) for name in own if keeps(name, types)}
    kept |= relations_of(parts, related, kept)
    kept[TYPES_PART] = types_part(kept)
    return kept


def clean(name: str, raw: bytes) -> bytes:
    """A part as it is kept: a picture that is one as it came, anything else written anew."""
    if not name.startswith("word/media/"):
        return clean_part(name, raw)
    refuse_bad_picture(name, raw)
    return raw


def relations_of(parts: Mapping[str, bytes], names: Sequence[str], kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """The relations of kept parts and of the package; those of others are looked through and left out."""
    found = {name: relations_part(name, parts[name], kept) for name in names}
    owners = {"", *kept, *found}
    return {name: raw for name, raw in found.items() if owner_of(name) in owners}


def without_own_data(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts but those that WPS and Word write for themselves; any other such part is refused later, by name."""
    names = {
        f"customXml/{each}"
        for no in own_data(parts)
        for each in (f"item{no}.xml", f"itemProps{no}.xml", f"_rels/item{no}.xml.rels")
    }
    return {name: raw for name, raw in parts.items() if name not in names}


def own_data(parts: Mapping[str, bytes]) -> set[str]:
    """The numbers of such parts."""
    return {
        found[1] for found in map(CUSTOM.fullmatch, parts)
        if found and read_xml(found[0], parts[found[0]]).tag in OWN_DATA
    }  # fmt: skip


def keeps(name: str, types: Mapping[str, str]) -> bool:
    """True for a part to keep, False for one to leave out; raises for any other, or one that claims another type."""
    for table, keep in ((KEPT, True), (LEFT_OUT, False)):
        for pattern, kind in table:
            if re.fullmatch(pattern, name):
                if types.get(name) != kind:
                    raise refused("type", name)
                return keep
    raise refused("part", name)


def read_xml(name: str, raw: bytes) -> Any:
    """The tree of an XML part: UTF-8 alone, no document type, no entity, no outside (T35); raises fault `xml`."""
    declared = DECLARED.match(raw.removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in raw or b"<!" + b"DOCTYPE" in raw.upper() or b"<!ENTITY" in raw.upper():
        raise refused("doctype", name)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise refused("doctype", name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        tree = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise refused("xml", name) from None
    return tree


def clean_part(name: str, raw: bytes) -> bytes:
    """An XML part written anew from its tree; raises for what loads, runs or links."""
    tree = read_xml(name, raw)
    etree.strip_elements(tree, *DISCARDED, with_tail=False)
    for element in list(tree.iter()):
        refuse_bad_element(name, element)
    for code in fields_in(tree):
        refuse_bad_field(name, code)
    for link in list(tree.iter(f"{W}hyperlink")):
        unwrap(link)
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


def fields_in(tree: Any) -> Iterator[str]:
    """What Word is asked to do at its fields: the code of each paragraph as a whole, then that of simple fields."""
    for paragraph in tree.iter(f"{W}p"):
        yield "".join(each.text or "" for each in own(paragraph, "instrText"))
    for simple in tree.iter(f"{W}fldSimple"):
        yield str(simple.get(f"{W}instr", ""))


def own(paragraph: Any, tag: str) -> Iterator[Any]:
    """Elements of a paragraph that stand in no paragraph inside it."""
    for each in paragraph.iter(f"{W}{tag}"):
        if next(each.iterancestors(f"{W}p"), None) is paragraph:
            yield each


def refuse_bad_element(name: str, element: Any) -> None:
    """Raise for an element of a space or name that is not allowed, or an attribute that loads something."""
    tag = etree.QName(element)
    if is_foreign(name, tag):
        raise refused("element", name)
    if tag.localname in REVISIONS:
        raise refused("revision", name)
    if is_forbidden(tag) or any(map(loads, element.attrib)):
        raise refused("element", name)


def is_foreign(name: str, tag: Any) -> bool:
    """True for a space that is none of Word's; themes and properties may have others."""
    return not SPACES.fullmatch(tag.namespace or "") and not name.startswith(("word/theme/", "docProps/"))


def is_forbidden(tag: Any) -> bool:
    """True for what runs or loads by itself, and for all of Office's additions to a drawing but its edges."""
    office = tag.text.startswith(OFFICE_VML) and tag.localname not in EDGES
    return tag.localname in FORBIDDEN or office


def loads(attribute: str) -> bool:
    """True for an attribute that leads to something outside."""
    return etree.QName(attribute).localname.lower() in LOADING


def refuse_bad_field(name: str, code: str) -> None:
    """Raise for a field of Word that is no page number: DDE, INCLUDEPICTURE, INCLUDETEXT, LINK and all others."""
    if code.strip() and not FIELD.fullmatch(code):
        raise refused("field", name)


def unwrap(link: Any) -> None:
    """A link becomes its text."""
    for child in list(link):
        link.addprevious(child)
    link.getparent().remove(link)


def types_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Content type of each part."""
    table = read_xml(TYPES_PART, parts[TYPES_PART])
    endings = {
        str(node.get("Extension", "")).lower(): str(node.get("ContentType")) for node in table if node.get("Extension")
    }
    exact = {
        str(node.get("PartName")).lstrip("/"): str(node.get("ContentType")) for node in table if node.get("PartName")
    }
    return {name: exact.get(name, endings.get(name.rpartition(".")[2].lower(), "")) for name in parts}


def owner_of(name: str) -> str:
    """The part whose relations a `.rels` part holds; empty for the package's own."""
    return name.replace("_rels/", "", 1).removesuffix(".rels") if name != "_rels/.rels" else ""


def relations_part(name: str, raw: bytes, kept: Mapping[str, bytes]) -> bytes:
    """A relations part with what leads to kept parts; raises for one that leads outside or to what is not there."""
    tree = read_xml(name, raw)
    base = name.rpartition("_rels/")[0]
    for node in list(tree):
        target = str(node.get("Target", ""))
        if node.get("TargetMode", "Internal") != "Internal":
            if not (str(node.get("Type", "")).endswith("/hyperlink") and LINK.fullmatch(target)):
                raise refused("external", name)
            tree.remove(node)
        elif resolved(base, target) not in kept:
            tree.remove(node)
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


def resolved(base: str, target: str) -> str:
    """The part a relation means."""
    return target.lstrip("/") if target.startswith("/") else normpath(base + target)


def types_part(kept: Mapping[str, bytes]) -> bytes:
    """The list of content types, made anew."""
    rows = [f'<Default Extension="rels" ContentType="{RELATION_TYPE}"/>']
    rows.append('<Default Extension="xml" ContentType="application/xml"/>')
    for name in sorted(kept):
        for pattern, kind in KEPT:
            if re.fullmatch(pattern, name):
                rows.append(f'<Override PartName="/{name}" ContentType="{kind}"/>')
    return f'<Types xmlns="{PACKAGE}/content-types">{"".join(rows)}</Types>'.encode()


def cleaned(data: bytes) -> bytes:
    """The file as it is kept: admitted, and the same bytes for the same parts."""
    return packed(admitted(data))
