"""How Chinese characters are read, without tone (pinyin), and how names are: surnames have readings of their own.

The table `data/readings.txt` is written by `scripts/readings.py`; a character that it lacks is its own reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Final

SURNAMES: Final[Mapping[str, str]] = {
    "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "曾": "zeng", "盖": "ge", "朴": "piao",
    "缪": "miao", "乐": "yue", "折": "she", "员": "yun", "秘": "bi", "翟": "zhai", "覃": "qin", "洗": "xian",
    "薄": "bo", "卜": "bu", "繁": "po", "阚": "kan", "牟": "mu", "召": "shao", "佴": "nai", "粘": "nian",
    "祭": "zhai", "种": "chong", "重": "chong", "黑": "he", "尉迟": "yuchi", "万俟": "moqi", "长孙": "zhangsun",
    "令狐": "linghu", "澹台": "tantai", "鲜于": "xianyu",
}  # fmt: skip
# What ears and typing in dialects of the south do not keep apart.
ALIKE: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"))
ENDINGS: Final = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=1)
def table() -> Mapping[str, tuple[str, ...]]:
    """Character -> its readings, the usual one first."""
    text = resources.files("mediator.core").joinpath("data/readings.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    rows = [line.split(" ") for line in text.splitlines()]
    for syllable, first, *_ in rows:
        found |= dict.fromkeys(first, (syllable,))
    for syllable, _, *further in rows:
        for char in "".join(further):
            found[char] = (*found.get(char, ()), syllable)
    return found


def readings_of(char: str) -> tuple[str, ...]:
    """Every reading of a character; one that the table lacks is read as itself."""
    return table().get(char, (char,))


def name_reading(name: str) -> tuple[str, ...]:
    """The syllables of a name, the surname read as surnames are; a compound surname is one piece."""
    for size in (2, 1):
        if name[:size] in SURNAMES:
            return (SURNAMES[name[:size]], *(readings_of(char)[0] for char in name[size:]))
    return tuple(readings_of(char)[0] for char in name)


@lru_cache(maxsize=20_000)
def sound_of(name: str) -> str:
    """A name as it is heard: syllables in which z and zh, n and ng, l and n are the same."""
    return " ".join(map(heard, name_reading(name)))


def heard(syllable: str) -> str:
    """A syllable with what is easily confused made equal."""
    for exact, plain in ALIKE:
        syllable = syllable.replace(exact, plain, 1) if syllable.startswith(exact) else syllable
    for exact, plain in ENDINGS:
        syllable = syllable.removesuffix(exact) + plain if syllable.endswith(exact) else syllable
    return f"n{syllable[1:]}" if syllable.startswith("l") else syllable
