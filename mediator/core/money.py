"""Money as integer fen, in figures and in words."""

from typing import NewType

Fen = NewType("Fen", int)
