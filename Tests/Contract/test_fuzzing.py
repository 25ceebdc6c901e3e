"""schemathesis makes requests from our own description, GeoReport v2 and feeds included, and holds the answers against it.

The same requests at every run: no seed is drawn, and so many examples are made and no more.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks

checks.load_all_checks()
EXAMPLES = 12
# What a request may lawfully be refused for although its schema allows it (an unknown grid, a place outside the town) is not in a schema.
LEFT_OUT = {"positive_data_acceptance"}
CHECKS = [check for check in checks.CHECKS.get_all() if check.__name__ not in LEFT_OUT]


@pytest.fixture(scope="session")
def key(town):
    return town.run("apikey", "fuzzing").stdout.strip()


@pytest.fixture(scope="session")
def described(town):
    return schemathesis.openapi.from_url(town.url + "/api/openapi.json", timeout=30)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_the_api_is_what_it_says(case, key):
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS, timeout=30)
