"""The journal over a list keeps the port's promises."""

import pytest

from tests.journal.list_journal import ListJournal
from tests.journal.port_suite import PortSuite


class TestListJournal(PortSuite):
    """The fake that other tests trust."""

    @pytest.fixture
    def journal(self) -> ListJournal:
        """An empty one."""
        return ListJournal()
