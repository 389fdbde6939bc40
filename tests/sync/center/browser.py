"""A real browser without a screen: Chromium, driven over the pipe of its debugging protocol.

Everything the page complains of is kept: refused scripts and styles, dialogs, failed requests, errors of the console.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server",
    "--disable-background-networking", "--disable-extensions", "--disable-component-update", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip
ON_3_AND_4 = """
import os, sys
for far, end in zip((103, 104), sys.argv[1:3]):
    os.dup2(int(end), far)
for wanted, far in ((3, 103), (4, 104)):
    os.dup2(far, wanted)
    os.close(far)
os.execvp(sys.argv[3], sys.argv[3:])
"""
COMPLAINTS = frozenset({"Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"})


@dataclass
class Browser:
    """One tab; `complaints` is what it refused or ran into."""

    to: int
    back: int
    session: str = ""
    asked: int = 0
    rest: bytes = b""
    complaints: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    def open_tab(self) -> None:
        """Make the tab and listen to it."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.size(1366, 768)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command to its answer."""
        self.asked += 1
        message: dict[str, Any] = {"id": self.asked, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self.asked:
                assert "error" not in told, told
                return cast("dict[str, Any]", told["result"])
            self._note(told)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            data = os.read(self.back, 1 << 20)
            assert data, "the browser ended"
            self.rest += data
        message, _, self.rest = self.rest.partition(b"\0")
        return cast("dict[str, Any]", json.loads(message))

    def _note(self, told: dict[str, Any]) -> None:
        self.events.append(told)
        if told.get("method") in COMPLAINTS:
            self.complaints.append(json.dumps(told["params"], ensure_ascii=False))

    def wait_for(self, method: str) -> None:
        """Until the tab tells of something that has not been waited for yet."""
        while True:
            for place, told in enumerate(self.events):
                if told.get("method") == method:
                    del self.events[: place + 1]
                    return
            self._note(self._next())

    def size(self, width: int, height: int) -> None:
        """The window."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def dark(self, on: bool) -> None:
        """What the person prefers."""
        feature = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        self.call("Emulation.setEmulatedMedia", features=[feature])

    def go(self, url: str) -> None:
        """Open an address and wait until everything of it is there."""
        self.events.clear()
        self.call("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def text(self) -> str:
        """What a person reads."""
        return str(self.ask("document.body.innerText"))

    def follow(self, click: str) -> None:
        """Run something that leads to another page, and wait for that."""
        self.events.clear()
        self.ask(f"void ({click})")
        self.wait_for("Page.loadEventFired")

    def type_into(self, selector: str, text: str) -> None:
        """Focus a field and type."""
        self.ask(f"document.querySelector({json.dumps(selector)}).focus()")
        self.call("Input.insertText", text=text)

    def picture(self, path: Path) -> None:
        """The window as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def log_in(self, url: str, login: str, password: str) -> None:
        """Through the form, as a person does."""
        self.go(f"{url}/login")
        self.type_into("#login", login)
        self.type_into("#password", password)
        self.follow("document.querySelector('form.panel button').click()")


@contextmanager
def browser() -> Iterator[Browser]:
    """A fresh browser with its own profile, ended by its process id."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    assert program, "Chromium 未安装：scripts/setup.sh test"
    profile = tempfile.mkdtemp(prefix="med-web-")
    command_in, command_out = os.pipe()
    answer_in, answer_out = os.pipe()
    pipes = (sys.executable, "-c", ON_3_AND_4, str(command_in), str(answer_out))
    argv = [*pipes, program, *FLAGS, f"--user-data-dir={profile}"]
    child = subprocess.Popen(
        argv, pass_fds=(command_in, answer_out), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(command_in)
    os.close(answer_out)
    try:
        made = Browser(command_out, answer_in)
        made.open_tab()
        yield made
    finally:
        os.close(command_out)
        os.close(answer_in)
        child.terminate()
        child.wait(20)
        shutil.rmtree(profile, ignore_errors=True)
