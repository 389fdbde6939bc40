"""The signed list beside a dossier: a changed word, a changed volume and a stranger's file are told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mediator.casework import dossier, manifest
from mediator.casework.desk import Desk
from mediator.errors import Unacceptable
from tests.casework.test_dossier import a_finished_case

# FORMATS.md, "Dossier": made by another program with the key of RFC 8032, 7.1, TEST 1. Frozen.
SM3 = "06b52e636d18d0802a0baaa3f96c607e24b880d587becf0d42c57d867e4305c1"
VECTORS = Path(__file__).parent / "vectors"


def test_the_list_that_was_frozen_speaks_of_the_volume_beside_it() -> None:
    body = manifest.compared(VECTORS / "dossier.json", VECTORS / "dossier.pdf")
    assert (body["number"], body["items"][0]["entry"]) == ("（2026）缙壶民调字第0031号", f"{body['desk']}:7")
    assert body["pdf"]["sm3"] == SM3


def test_a_changed_list_or_volume_is_known(desk: Desk, tmp_path: Path) -> None:
    filed = dossier.file(desk, a_finished_case(desk), out=tmp_path)
    told: dict[str, Any] = json.loads(filed.manifest.read_bytes())
    told["body"]["pdf"]["pages"] += 1
    for data, code in (
        (json.dumps(told).encode(), "signature.bad"), (b"{}", "dossier.manifest"), (b"\xff", "dossier.manifest"),
        (b"[" * 100_000, "dossier.manifest"), (b'{"body": {"format": "x"}}', "dossier.manifest"),
    ):  # fmt: skip
        with pytest.raises(Unacceptable) as caught:
            manifest.opened(data)
        assert caught.value.code == code
    filed.file.write_bytes(filed.file.read_bytes() + b"\n")
    with pytest.raises(Unacceptable, match=r"dossier\.changed"):
        manifest.compared(filed.manifest, filed.file)
