"""发文机关: who sent the last letter of a kind sends the next, in this room; the committee is the sender of the first.

A petition is answered by the organ that handles it, a letter of supervision comes from another: so it is remembered by
kind of letter, when one is issued, and written into the next form where it can be seen and changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from mediator.casework.desk import Desk
from mediator.core.records import PaperForm, Value
from mediator.docs.paper_parts import ISSUER

SETTING: Final = "issuers"


def usual(desk: Desk, kind: str) -> Mapping[str, Value]:
    """What the next form of this kind begins with; nothing before the first letter that named a sender."""
    name = remembered(desk).get(kind, "")
    return {ISSUER.name: name} if name else {}


def remember(desk: Desk, issued: Iterable[PaperForm | None]) -> None:
    """Letters were issued from these forms: their senders are the usual ones from now on."""
    known = remembered(desk)
    named = {each.paper: each.values[ISSUER.name] for each in issued if each and each.values.get(ISSUER.name)}
    if {**known, **named} != known:
        desk.vault.keep_setting(SETTING, json.dumps({**known, **named}, ensure_ascii=False))


def remembered(desk: Desk) -> dict[str, str]:
    """Names by kind of letter."""
    found: dict[str, str] = json.loads(desk.vault.setting(SETTING) or "{}")
    return found
