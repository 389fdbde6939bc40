"""Where a vault lies when nobody says: the platform's own place for a user's data."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mediator.commands.places import data_folder, default_vault

HOME = Path("/home/li")


@pytest.mark.parametrize(
    ("platform", "environment", "place"),
    [
        ("linux", {}, HOME / ".local/share/mediator"),
        ("linux", {"XDG_DATA_HOME": ""}, HOME / ".local/share/mediator"),
        ("linux", {"XDG_DATA_HOME": "/data/li"}, Path("/data/li/mediator")),
        ("darwin", {"XDG_DATA_HOME": "/data/li"}, HOME / "Library/Application Support/Mediator"),
        ("win32", {}, HOME / "AppData/Local/Mediator"),
        ("win32", {"LOCALAPPDATA": "/d/Local"}, Path("/d/Local/Mediator")),
    ],
)
def test_each_platform_has_its_own_place(
    platform: str, environment: dict[str, str], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: HOME)
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert data_folder() == place
    assert default_vault() == place / "vault"
