"""The county's pages in a real browser: they open, they are dressed, nothing is blocked by their own policy."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from sync.center.application import application
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.pages import COOKIE
from tests.sync.center.people import add_person, cookie_for, quick
from tests.sync.center.serving import SeenFrom, served
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.fakes import a_center
from tests.sync.world import a_laptop


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served county with one case; ended when all pages were seen."""
    folder = tmp_path_factory.mktemp("county")
    center: Center = a_center(Random(5), url=f"sqlite:///{folder / 'center.db'}")
    add_person(center)
    desk = a_laptop(Random(1), center, "desk-browser")
    tell(desk, 3)
    by_network(center, desk)
    fold_dirty(center)
    token = cookie_for(center)
    with served(SeenFrom(application(center, quick), cookie=f"{COOKIE}={token}")) as made:
        yield made
    center.database.close()


def browse(address: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open a page in Chromium without a screen."""
    browser = shutil.which("chromium")
    assert browser, "scripts/setup.sh test"
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
               "--window-size=1366,768", f"--user-data-dir={folder / 'profile'}", *options, address]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"/cases/{CASE}", "签名"), pytest.param("/", "全县情况", marks=pytest.mark.full),
        pytest.param("/cases", "相邻通行", marks=pytest.mark.full),
        pytest.param("/orders", "已提出和下发", marks=pytest.mark.full),
        pytest.param("/devices", "已加入", marks=pytest.mark.full),
        pytest.param("/statistics?kind=year", "主要指标", marks=pytest.mark.full),
        pytest.param("/rules", "下发一份表", marks=pytest.mark.full),
    ],
)  # fmt: skip
def test_a_page_opens_and_nothing_is_blocked(address: str, tmp_path: Path, path: str, words: str) -> None:
    done = browse(address + path, tmp_path, "--dump-dom")
    assert words in done.stdout
    assert "Content Security Policy" not in done.stderr


def test_a_page_is_dressed(address: str, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    browse(address, tmp_path, f"--screenshot={picture}")
    from PIL import Image

    colours = Image.open(picture).convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert (23, 89, 90) in {colour for _, colour in colours}, "the style sheet was not applied"
