"""A shell with a fresh vault for each test that asks for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.shell import Shell


@pytest.fixture
def bare_shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def shell(bare_shell: Shell) -> Shell:
    assert bare_shell.create().code == 0
    return bare_shell
