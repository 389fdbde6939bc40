"""A frozen manifest of a part of a snapshot, made by a program of its own from FORMATS and read by two readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sync.session.snapshot import check_segments
from sync.wire.snapshot import manifest_bytes, read_manifest
from tests.sync.wire import independent
from tests.sync.wire.test_vectors import COUNTY

FROZEN: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "snapshot.json").read_text())


def test_a_frozen_manifest_is_read_and_given_again_byte_for_byte() -> None:
    data, segment = bytes.fromhex(FROZEN["bytes"]), bytes.fromhex(FROZEN["segment"])
    part = read_manifest(data, COUNTY.sign_public, COUNTY)
    assert manifest_bytes(part, COUNTY) == data
    assert independent.snapshot(data, COUNTY.sign_public, [segment]) == FROZEN["says"]
    assert (part.part, part.parts, part.feed, part.epoch, part.upto) == (1, 3, "t:331122101", 2, 4321)
    check_segments(part, [segment])
