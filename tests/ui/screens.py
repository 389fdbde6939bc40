"""A screen of its own: an X server of one run, a window manager, on request an input method; ended by pid."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow

SIZE: Final = "1366x768x24"
WAIT_S: Final = 20
IBUS: Final = ("ibus-daemon", "--panel=disable", "--emoji-extension=disable", "--config=/usr/libexec/ibus-memconf")


@contextmanager
def running(command: list[str], env: dict[str, str], *fds: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process for as long as the block lasts."""
    made = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=fds)
    try:
        yield made
    finally:
        made.terminate()
        made.wait(WAIT_S)


@contextmanager
def a_screen(*, method: bool = False) -> Iterator[dict[str, str]]:
    """The environment of a desktop on it; `method` puts ibus between keyboard and program, as most desks have it."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as home:
        read, write = os.pipe()
        plain = {**os.environ, "HOME": home, "XDG_RUNTIME_DIR": home}
        server = ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp"]
        stack.enter_context(running(server, plain, write))
        os.close(write)
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        env = {**plain, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        stack.enter_context(running(["matchbox-window-manager", "-use_titlebar", "no"], env))
        if method:
            env |= {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/bus", "QT_IM_MODULE": "ibus"}
            address = f"--address={env['DBUS_SESSION_BUS_ADDRESS']}"
            stack.enter_context(running(["dbus-daemon", "--session", "--nofork", "--nopidfile", address], env))
            stack.enter_context(running(list(IBUS), env))
        yield env


def key_name(name: str) -> str:
    """`Ctrl+Return` as the server's keyboard names it."""
    *held, last = name.split("+")
    known = {"Enter": "Return", "Esc": "Escape", "Space": "space", "PgUp": "Prior", "PgDown": "Next"}
    return "+".join([*(each.lower() for each in held), known.get(last, last.lower() if len(last) == 1 else last)])


def press(name: str) -> None:
    """A key as the hand gives it: through server, window manager and input method."""
    subprocess.run(["xdotool", "key", key_name(name)], check=True)


class Ear(QObject):
    """Hears which keys reached the program, whatever it did with them."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        running_now = QCoreApplication.instance()
        assert running_now is not None
        running_now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's own name
        if event.type() == QEvent.Type.KeyRelease and isinstance(watched, QWindow):
            self.heard += 1
        return False


def on_real_screen() -> bool:
    """Whether keys go through a server as they do at a desk."""
    return QGuiApplication.platformName() == "xcb"


@cache
def the_ear() -> Ear:
    """One of the whole run."""
    return Ear()


def strike(name: str) -> None:
    """A key and its way to the program; one that is eaten on the way fails the test."""
    ear = the_ear()
    before, until = ear.heard, monotonic() + WAIT_S
    press(name)
    while ear.heard == before:
        assert monotonic() < until, f"{name} never came"
        QCoreApplication.processEvents()
