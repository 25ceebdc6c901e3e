import os

import pytest
import requests

from installation import SCALE, Jinlin


@pytest.fixture(scope="session")
def engine():
    return os.environ.get("JINLIN_TEST_ENGINE", "sqlite")


@pytest.fixture(scope="session")
def town(tmp_path_factory, engine):
    """The demo town, served."""
    jinlin = Jinlin(tmp_path_factory.mktemp("town"), engine)
    made = jinlin.run("demo", "--seed", "7", "--scale", SCALE)
    jinlin.accounts = made.stdout
    # All visitors of a test come from one address, so the limits of calls a minute are off here; test_input.py tries them.
    jinlin.start("--no-limits")
    # Tests open grids and appoint people; these are the figures of the town as it was made.
    jinlin.overview = requests.get(jinlin.url + "/api/v1/overview", timeout=30).json()
    yield jinlin
    jinlin.stop()
