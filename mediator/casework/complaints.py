"""From an error's code to the sentence a mediator reads: what happened, what is safe, what to do next.

The sentences are data, `data/complaints.json`: code -> [what happened, what is safe, what to do]. A code may have a
sentence for each kind of fault, `case.schema/unknown`. Facts fill the braces; they never hold case content.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from mediator.errors import Bug, MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed

SAFE: Final = "已经保存的内容都在。"
BY_FAMILY: Final[tuple[tuple[type[MediatorError], str], ...]] = (
    (RefusedByRule, "按规则不能这样做（{code}）。"),
    (NoAccess, "没有权限，或者已经锁定（{code}）。"),
    (Unacceptable, "内容有损坏或者不合要求，没有接受（{code}）。"),
    (WorldFailed, "这一步没有完成（{code}）。"),
    (Bug, "程序内部出错了（{code}）。"),
    (MediatorError, "没有完成（{code}）。"),
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """`message` says what happened, `safe` what is kept, `next` what to do; `where` names the place, if any."""

    code: str
    message: str
    where: str
    safe: str
    next: str


class _Facts(dict[str, object]):
    """Facts for a sentence; one that is missing stays visible as a dash instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "—"


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, tuple[str, str, str]]:
    """All sentences by code."""
    text = resources.files("mediator.casework").joinpath("data/complaints.json").read_text(encoding="utf-8")
    return {code: (row[0], row[1], row[2]) for code, row in json.loads(text).items()}


def sentence_for(error: MediatorError) -> tuple[str, str, str]:
    """The most precise sentence there is: by fault, by code, by the code's first words, by family."""
    general = general_sentence(error)
    precise = sentences().get(f"{error.code}/{error.facts.get('fault', '')}", general)
    return (precise[0], precise[1] or general[1], precise[2] or general[2])


def general_sentence(error: MediatorError) -> tuple[str, str, str]:
    """The sentence of a code or of what it begins with; an unknown one gets its family's, which names the code."""
    known, words = sentences(), error.code.split(".")
    for count in range(len(words), 0, -1):
        if found := known.get(".".join(words[:count])):
            return found
    return next(text for family, text in BY_FAMILY if isinstance(error, family)), SAFE, "请把这条信息告诉维护人员。"


def visible(text: str) -> str:
    """Text from outside without characters that a terminal or a window would obey."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def complain(error: MediatorError) -> Complaint:
    """The sentence for an error; an unknown code gets a sentence that names the code."""
    where = visible(error.where)
    facts = _Facts(error.facts) | {"code": error.code, "where": where or "—"}
    message, safe, following = (part.format_map(_Facts(facts)) for part in sentence_for(error))
    return Complaint(error.code, message, where, safe, following)


def sentence(error: MediatorError) -> str:
    """All a screen says of an error, in one line: what happened, what is safe, what to do next."""
    told = complain(error)
    return "".join(part for part in (told.message, told.safe, told.next) if part)


def words_of(code: str) -> str:
    """What happened, for a code that came back as a result and not as an error."""
    known = sentences().get(code)
    return known[0] if known else f"没有全部完成（{code}）。"
