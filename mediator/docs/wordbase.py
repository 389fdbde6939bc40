"""The empty Word file that papers are written into: our own styles, numbering and settings, nothing of anybody else's.

The library's stock file brings theme faces that win over ours, a blue title, American page habits, a thumbnail and the
name of the program it was saved by. This one is made of text, so that what stands in it can be read here.
"""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from typing import Final

from mediator.docs.page import (
    BODY,
    BOTTOM,
    CARD_HEADING,
    LEFT,
    LEVELS,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    STYLES,
    TOP,
    Style,
)

FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
W_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FOOT_DISTANCE: Final = 18 * MM
# A header holds the word across a draft alone; it must not push the text down on a sheet with little room above.
HEAD_DISTANCE: Final = 6 * MM
SERIES: Final = 2
PARTS: Final = ("styles", "numbering", "settings", "fontTable")


def twips(points: float) -> int:
    """Twentieths of a point, rounded down so that a full line or page never overflows."""
    return int(points * 20)


def faces_xml(face: str) -> str:
    """One face for all scripts; marks that Word could take for Latin stay Chinese."""
    scripts = " ".join(f'w:{script}="{face}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {scripts}/>'


def style_xml(style: Style) -> str:
    """A paragraph style: exact lines, no widow, no blank added between Chinese and Latin."""
    level = LEVELS.index(style) if style in LEVELS else 0 if style is CARD_HEADING else None
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    tracking = f'<w:spacing w:val="{round(style.tracking * 20 - 0.5)}"/>' if style.tracking else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.name.replace(" ", "")}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/>'
        '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(style.leading)}" w:lineRule="exact"/>{outline}</w:pPr>'
        f'<w:rPr>{faces_xml(style.face)}{tracking}<w:sz w:val="{2 * style.size:g}"/>'
        f'<w:szCs w:val="{2 * style.size:g}"/></w:rPr></w:style>'
    )


def styles() -> str:
    """The styles of page.py over a plain base, and the ruled table."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    plain = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name.lower()}"/>'
        '<w:basedOn w:val="Normal"/></w:style>'
        for name in ("Header", "Footer")
    )
    return (
        f'<w:styles xmlns:w="{W_SPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{faces_xml(BODY.face)}'
        f'<w:sz w:val="{2 * BODY.size:g}"/><w:szCs w:val="{2 * BODY.size:g}"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        f"{plain}{''.join(map(style_xml, STYLES))}"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def numbering() -> str:
    """一、 二、 三、 and, for each further series, 1. 2. 3. as real lists."""
    forms = (("chineseCountingThousand", "%1、"), *((("decimal", "%1."),) * SERIES))
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{place}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{words}"/>'
        '<w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        for place, (form, words) in enumerate(forms, start=1)
    )
    numbers = "".join(
        f'<w:num w:numId="{place}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(1, len(forms) + 1)
    )
    return f'<w:numbering xmlns:w="{W_SPACE}">{lists}{numbers}</w:numbering>'


def settings() -> str:
    """Marks side by side share one blank, as in the PDF; fields are not asked for at opening."""
    return (
        f'<w:settings xmlns:w="{W_SPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table() -> str:
    """What takes the place of a face that a computer lacks: every Windows has 仿宋, 宋体 and 黑体."""
    rows = (
        ("仿宋_GB2312", "仿宋"),
        ("方正小标宋简体", "宋体"),
        ("楷体_GB2312", "楷体"),
        ("宋体", "SimSun"),
        ("黑体", "SimHei"),
    )
    return f'<w:fonts xmlns:w="{W_SPACE}">' + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>' for name, other in rows
    ) + "</w:fonts>"  # fmt: skip


def main_part() -> str:
    """An empty body on our sheet; the grid is the line of the body."""
    margins = {
        "top": TOP,
        "right": RIGHT,
        "bottom": BOTTOM,
        "left": LEFT,
        "header": HEAD_DISTANCE,
        "footer": FOOT_DISTANCE,
    }
    sides = " ".join(f'w:{side}="{round(length * 20)}"' for side, length in margins.items())
    return (
        f'<w:document xmlns:w="{W_SPACE}" xmlns:r="{OFFICE}/relationships"><w:body><w:sectPr>'
        f'<w:pgSz w:w="{round(PAGE_WIDTH * 20)}" w:h="{round(PAGE_HEIGHT * 20)}"/><w:pgMar {sides} w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{twips(BODY.leading)}"/></w:sectPr></w:body></w:document>'
    )


def core() -> str:
    """Properties that the writer fills; no day, no user."""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"/>'
    )


def relations(*rows: tuple[str, str]) -> str:
    """A relations part of (type, target)."""
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(rows, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def content_types() -> str:
    """The type of every part."""
    kinds = {"/word/document.xml": f"{TYPES}.document.main+xml"}
    kinds |= {f"/word/{part}.xml": f"{TYPES}.{part}+xml" for part in PARTS}
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    rows = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


@lru_cache(maxsize=1)
def empty_word() -> bytes:
    """The package, the same bytes each time."""
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(
            (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": core(),
        "word/_rels/document.xml.rels": relations(
            *((f"{OFFICE}/relationships/{part}", f"{part}.xml") for part in PARTS)
        ),
        "word/document.xml": main_part(),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
    }
    return packed({name: (HEAD + text).encode() for name, text in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """A package with sorted names and a fixed time, so that equal parts are equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda part: (part != "[Content_Types].xml", part)):
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, parts[name])
    return buffer.getvalue()
