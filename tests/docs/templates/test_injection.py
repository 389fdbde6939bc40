"""Every known way to make a template do more than print: in every place of a file, none runs and each has its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.catalogue import kind_of
from mediator.docs.templates.check import TemplateFinding, check, texts_of
from mediator.docs.templates.child import answered
from mediator.docs.templates.context import context_of
from mediator.docs.templates.fields import slots_of
from mediator.docs.templates.parts import admitted
from mediator.docs.templates.process import ask, shapes
from tests.docs.foreign_words import a_word, changed, in_body, paragraph, part_text, split_at, with_text_part
from tests.docs.papers import a_case, some_facts
from tests.docs.payloads import EVERY, SENTINEL

INFO = kind_of("receipt")
BASE = a_word("{{ number }}{{ payer }}{{ received_what }}{{ day }}", "{%p for who in places %}", "{{ who.name }}",
              "{%p endfor %}")  # fmt: skip
CONTEXT = context_of(INFO, a_case(), some_facts("receipt"))
ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escaped(payload: str) -> str:
    """A payload as the text of an element."""
    return payload.translate(ESCAPED)


def in_runs(payload: str) -> str:
    """A paragraph with the payload cut after every second character, as Word does after a spelling check."""
    return paragraph(*(escaped(each) for each in split_at(payload, range(2, len(payload), 2))))


def in_table(payload: str) -> bytes:
    """A cell of a table."""
    cell = f"<w:tc><w:tcPr/>{paragraph(escaped(payload))}</w:tc>"
    return in_body(BASE, f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>")


def styled(payload: str) -> str:
    """A paragraph whose style has the payload for its name."""
    name = escaped(payload).replace('"', "&quot;")
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr></w:p>'


def in_title(payload: str) -> bytes:
    """The title in the file's properties."""
    core = "docProps/core.xml"
    title = f"<dc:title>{escaped(payload)}</dc:title>"
    return changed(BASE, {core: part_text(BASE, core).replace("<dc:title>收条</dc:title>", title).encode()})


PLACES: dict[str, Callable[[str], bytes]] = {
    "body": lambda payload: in_body(BASE, paragraph(escaped(payload))),
    "runs": lambda payload: in_body(BASE, in_runs(payload)),
    "table": in_table,
    "header": lambda payload: with_text_part(BASE, "hdr", paragraph(escaped(payload))),
    "footer": lambda payload: with_text_part(BASE, "ftr", paragraph(escaped(payload))),
    "footnote": lambda payload: with_text_part(BASE, "footnotes", in_runs(payload)),
    "endnote": lambda payload: with_text_part(BASE, "endnotes", paragraph(escaped(payload))),
    "field": lambda payload: in_body(BASE, styled(payload)),
    "property": in_title,
}  # fmt: skip


def blocking(data: bytes) -> list[TemplateFinding]:
    """What stops a template."""
    return [each for each in check(INFO, admitted(data)) if each.blocks]


@pytest.fixture(autouse=True)
def _nothing_planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever runs in this process would leave a file here."""
    monkeypatch.chdir(tmp_path)
    yield
    assert not (tmp_path / SENTINEL).exists()


def test_the_corpus_is_wide_enough_and_its_frame_sound() -> None:
    assert len(set(EVERY)) >= 120
    assert blocking(BASE) == []


def unnamed(place: str, payload: str) -> bool:
    """True when the report does not name a payload with its part, its place and what is wrong."""
    found = [each for each in blocking(PLACES[place](payload)) if each.code != "missing"]
    return not any(each.paragraph for each in found) or not all(each.place and each.message for each in found)


@pytest.mark.threat("T31")
@pytest.mark.parametrize("place", sorted(set(PLACES) - {"property", "field"}))
def test_every_payload_is_named_with_its_place(place: str) -> None:
    assert [payload for payload in EVERY if unnamed(place, payload)] == []


@pytest.mark.threat("T31")
@pytest.mark.parametrize("place", ["property", "field"])
def test_a_tag_where_no_text_stands_is_named_too(place: str) -> None:
    tags = [each for each in EVERY if "{{" in each or "{%" in each]
    silent = [each for each in tags if "outside" not in {found.code for found in blocking(PLACES[place](each))}]
    assert silent == []


# What the engine takes for text, remarks or the allowed words written oddly; the reader for people refuses these too.
TAKEN = frozenset(
    (
        "{% raw %}{{ payer }}{% endraw %}", "{% print payer %}", "{%- if has_payer -%}a{%- endif -%}",
        "{%+ if has_payer %}a{% endif %}", "{# {{ payer }} #}", "{{r payer }}", "payer }}", "{%", "{ {payer}}",
    )
)  # fmt: skip


def told_values(place: str, payload: str) -> set[str] | None:
    """What the engine put out when nobody read the template before, None when it refused."""
    texts = texts_of(admitted(PLACES[place](payload)))
    answer: dict[str, Any] = answered({"parts": texts, "names": shapes(slots_of(INFO)), "context": CONTEXT})
    return None if answer.get("fault") else {value for part in answer["told"].values() for value in part}


@pytest.mark.threat("T31")
@pytest.mark.parametrize("place", ["body", "runs", "header", "table", "field"])
def test_the_engine_by_itself_runs_none_of_it(place: str) -> None:
    printable = {CONTEXT["number"], CONTEXT["payer"], CONTEXT["received_what"], CONTEXT["day"], "吴某斌", "吴㛃𬱖"}
    for payload in EVERY:
        told = told_values(place, payload)
        assert told is None or (payload in TAKEN and told <= printable), payload


WORDS = ("payer", "parties", "p", "__class__", "mro", "cycler", "name", "has_payer", "loop", "0", "'a'", "os", "range")
JOINTS = (".", "|", "(", ")", "[", "]", "~", "+", "*", " ", " if ", " is ", " in ", ",", "%", "not ")


@pytest.mark.threat("T31")
@given(st.lists(st.sampled_from(WORDS + JOINTS), max_size=12).map("".join), st.sampled_from(("{{ % }}", "{%  % %}")))
def test_any_expression_is_refused_or_prints_what_it_may(words: str, frame: str) -> None:
    source = frame.replace(" % ", f" {words} ")
    request = {
        "parts": {"word/document.xml": f"<w:p>{source}</w:p>"},
        "names": shapes(slots_of(INFO)),
        "context": CONTEXT,
    }
    answer: dict[str, Any] = answered(request)
    values = {str(value) for value in CONTEXT.values() if isinstance(value, str)}
    lengths = {str(len(value)) for value in CONTEXT.values() if isinstance(value, list)}
    names = {party.name for party in a_case().parties}
    assert answer.get("fault") or set(answer["told"]["word/document.xml"]) <= values | lengths | names


@pytest.mark.threat("T31")
def test_a_payload_in_the_real_process_plants_nothing() -> None:
    texts = texts_of(admitted(PLACES["body"]("{{ ''.__class__.__mro__ }}")))
    answer = ask(texts, slots_of(INFO), CONTEXT)
    assert (answer.fault, answer.part, answer.parts) == ("forbidden", "word/document.xml", {})
