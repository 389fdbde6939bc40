"""The six sample cases that come with the program, as case files; their facts are published, the rest says so."""

from __future__ import annotations

from importlib import resources


def sample_files() -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of each sample case, in order."""
    folder = resources.files("mediator.casework").joinpath("data/samples")
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".json")), key=lambda each: each.name)
    return tuple((each.name.removesuffix(".json"), each.read_bytes()) for each in files)
