"""Writes `mediator/core/data/readings.txt`: Chinese characters by syllable, from the tables of pypinyin (MIT).

    python scripts/readings.py

Each line is a syllable without tone, the characters that are first read so, and after a blank those that are also read
so. The program reads the file alone, so that the core needs no library.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

TARGET = Path(__file__).parents[1] / "mediator" / "core" / "data" / "readings.txt"


def bare(syllable: str) -> str:
    """Without tone; ü as v, as it is typed."""
    plain = unicodedata.normalize("NFD", syllable.strip()).replace("u\u0308", "v")
    return "".join(char for char in plain if char.isascii() and char.isalpha())


def main() -> None:
    """Collect and write."""
    first, further = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for code, readings in sorted(pinyin_dict.items()):
        syllables = list(dict.fromkeys(filter(None, map(bare, readings.split(",")))))
        for place, syllable in enumerate(syllables[: 4 if code < 0x10000 else 1]):
            (further if place else first)[syllable].append(chr(code))
    lines = (f"{each} {''.join(first[each])} {''.join(further[each])}".rstrip() for each in sorted({*first, *further}))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
