"""The rules of line breaking on finished paper: random paragraphs of each kind, read back from the PDF's own lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Final

import pytest

from mediator.docs.breaking import NOT_END, NOT_START
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import squeezed
from mediator.docs.model import Document, text
from mediator.docs.pdf import write_pdf
from tests.docs.papers import fonts

FEW, MANY = 40, 400
HAN: Final = "张三于付款人民法院调解协议书厕所让出路面补偿数额开工前双方自愿达成"
# Marks as clerks set them: none beside another that would leave no place to break at all.
AFTER: Final = "、。，．：；？！）》」』】〉〕”’％℃"
PAIRS: Final = ("（）", "《》", "「」", "『』", "【】", "〈〉", "〔〕", "“”", "‘’")


@dataclass(frozen=True, slots=True)
class Rule:
    """What random pieces are put between the words, and the pieces that must come out uncut."""

    piece: Callable[[Random], str]
    whole: bool = True


def digits(chance: Random, count: int) -> str:
    """Digits, no zero first."""
    return str(chance.randint(1, 9)) + "".join(chance.choices("0123456789", k=count - 1))


def amount(chance: Random) -> str:
    """A sum as papers write it."""
    return f"人民币{chance.randint(1, 10 ** chance.randint(1, 8)):,}.{chance.randint(0, 99):02d}元"


def day(chance: Random) -> str:
    """A day, a month or a moment."""
    month = chance.randint(1, 12)
    year = f"{chance.randint(1990, 2026)}年"
    return chance.choice((f"{year}{month}月{chance.randint(1, 28)}日", f"{year}{month}月", f"{month}月8日", "14时05分"))


def identity(chance: Random) -> str:
    """A resident number, a credit code, a telephone number."""
    number = digits(chance, 17) + chance.choice("0123456789X")
    return chance.choice((number, "91" + digits(chance, 8) + "MA" + digits(chance, 6), digits(chance, 11)))


def latin(chance: Random) -> str:
    """A word of letters."""
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyzABCDEé", k=chance.randint(2, 14)))


def measured(chance: Random) -> str:
    """Digits with their unit."""
    unit = chance.choice(("平方米", "米", "亩", "个月", "%", "℃", "万元", "元", "周岁", "小时", "份", "公里", "棵"))
    return f"{chance.randint(1, 99)}{chance.choice(('', '.5'))}{unit}"


def hyphened(chance: Random) -> str:
    """Numbers of papers and houses."""
    return f"{chance.randint(1, 9999):04d}-{chance.randint(1, 99)}"


def quoted(chance: Random) -> str:
    """Words between a pair of marks."""
    opening, closing = chance.choice(PAIRS)
    return opening + "".join(chance.choices(HAN, k=chance.randint(1, 9))) + closing


RULES: Final = {
    "forbidden starts": Rule(lambda chance: chance.choice(AFTER), whole=False),
    "forbidden ends": Rule(quoted, whole=False),
    "amounts": Rule(amount),
    "dates": Rule(day),
    "identity numbers": Rule(identity),
    "Latin words": Rule(latin),
    "digits with their unit": Rule(measured),
    "hyphens": Rule(hyphened),
    "plain words": Rule(lambda chance: "", whole=False),
}


def paragraph(rule: Rule, chance: Random) -> tuple[str, list[str]]:
    """A random paragraph and its pieces."""
    parts, pieces = [], []
    for _ in range(chance.randint(1, 9)):
        parts.append("".join(chance.choices(HAN, k=chance.randint(2, 24))))
        pieces.append(rule.piece(chance))
        parts.append(pieces[-1])
    return "".join(parts) + "某某。", pieces


def printed_lines(paragraphs: list[str]) -> list[list[str]]:
    """The lines of each paragraph, as they stand in a finished PDF."""
    blocks = tuple(text(f"甲乙{each}") for each in paragraphs)
    data, _ = write_pdf(Document("rights_notice", "试排", "", "", blocks), fonts())
    rows = iter([squeezed(row) for body in PdfFile(data).bodies for row in body.splitlines() if row.strip()][1:])
    found: list[list[str]] = []
    for each in paragraphs:
        lines: list[str] = []
        wanted = squeezed(f"甲乙{each}")
        while sum(map(len, lines)) < len(wanted):
            lines.append(next(rows))
        assert "".join(lines) == wanted
        found.append(lines)
    return found


def faults(lines: list[str], pieces: list[str]) -> list[str]:
    """Every break that breaks a rule."""
    wrong = [f"{a}|{b}" for a, b in pairwise(lines) if b[0] in NOT_START or a[-1] in NOT_END]
    wrong += [f"{a}|{b}" for a, b in pairwise(lines) if a.endswith("-")]
    joined = "\n".join(lines)
    wrong += [piece for piece in pieces if piece and joined.count(piece) < "".join(lines).count(piece)]
    last = re.sub(f"[{re.escape(''.join(NOT_START))}]", "", lines[-1])
    return [*wrong, *([f"alone: {lines[-1]}"] if len(lines) > 1 and len(last) < 2 else [])]


def broken(name: str, count: int) -> list[str]:
    """Violations in so many paragraphs of one rule."""
    rule, chance = RULES[name], Random(name)
    drawn = [paragraph(rule, chance) for _ in range(count)]
    rows = printed_lines([words for words, _ in drawn])
    kept = [pieces if rule.whole else [] for _, pieces in drawn]
    return [fault for lines, pieces in zip(rows, kept, strict=True) for fault in faults(lines, pieces)]


@pytest.mark.parametrize("name", RULES)
def test_random_paragraphs_are_broken_where_they_may_be(name: str) -> None:
    assert broken(name, FEW) == []


@pytest.mark.full
@pytest.mark.parametrize("name", RULES)
def test_four_hundred_random_paragraphs_are_broken_where_they_may_be(name: str) -> None:
    assert broken(name, MANY) == []


@pytest.mark.parametrize(
    ("lines", "piece"),
    [
        (["甲乙丙", "，丁戊己"], ""), (["甲乙（", "丙丁）戊"], ""), (["甲乙0031-", "1号丙"], ""),
        (["甲人民币1,0", "00.00元乙丙"], "人民币1,000.00元"), (["甲乙丙丁", "戊。"], ""),
    ],
)  # fmt: skip
def test_what_is_counted_as_a_violation(lines: list[str], piece: str) -> None:
    assert len(faults(lines, [piece])) == 1
