"""Real databases, as the records' own tests make them."""

from __future__ import annotations

import pytest

from tests.records.conftest import _postgresql_made, _sqlite_made, cluster, database

__all__ = ["_postgresql_made", "_sqlite_made", "cluster", "database"]


@pytest.fixture
def world(database: str):
    from tests.desk.acts.made import World

    return World()


@pytest.fixture
def desk(world):
    """The same, with a desk in use and everything that its policy can ask for."""
    from desk.acts.policies import adopt

    adopt("mise en service")
    return world
