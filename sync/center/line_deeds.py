"""`mediator-center certificate`, and what `serve` shows on its line."""

from __future__ import annotations

import socket
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from mediator.errors import RefusedByRule
from sync.center import lines
from sync.center.county import Center
from sync.center.deeds import Result
from sync.center.lines import Notary

HERE: Final = "127.0.0.1"
LOOPBACK: Final = frozenset({HERE, "::1", "localhost"})
AUTHORITY: Final = f"{lines.FOLDER}/{lines.AUTHORITY}"


def take_options(serving: ArgumentParser, lining: ArgumentParser) -> None:
    """What concerns the encrypted line."""
    serving.add_argument("--host", default=HERE, metavar="地址", help="默认只在本机")
    serving.add_argument("--tls", action="store_true", help="在本机也走加密连接；对外总是加密的")
    lining.add_argument("--host", action="append", metavar="地址", help="网址里的主机名或者 IP 地址，可以写几次")
    lining.add_argument("--renew", action="store_true", help="换用备用的密钥，到期以前或者密钥泄露时")


def secured(options: Namespace, notary: Notary) -> dict[str, str]:
    """What the server shows on its line: on this machine alone nothing, everywhere else the county's certificate.

    Raises RefusedByRule `center.no_line` when none was made.
    """
    if options.host in LOOPBACK and not options.tls:
        return {}
    line = lines.read(Path(options.data), notary)
    if line is None:
        raise RefusedByRule("center.no_line")
    return {"ssl_certfile": str(line.certificate), "ssl_keyfile": str(line.key)}


def certificate(notary: Notary, center: Center, options: Namespace) -> Result:
    """A certificate for the service under these hosts, or those it has; with `--renew` with the key in waiting."""
    data = Path(options.data)
    held = lines.read(data, notary)
    hosts = options.host or (notary.told(held.certificate.read_bytes())[0] if held else [socket.gethostname()])
    made = lines.make(data, notary, name=center.card.name, hosts=hosts)
    if options.renew:
        made = lines.renew(data, notary, hosts)
    named, left = notary.told(made.certificate.read_bytes())
    document: dict[str, object] = {"hosts": list(named), "pins": made.pins.split(), "days": left, "file": AUTHORITY}
    words = (
        f"证书写明这些地址：{'、'.join(named)}，还有{left}天到期。",
        "重新启动 serve 以后生效；各室下次同步自动认得。",
    )
    return document, words, 0
