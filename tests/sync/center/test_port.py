"""The county's keeper keeps the port's promises, on both databases."""

import pytest

from sync.center.county import Center
from sync.center.keeping import Keeper
from tests.journal.port_suite import PortSuite


class TestKeeper(PortSuite):
    """On SQL."""

    @pytest.fixture
    def journal(self, center: Center) -> Keeper:
        """An empty county."""
        return Keeper(center)
