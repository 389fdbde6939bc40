"""The office's way out: an administrator's proxy, kept in the vault; without one none is used and none is guessed."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from mediator.errors import Unacceptable
from mediator.store.vault import Vault

SETTING: Final = "proxy"
LONGEST: Final = 300


def proxy_of(vault: Vault) -> str:
    """The proxy that requests to the county go through, empty for none."""
    return vault.setting(SETTING) or ""


def keep_proxy(vault: Vault, address: str) -> str:
    """Keep a proxy, or none for an empty address; gives what was kept. Raises Unacceptable `sync.proxy`."""
    kept = checked_proxy(address.strip())
    vault.keep_setting(SETTING, kept)
    return kept


def checked_proxy(address: str) -> str:
    """`http://host:port`, with a name and a password where the office asks for them; http:// may be left out.

    The line to a proxy is open by nature: what goes through it is TLS to the county and to nobody else. Raises
    Unacceptable `sync.proxy` without repeating what was typed, for a password may stand in it.
    """
    if not address:
        return ""
    whole = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(whole)
        sound = parts.scheme == "http" and bool(parts.hostname) and bool(parts.port)
        sound = sound and parts.path in ("", "/") and not (parts.query or parts.fragment)
    except ValueError:
        sound = False
    if not sound or len(whole) > LONGEST or not whole.isascii() or any(char.isspace() for char in whole):
        raise Unacceptable("sync.proxy")
    return whole.rstrip("/")


def shown(proxy: str) -> str:
    """A proxy without its password."""
    parts = urlsplit(proxy)
    return f"{parts.hostname}:{parts.port}" if proxy else ""
