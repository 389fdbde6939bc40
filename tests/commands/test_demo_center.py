"""The county of the demo: processes of their own that are ended, and failures that are told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mediator.commands import demo_center
from mediator.commands.demo_center import DemoCenter
from mediator.errors import WorldFailed

SILENT = (sys.executable, "-c", "import sys; sys.stderr.write('why'); sys.exit(3)")
REFUSING = (sys.executable, "-c", "print('{}'); raise SystemExit(4)")
STUBBORN = (
    sys.executable,
    "-c",
    "import signal as s, time\ns.signal(15, s.SIG_IGN)\nprint(flush=True)\ntime.sleep(60)",
)


@pytest.fixture
def center(tmp_path: Path) -> DemoCenter:
    return DemoCenter(tmp_path / "center", tmp_path / "password.txt", "331122")


@pytest.mark.parametrize("program", [SILENT, REFUSING])
def test_a_center_that_refuses_is_named_and_its_words_are_kept(
    center: DemoCenter, program: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_center, "PROGRAM", program)
    with pytest.raises(WorldFailed, match=r"demo\.center") as caught:
        center.set_up("某县")
    assert caught.value.where == "init"
    assert not center.ready()
    if program is SILENT:
        assert (center.folder / "center.log").read_bytes() == b"why"


def test_a_center_that_never_ends_is_given_up(center: DemoCenter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_center, "PROGRAM", STUBBORN)
    monkeypatch.setattr(demo_center, "LONGEST", 0.2)
    with pytest.raises(WorldFailed, match=r"demo\.center"):
        center.ask("usb")


def test_a_service_that_ends_at_once_is_told(center: DemoCenter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_center, "PROGRAM", SILENT)
    center.note(b"")
    with pytest.raises(WorldFailed) as caught, center.serving():
        pytest.fail("nobody serves here")
    assert caught.value.where == "serve"


def test_a_process_that_does_not_listen_to_the_asking_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_center, "PATIENCE", 0.2)
    child = subprocess.Popen(STUBBORN, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    demo_center.end(child)
    child.stdout.close()
    assert child.returncode == -9


def test_a_free_port_is_free() -> None:
    assert 1024 <= demo_center.free_port() < 65536
