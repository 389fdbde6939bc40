"""The process that fills templates: whatever a template does to it, it ends, and nothing of ours is in its reach."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from mediator.docs.catalogue import kind_of
from mediator.docs.templates.child import EVERYTHING, MAX_RENDERED, near, rendered
from mediator.docs.templates.fields import LISTS, Slot, Sort, slots_of
from mediator.docs.templates.grammar import Engine, Fault
from mediator.docs.templates.process import BOOT, DEADLINE, ask, shapes
from tests.docs.foreign_words import MAIN, WORD, paragraph

SLOTS = slots_of(kind_of("receipt"))


def a_body(*paragraphs: str) -> dict[str, str]:
    """A main part."""
    return {MAIN: f'<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'}


def loops(depth: int, inside: str) -> str:
    """Loops in loops over the turns."""
    heads = "".join(f"{{% for t{n} in turns %}}" for n in range(depth))
    return paragraph(heads + inside + "{% endfor %}" * depth)


def turns(count: int) -> dict[str, object]:
    """A context with so many turns."""
    return {"turns": [{"speaker": "甲" * 200, "text": "乙", "more": []}] * count, "payer": "丙"}


def confined(code: str) -> str:
    """What a child says that runs this after it confined itself."""
    script = f"import socket, subprocess, sys; sys.path[:] = {sys.path!r}\n"
    script += f"from mediator.docs.templates.child import confine\nconfine()\n{code}"
    return subprocess.run(
        [sys.executable, "-I", "-B", "-c", script], capture_output=True, text=True, check=False
    ).stdout


@pytest.mark.threat("T32")
@pytest.mark.full
def test_loops_in_loops_end_in_a_typed_fault_and_the_program_lives() -> None:
    began = time.monotonic()
    answer = ask(a_body(loops(6, "")), SLOTS, turns(2_000))
    assert (answer.fault, answer.parts) == ("limits", {})
    assert time.monotonic() - began < DEADLINE + 5
    assert ask(a_body(paragraph("{{ payer }}")), SLOTS, turns(1)).told == {MAIN: ["丙"]}


@pytest.mark.threat("T32")
def test_a_child_that_takes_too_long_is_ended() -> None:
    answer = ask(a_body(loops(6, "")), SLOTS, turns(2_000), deadline=1.5)
    assert answer.fault == "limits"


@pytest.mark.threat("T32")
def test_a_template_that_grows_without_end_is_stopped_before_the_memory_is() -> None:
    assert ask(a_body(loops(3, "{{ t0.speaker }}")), SLOTS, turns(200)).fault == "limits"


@pytest.mark.threat("T32")
def test_what_is_written_is_counted_while_it_is_written() -> None:
    with pytest.raises(Fault) as caught:
        rendered(Engine(), "{% for t in turns %}{{ t.speaker }}{% endfor %}", turns(50), room=9_999)
    assert caught.value.code == "limits"
    assert MAX_RENDERED < 1 << 26


@pytest.mark.threat("T32")
@pytest.mark.skipif(sys.platform == "win32", reason="such limits are the system's, and Windows has none")
@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/hostname')", "__import__('socket').socket()", "bytearray(1 << 30)",
        "__import__('subprocess').run(['true'])", "__import__('os').pipe()",
    ],
)  # fmt: skip
def test_after_its_request_the_child_opens_nothing_and_takes_no_memory(deed: str) -> None:
    told = confined(f"try:\n    {deed}\nexcept (OSError, MemoryError, ImportError) as e:\n    print('refused')")
    assert told == "refused\n"


@pytest.mark.threat("T31")
def test_the_child_is_given_no_environment_and_no_search_path_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, object]] = []

    def watched(command: list[str], **settings: object) -> subprocess.CompletedProcess[bytes]:
        seen.append({"command": command, **settings})
        return subprocess.CompletedProcess(command, 0, b'{"parts": {}, "told": {}}')

    monkeypatch.setattr(subprocess, "run", watched)
    monkeypatch.setenv("MEDIATOR_SECRET", "x")
    ask(a_body(), SLOTS, {})
    (call,) = seen
    assert call["command"][1:4] == ["-I", "-B", "-c"]  # type: ignore[index]
    assert call["env"] == {}
    assert BOOT in call["command"]  # type: ignore[operator]


@pytest.mark.parametrize("noise", [b"", b"{", b"[1]", b"7"])
def test_a_child_that_answers_nonsense_is_a_fault(noise: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess([], 0, noise)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_settings: done)
    assert ask(a_body(), SLOTS, {}).fault == "limits"


def test_a_place_that_a_list_does_not_have_is_told_as_a_fault() -> None:
    answer = ask(a_body(paragraph("{{ turns[5].speaker }}")), SLOTS, turns(1))
    assert (answer.fault, answer.part) == ("render", MAIN)


def test_everything_the_engine_loads_late_is_loaded_before_the_doors_close() -> None:
    assert any("join" in each for each in EVERYTHING)
    context: dict[str, object] = {"付款人": "甲", "parties": [{"name": "乙"}]}
    assert ask(a_body(paragraph("{{ 付款人 }}{{ parties[0].name }}")), SLOTS, context).told == {MAIN: ["甲", "乙"]}


def test_a_fault_names_the_text_near_it() -> None:
    answer = ask(a_body(paragraph("好"), paragraph("今收到{{ 付钱人 }}")), SLOTS, None)
    assert (answer.fault, answer.name, answer.near) == ("unknown", "付钱人", "今收到{{ 付钱人 }}")
    assert near("", 7) == ""


@pytest.mark.threat("T31")
def test_no_column_has_the_name_of_something_that_values_can_do() -> None:
    columns = {name for slot in LISTS for each in slot.columns for name in each.names}
    assert columns & set(dir(dict)) == set()


def test_names_lead_to_one_english_name() -> None:
    found = shapes((Slot("parties", "当事人列表", Sort.ROWS, (Slot("name", "姓名"),)),))
    assert found["当事人列表"]["columns"]["姓名"]["name"] == "parties.name"
