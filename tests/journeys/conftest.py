"""Days are as quiet as single pages: no warning of Qt, no error in a slot."""

from tests.ui.conftest import county, empty, quiet

__all__ = ["county", "empty", "quiet"]
