"""An office's proxy: none unless an administrator wrote one, and never a place where something may hide."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework import opening, proxies
from mediator.errors import Unacceptable
from tests.casework.desks import a_desk


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("", "", ""),
        ("10.1.2.3:8080", "http://10.1.2.3:8080", "10.1.2.3:8080"),
        (" http://proxy.office:3128/ ", "http://proxy.office:3128", "proxy.office:3128"),
        ("http://li:geheim@proxy.office:3128", "http://li:geheim@proxy.office:3128", "proxy.office:3128"),
    ],
)
def test_host_and_port_are_enough_and_a_password_is_never_shown(
    tmp_path: Path, typed: str, kept: str, shown: str
) -> None:
    desk = a_desk(tmp_path / "vault")
    assert proxies.proxy_of(desk.vault) == ""
    assert proxies.keep_proxy(desk.vault, typed) == kept
    assert proxies.proxy_of(desk.vault) == kept
    assert proxies.shown(kept) == shown
    opening.lock(desk)


@pytest.mark.parametrize(
    "typed",
    ["proxy.office", "https://proxy:443", "socks5://proxy:1080", "http://proxy:0", "http://proxy:99999", "http://:80",
     "http://proxy:80/path", "http://proxy:80?x", "http://proxy:80#x", "http://pro xy:80", "http://[::1:80", "代理:80",
     "a" * 400 + ":80", "file:///etc/passwd"],
)  # fmt: skip
def test_anything_else_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(Unacceptable, match=r"sync\.proxy") as caught:
        proxies.checked_proxy(typed)
    assert caught.value.where == ""


@given(st.text(max_size=40))
def test_no_text_brings_the_check_down(text: str) -> None:
    for typed in (text, f"http://{text}", f"http://{text}:80", f"{text}@h:80"):
        with suppress(Unacceptable):
            assert proxies.checked_proxy(typed).startswith("http://") or typed == ""
