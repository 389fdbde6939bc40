"""The recorder's process: without a device it says so and goes, without its desktop it ends; it leaves no core file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mediator.casework.recording import Order
from mediator.core.recordings import Ending
from mediator.store.tapes import Label, index, key_pair, tape_path
from mediator.ui.microphone import LOOKS, HandedMicrophone, SystemMicrophone
from mediator.ui.on_air import OnAir, program, trouble_of
from mediator.ui.recorder import Recorder, ending_of
from tests.casework.tapes import tone
from tests.ui.recorders import until
from tests.ui.scenes import an_application

PRIVATE, PUBLIC = key_pair()


def an_order(folder: Path) -> Order:
    label = Label("ca" * 16, "5e" * 16, "7a" * 16, 1_773_019_800_000)
    return Order(tape_path(folder, label.recording), label, PUBLIC)


class Process:
    """A recorder without a process of its own."""

    def __init__(self, *, plugged: bool = True) -> None:
        self.told: list[dict[str, object]] = []
        self.left = 0
        self.microphone = HandedMicrophone(plugged=plugged)
        self.recorder = Recorder(self.microphone, lambda line: self.told.append(json.loads(line)), self._leave)

    def _leave(self) -> None:
        self.left += 1


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No sound server answers, whatever this machine has."""
    for name in ("PULSE_SERVER", "PIPEWIRE_REMOTE"):
        monkeypatch.setenv(name, f"unix:{tmp_path}/nobody")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a device cannot be hidden from the system")
def test_the_real_process_finds_no_microphone_where_there_is_none_and_goes(deaf: None) -> None:
    an_application()
    on_air, heard = OnAir(), list[str]()
    on_air.ready.connect(lambda: heard.append("ready"))
    on_air.look_for_microphone()
    until(on_air, on_air.missing)
    assert on_air.wait()
    assert (heard, on_air.running, on_air.on) == ([], False, False)


def test_a_program_that_cannot_be_started_is_no_microphone() -> None:
    an_application()
    on_air, missing = OnAir(["/nonexistent/program"]), list[bool]()
    on_air.missing.connect(lambda: missing.append(True))
    on_air.look_for_microphone()
    if not missing:
        until(on_air, on_air.missing)
    assert not on_air.running


def test_the_command_line_of_the_recorder_names_no_case_no_key_and_no_path_of_a_vault() -> None:
    assert "mediator.ui.recorder" in program()[4]
    assert json.loads(program()[-1]) == [each or str(Path.cwd()) for each in sys.path]


@pytest.mark.threat("T14")
def test_it_leaves_no_core_file() -> None:
    code = (
        "import resource as r; from mediator.ui.recorder import confine; confine(); print(r.getrlimit(r.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"


@pytest.mark.parametrize(
    ("end", "ending"),
    [
        (lambda it: it.recorder.line("stop stopped"), Ending.STOPPED),
        (lambda it: it.recorder.line("stop withdrawn"), Ending.WITHDRAWN),
        (lambda it: it.microphone.pull(), Ending.MICROPHONE),
        (lambda it: it.recorder.line(""), Ending.BROKEN_OFF),
        (lambda it: it.recorder.line("nonsense"), Ending.BROKEN_OFF),
    ],
)
def test_however_it_ends_what_was_heard_is_kept_the_microphone_is_off_and_the_process_goes_once(
    tmp_path: Path, end: Callable[[Process], None], ending: Ending
) -> None:
    process, order = Process(), an_order(tmp_path)
    process.microphone.hear(tone(1.0))
    process.recorder.line(order.packed())
    process.microphone.hear(tone(2.5))
    end(process)
    process.recorder.line("")
    process.microphone.hear(tone(9.0))
    assert (process.told[0], process.told[-1]) == ({"ready": True}, {"ended": ending.value})
    assert (process.left, process.microphone.on) == (1, False)
    assert b"".join(index(order.path).sound(PRIVATE)) == tone(2.5)


@pytest.mark.parametrize("line", ["", "no order", "{}"])
def test_without_an_order_nothing_is_recorded_and_it_goes(tmp_path: Path, line: str) -> None:
    process = Process()
    process.recorder.line(line)
    assert (process.told[-1], process.left, process.microphone.on) == ({"ended": "broken_off"}, 1, False)
    assert list(tmp_path.iterdir()) == []


def test_without_a_microphone_it_goes_at_once() -> None:
    process = Process(plugged=False)
    assert (process.told, process.left) == ([{"ready": False}], 1)


@pytest.mark.parametrize(
    ("line", "ending"), [("stop closed", Ending.CLOSED), ("stop", Ending.BROKEN_OFF), ("closed", Ending.BROKEN_OFF)]
)
def test_a_line_that_stops_says_why(line: str, ending: Ending) -> None:
    assert ending_of(line) is ending


def test_only_what_nobody_wished_is_told_as_trouble() -> None:
    wished = {Ending.STOPPED, Ending.WITHDRAWN, Ending.CLOSED}
    assert {each for each in Ending if trouble_of(each) is None} == wished


def test_a_library_that_cannot_be_loaded_is_no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    an_application()
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    microphone, lost = SystemMicrophone(), list[bool]()
    assert not microphone.ready()
    microphone.start(lambda _: None, lambda: lost.append(True))
    microphone.stop()
    assert lost == [True]


def test_a_stream_that_falls_silent_without_a_word_is_taken_for_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    an_application()
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    microphone, lost = SystemMicrophone(), list[bool]()
    microphone._lost = lambda: lost.append(True)
    for _ in range(LOOKS):
        microphone._look_for_sound()
    microphone._read()
    for _ in range(LOOKS):
        microphone._look_for_sound()
    assert lost == []
    microphone._look_for_sound()
    microphone._look_for_sound()
    assert lost == [True]
