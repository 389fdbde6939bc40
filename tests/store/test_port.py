"""The vault keeps the port's promises."""

import pytest

from mediator.casework.desk import Desk
from mediator.store.vault import Vault
from tests.journal.port_suite import PortSuite


class TestVault(PortSuite):
    """Encrypted, on disk."""

    @pytest.fixture
    def journal(self, desk: Desk) -> Vault:
        """The vault of a fresh desk."""
        return desk.vault
