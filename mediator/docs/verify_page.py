"""The page that verifies a QR from a stick, in any new browser, without a network: one file with the keys inside.

The page names its own script and style by their hashes and allows nothing else, no address either. It learns words of
no paper: it tells whether the mark was signed by a known desk, and whether code and pages on the paper are the mark's.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib import resources
from typing import Final

from mediator.core.dates import chinese_date

SLOT: Final = re.compile(r"\{(?:script_hash|style_hash|office|day|known|style|script)\}")


@dataclass(frozen=True, slots=True)
class Known:
    """What the page knows: public keys by the id that a mark has for them, and by paper's id what took its place."""

    keys: Mapping[bytes, bytes]
    superseded: Mapping[str, str]

    @property
    def json(self) -> str:
        """As it stands in the page; no sign of it can end the script it stands in."""
        keys = {key.hex(): base64.urlsafe_b64encode(public).decode().rstrip("=") for key, public in self.keys.items()}
        told = {"keys": keys, "superseded": dict(self.superseded)}
        return json.dumps(told, ensure_ascii=True, sort_keys=True).replace("<", "\\u003c")


def verify_page(known: Known, *, office: str, day: date) -> bytes:
    """The page as HTML; equal arguments give equal bytes."""
    script, style = part("verify.js"), part("verify.css")
    slots = {
        "{script_hash}": source_hash(script), "{style_hash}": source_hash(style), "{office}": escape(office),
        "{day}": chinese_date(day), "{known}": known.json, "{style}": style, "{script}": script,
    }  # fmt: skip
    return SLOT.sub(lambda found: slots[found.group()], part("verify.html")).encode()


def part(name: str) -> str:
    """One of the files that the page is put together from."""
    return resources.files("mediator.docs").joinpath(f"data/{name}").read_text(encoding="utf-8")


def source_hash(text: str) -> str:
    """What a content security policy calls a script or style by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
