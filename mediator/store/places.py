"""Where a vault may lie: on a disk of this machine. Elsewhere locks and syncs promise little (T19)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from mediator.errors import RefusedByRule

NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone", "davfs"}
)
DRIVE_REMOVABLE: Final = 2
DRIVE_REMOTE: Final = 4
BLOCK_DEVICES: Final = Path("/sys/dev/block")
MOUNTS: Final = Path("/proc/self/mountinfo")


def refuse_place(trouble: str) -> None:
    """Raise RefusedByRule `vault.network_drive` or `vault.removable` when the place has such a trouble."""
    if trouble:
        raise RefusedByRule(trouble)


def trouble_with(folder: Path) -> str:
    """`vault.network_drive`, `vault.removable`, or nothing; a system that does not tell is trusted."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    place = place.resolve()
    try:
        return windows_trouble(place) if sys.platform == "win32" else posix_trouble(place)
    except OSError:
        return ""


def posix_trouble(place: Path) -> str:
    """By the kind of the file system, and by what the device says of itself."""
    if MOUNTS.is_file() and kind_of(MOUNTS.read_text(errors="replace"), place) in NETWORK:
        return "vault.network_drive"
    number = place.stat().st_dev
    return "vault.removable" if is_removable(BLOCK_DEVICES / f"{os.major(number)}:{os.minor(number)}") else ""


def kind_of(mounts: str, place: Path) -> str:
    """The kind of file system that a folder lies on, by the lines of `mountinfo`; empty when none fits."""
    found = ("", "")
    for line in mounts.splitlines():
        head, _, tail = line.partition(" - ")
        fields, kind = head.split(" "), tail.split(" ")[0]
        point = fields[4].replace("\\040", " ") if len(fields) > 4 else ""
        if point and place.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def is_removable(device: Path) -> bool:
    """True for a disk that says so, or for a part of one."""
    return any(
        flag.is_file() and flag.read_text().strip() == "1"
        for flag in (device / "removable", device.resolve().parent / "removable")
    )


def windows_trouble(place: Path) -> str:
    """By the kind of the drive."""
    import ctypes

    kind = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)  # type: ignore[attr-defined]  # on Windows alone
    return {DRIVE_REMOVABLE: "vault.removable", DRIVE_REMOTE: "vault.network_drive"}.get(kind, "")
