"""Where things lie on this platform when nobody says otherwise."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """The platform's folder for this user's data of the program."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "Mediator"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Mediator"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "mediator"


def default_vault() -> Path:
    """The vault that is meant when no `--vault` is given."""
    return data_folder() / "vault"
