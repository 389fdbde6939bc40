"""Rare characters in names: printed and copied out right, or refused by code point; the manual lists the refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

import pytest

from mediator.core.records import Case, PartyId
from mediator.docs.checks.every import inspect
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.fonts import CHAINS
from mediator.errors import Unacceptable
from tests.docs.generated import LEVEL3
from tests.docs.papers import a_case, a_paper, fonts, some_facts

MANUAL: Final = Path(__file__).parents[2] / "CHARACTERS.md"
PORTION: Final = 321
# Assigned Han characters by block, Unicode 15: where rare names come from beyond the table of 8,105 characters.
BLOCKS: Final = {
    "扩展A": (0x3400, 0x4DBF), "扩展B": (0x20000, 0x2A6DF), "扩展C": (0x2A700, 0x2B739),
    "扩展D": (0x2B740, 0x2B81D), "扩展E": (0x2B820, 0x2CEA1), "扩展F": (0x2CEB0, 0x2EBE0),
    "扩展G": (0x30000, 0x3134A), "扩展H": (0x31350, 0x323AF),
}  # fmt: skip
SAMPLES: Final = 30


def named(names: Sequence[str]) -> Case:
    """The case with a respondent of each name."""
    case = a_case()
    first, second, *_ = case.parties
    others = tuple(
        replace(second, id=PartyId(f"x{place}"), ref=f"x{place}", name=each) for place, each in enumerate(names)
    )
    return replace(case, parties=(first, *others), agreement=None)


def printed(names: Sequence[str]) -> tuple[str, str]:
    """Text of the PDF and of the DOCX of a paper that names all these, which passes every check."""
    case = named(names)
    paper = a_paper("application", case)
    assert inspect(paper, case, some_facts()) == ()
    return squeezed("".join(PdfFile(paper.files["pdf"]).bodies)), WordFile(paper.files["docx"]).text


@lru_cache(maxsize=1)
def refused() -> dict[str, list[int]]:
    """The code points of each block that no face of every role's chain has."""
    return {
        block: [code for code in range(low, high + 1) if not all(fonts().first(chr(code), role) for role in CHAINS)]
        for block, (low, high) in BLOCKS.items()
    }


def test_the_table_s_third_level_is_whole() -> None:
    assert len(LEVEL3) == len(set(LEVEL3)) == 1605
    assert (LEVEL3[0], LEVEL3[-1]) == ("亍", "蠼")
    assert sum(ord(char) > 0xFFFF for char in LEVEL3) == 193


@pytest.mark.parametrize("first", range(0, len(LEVEL3), PORTION))
def test_every_character_of_the_third_level_is_printed_in_a_name_and_copied_out_right(first: int) -> None:
    names = [f"吴{char}{char}" for char in LEVEL3[first : first + PORTION]]
    pdf, word = printed(names)
    assert [name for name in names if name not in pdf or name not in word] == []


@pytest.mark.parametrize("block", BLOCKS)
def test_a_sample_of_each_block_is_printed_right_or_refused_by_code_point(block: str) -> None:
    low, high = BLOCKS[block]
    drawn = Random(block).sample(range(low, high + 1), SAMPLES)
    lacking = set(refused()[block])
    names = [f"吴{chr(code)}" for code in drawn if code not in lacking]
    pdf, word = printed(names)
    assert [name for name in names if name not in pdf or name not in word] == []
    for code in lacking.intersection(drawn):
        with pytest.raises(Unacceptable) as caught:
            a_paper("rights_notice", named([f"吴{chr(code)}"]))
        assert (caught.value.code, caught.value.where) == ("document.character", f"U+{code:04X}")


def spans(codes: Sequence[int]) -> str:
    """`23 2D-30`: the last two digits of code points of one row of 256, runs joined."""
    found: list[list[int]] = []
    for code in codes:
        if found and code == found[-1][-1] + 1:
            found[-1].append(code)
        else:
            found.append([code])
    return " ".join(f"{run[0] & 255:02X}" + (f"-{run[-1] & 255:02X}" if run[1:] else "") for run in found)


def manual() -> str:
    """The page of the manual, from the faces themselves."""
    lines = [INTRODUCTION, "| 区 | 字数 | 能印 | 不能印 |", "|---|---|---|---|"]
    for block, codes in refused().items():
        count = BLOCKS[block][1] - BLOCKS[block][0] + 1
        lines.append(f"| {block} | {count:,} | {count - len(codes):,} | {len(codes):,} |")
    for block, codes in refused().items():
        rows = sorted({code >> 8 for code in codes})
        lines += [f"\n## {block}：不能印的字", "```"] if codes else []
        lines += [f"U+{row:X}xx: {spans([code for code in codes if code >> 8 == row])}" for row in rows]
        lines += ["```"] if codes else []
    return "\n".join(lines) + "\n"


INTRODUCTION: Final = """# 印不出的字

文书只用随程序带的字体，换一台电脑印出来的仍是同一份。《通用规范汉字表》的8,105个字和汉字基本区、扩展A、扩展D全部能印，
姓名中更少见的字大多也能印。下面列出的字在所有字体里都没有字形：文书里用到时，程序不出具文书，并写明是哪个字
（例如“U+20023”），绝不用方框代替。遇到这样的字，请核对户口簿或者身份证上的写法；确实是这个字的，可以扫描身份证上的字形，
存成小图片，用“mediator document picture 案件 字 图片”放到它的位置，图片随案件保存，以后的文书都用它。

每行是256个码位：`U+200xx: 23 2D-2F` 表示 U+20023 和 U+2002D 至 U+2002F。
"""


def test_the_manual_lists_just_the_characters_that_are_refused() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual()


if __name__ == "__main__":
    MANUAL.write_text(manual(), encoding="utf-8")
