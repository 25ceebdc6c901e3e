"""`/api/openapi.json` describes the API, and the API is what it describes."""

import datetime
import re
import xml.etree.ElementTree as ElementTree

import pytest
import requests
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

import pictures
from ground import anping, chunhui, grids, named
from installation import Visitor

DRAFT = {"category": "0101", "words": "巷口的灯坏了"}


@pytest.fixture(scope="session")
def document(town):
    answer = requests.get(town.url + "/api/openapi.json", timeout=30)
    assert answer.status_code == 200
    return answer.json()


@pytest.fixture(scope="session")
def office(town):
    return town.signed_in("town")


@pytest.fixture(scope="session")
def reported(town):
    answer = requests.post(town.url + "/api/v1/matters", json={**DRAFT, "grid": chunhui(town)["id"]}, timeout=30)
    assert answer.status_code == 201, answer.text
    return answer.json()


def check(document, operation, answer):
    """The status is documented, and the body is what the document says of it."""
    described = operation["responses"].get(str(answer.status_code))
    assert described, f"{answer.status_code} is not documented: {answer.text[:200]}"
    kind, media = next(iter(described["content"].items()))
    assert answer.headers["content-type"].split(";")[0] == kind
    if kind.startswith("image/"):
        assert answer.content.startswith(b"\xff\xd8"), "a JPEG"
        return
    if not kind.endswith("json"):
        ElementTree.fromstring(answer.content)
        return
    schema = {**media["schema"], "components": document["components"]}
    faults = [f"{fault.json_path}: {fault.message}" for fault in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(answer.json())]
    assert not faults, faults[:5]
    # What is answered beyond what is described would be missed by whoever reads the document only.
    unknown = undescribed(answer.json(), media["schema"], document)
    assert not unknown, f"answered but not described: {unknown}"


def undescribed(body, schema, document, path=""):
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for choice in schema.get("anyOf", []):
        if (choice.get("type") == "null") == (body is None):
            return undescribed(body, choice, document, path)
    if isinstance(body, dict) and "properties" in schema:
        known = schema["properties"]
        return [f"{path}/{name}" for name in body if name not in known] + [
            found for name in body if name in known for found in undescribed(body[name], known[name], document, f"{path}/{name}")]
    if isinstance(body, list):
        return [found for item in body[:20] for found in undescribed(item, schema["items"], document, path)]
    return []


def gets(document):
    return {path: methods["get"] for path, methods in document["paths"].items() if "get" in methods}


def test_the_document_is_valid(document):
    validate(document)
    ids = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids)) and len(ids) >= 10


def points(town, path):
    """This week's round of 瑶前 and a household with a wallet."""
    chief, yaoqian = town.signed_in("chief-yaoqian"), named(town, "瑶前", 1)["id"]
    home = f"/office/points/{yaoqian}"
    chief.submit(f"{home}/rounds", {"week": str(datetime.date.today())})
    opened = re.search(r"/office/points/rounds/([0-9a-f-]{36})", chief.open(home).text)[1]
    target = re.search(r"/sheets/([0-9a-f-]{36})", chief.open(f"/office/points/rounds/{opened}").text)[1]
    household = re.search(r"households/([0-9a-f-]{36})", chief.open(f"{home}/households").text)[1]
    return path.replace("{round}", opened).replace("{target}", target).replace("{household}", household)


def brought(town):
    """A sheet that the town office has brought."""
    if not hasattr(town, "brought"):
        office = town.signed_in("town")
        place = named(town, "安平", 1)["id"]
        answer = office.submit(
            "/office/imports", {"kind": "grids", "place": place}, files={"file": ("a.csv", "村,网格名称\n没有这个村,乙\n".encode(), "text/csv")},
            token=office.token("/office/imports"))
        assert answer.status_code == 303, answer.text
        town.brought = answer.headers["Location"].rsplit("/", 1)[1]
    return town.brought


def photographed(town):
    """A photo that came with a report."""
    if not hasattr(town, "photographed"):
        words = "带照片的接口测试"
        sent = Visitor(town.url).report(
            {"category": "0101", "words": words, "grid": chunhui(town)["id"]}, files={"photos": ("a.png", pictures.png(), "image/png")})
        assert sent.status_code == 303, sent.text
        office = town.signed_in("town")
        matter = office.open("/api/v1/matters", params={"text": words}).json()["matters"][0]["id"]
        town.photographed = office.open(f"/api/v1/matters/{matter}/photos").json()["photos"][0]["id"]
    return town.photographed


def asked(town):
    """Somebody of a unit outside the grids, and what the unit is asked."""
    if not hasattr(town, "asked"):
        members = [town.signed_in(login) for login in ("police", "power", "enforcement")]
        found = [(member, task["id"]) for member in members for ended in ("true", "false")
                 for task in member.open(f"/api/v1/unit-requests?open={ended}").json()["tasks"]]
        town.asked = found[0]
    return town.asked


def fill(path, town, reported, grid=None):
    if path.startswith("/api/v1/points/"):
        return points(town, path)
    if "{import}" in path:
        return path.replace("{import}", brought(town))
    if "{household}" in path or "{person}" in path:
        home = next(home for home in town.signed_in("town").open("/api/v1/households").json()["households"] if home["members"])
        path = path.replace("{household}", home["id"]).replace("{person}", home["members"][0]["id"])
    if "{photo}" in path:
        path = path.replace("{photo}", photographed(town))
    if "{task}" in path or "{request}" in path:
        task = asked(town)[1]
        path = path.replace("{task}", task).replace("{request}", task)
    if "{property}" in path:
        path = path.replace("{property}", town.signed_in("town").open("/api/v1/properties").json()["properties"][0]["id"])
    path = path.replace("{category}", "0101")
    return path.replace("{grid}", (grid or anping(town))["id"]).replace("{matter}", reported["id"]).replace("{number}", reported["number"])


def test_every_get_answers_as_described(document, town, office, reported):
    query = {
        "/api/v1/locations": "?lon=118.475&lat=24.718", "/api/v1/near-matters": "?category=0101&longitude=118.475&latitude=24.718",
    }
    for path, operation in gets(document).items():
        address = fill(path, town, reported)
        # What a unit is asked, only its own people see.
        reader = asked(town)[0] if "/unit-requests" in path else office
        assert "{" not in address, f"this test does not know what stands for the braces in {path}"
        answer = reader.open(address + query.get(path, ""))
        assert answer.status_code == 200, (path, answer.text)
        check(document, operation, answer)
        if operation["security"]:
            refused = requests.get(town.url + address, timeout=30)
            assert refused.status_code == 401, path
            check(document, operation, refused)
        else:
            assert requests.get(town.url + address + query.get(path, ""), timeout=30).status_code == 200
        for missing in re.findall(r"\{[a-z]+\}", path):
            for value in ("0197b5a0-0000-7000-8000-000000000000", "nonsense", "000000000000"):
                answer = reader.open(path.replace(missing, value))
                assert answer.status_code in (404, 422), (path, value, answer.status_code)
                check(document, operation, answer)


def test_every_parameter_of_a_list_is_understood(document, town, office, reported):
    """A documented parameter with a value of its schema is taken, with one outside it is refused."""
    good = {"after": None, "limit": "5", "open": "true", "stage": "collected", "category": "0101", "grid": anping(town)["id"], "text": "灯",
            "tier": "small", "channel": "phone", "due": "late", "hands": "mine", "from": "2026-01-01", "to": "2026-12-31"}
    bad = {"after": "x", "limit": "0", "open": "perhaps", "stage": "nowhere", "grid": "x", "text": "x" * 101, "tier": "x", "channel": "x", "due": "x",
           "hands": "x", "from": "2026-02-30", "to": "x"}
    operation = document["paths"]["/api/v1/matters"]["get"]
    assert {part["name"] for part in operation["parameters"]} == set(good)
    for name, value in good.items():
        if value is not None:
            answer = office.open("/api/v1/matters", params={name: value})
            assert answer.status_code == 200, (name, answer.text)
            check(document, operation, answer)
    for name, value in bad.items():
        answer = office.open("/api/v1/matters", params={name: value})
        assert answer.status_code == 422, (name, answer.status_code)
        assert answer.json()["errors"][0]["pointer"] == f"/{name}"
        check(document, operation, answer)


def test_pages_of_the_list_join_without_gap_or_repeat(town, office):
    for index in range(7):
        assert requests.post(
            town.url + "/api/v1/matters", json={**DRAFT, "words": f"连着第 {index} 件", "grid": chunhui(town)["id"]}, timeout=30).status_code == 201
    whole = office.open("/api/v1/matters", params={"limit": 100, "text": "连着第"}).json()["matters"]
    found, after = [], None
    while True:
        page = office.open("/api/v1/matters", params={"limit": 3, "text": "连着第", **({"after": after} if after else {})}).json()
        found += page["matters"]
        after = page.get("next")
        if not after:
            break
    assert [matter["id"] for matter in found] == [matter["id"] for matter in whole]
    assert len(found) == 7


def test_a_matter_goes_its_way_through_the_api(document, town, office):
    """Every act of the API once, and the version each has to name."""
    chief = town.signed_in("chief")
    number = requests.post(town.url + "/api/v1/matters", json={**DRAFT, "grid": chunhui(town)["id"]}, timeout=30).json()
    path = f"/api/v1/matters/{number['id']}"

    def act(who, name, version, **facts):
        answer = who.post(
            town.url + f"{path}/{name}", json={"version": version, **facts}, headers={"X-CSRF-Token": who.token("/account/password")}, timeout=30)
        if answer.status_code < 500:
            check(document, document["paths"]["/api/v1/matters/{matter}/" + name]["post"], answer)
        return answer

    version = office.open(path).json()["matter"]["version"]
    stale = version
    for who, name, facts, stage in [
        (chief, "site-checks", {"finding": "confirmed"}, "accepted"),
        (chief, "escalations", {"reason": "要镇里办"}, "accepted"),
    ]:
        answer = act(who, name, version, **facts)
        assert answer.status_code in (200, 201), answer.text
        seen = office.open(path).json()
        assert seen["matter"]["stage"] == stage and seen["matter"]["version"] == version + 1
        version += 1
    for _ in range(3):
        if office.open(path).json()["matter"]["holder"]["level"] == 0:
            break
        assert act(office, "escalations", version, reason="要镇里办").status_code in (200, 201)
        version += 1
    assert office.open(path).json()["matter"]["holder"]["level"] == 0
    assert act(chief, "handlings", version, reply="办好了").status_code == 403
    assert act(office, "handlings", stale, reply="办好了").status_code == 409
    assert act(office, "returns", version, reason="村里能办").status_code in (200, 201)
    version += 1
    assert act(chief, "handlings", version, reply="办好了").status_code in (200, 201)
    version += 1
    assert act(chief, "follow-ups", version, way="phone", satisfied=True).status_code == 403
    assert act(office, "follow-ups", version, way="phone", satisfied=False).status_code in (200, 201)
    version += 1
    assert office.open(path).json()["matter"]["reopened"] == 1
    assert act(chief, "handlings", version, reply="又办好了").status_code in (200, 201)
    version += 1
    assert act(office, "follow-ups", version, way="visit", satisfied=True, rating=5).status_code in (200, 201)
    closed = office.open(path).json()
    assert closed["matter"]["stage"] == "closed" and "closedAt" in closed["matter"]
    assert act(office, "handlings", closed["matter"]["version"], reply="x").status_code == 409


def test_the_overview_is_the_articles(town):
    overview = town.overview
    assert overview["grids"] == {"level1": 42, "level2": 228, "level3": 72}
    assert overview["workers"] == {"total": 1014, "level1": 224, "level2": 646, "level3": 144}
    assert overview["cadres"] == {"total": 122, "townLeads": 27, "townDeputies": 42, "instructors": 53}
    villages = {village["name"]: (village["level2"], village["level3"]) for village in overview["villages"]}
    assert len(overview["villages"]) == len(villages) == len({village["code"] for village in overview["villages"]}) == 42
    named = {name: next(value for full, value in villages.items() if full.startswith(name)) for name in ("安平", "兴胜", "瑶前", "前埔")}
    assert named == {"安平": (10, 22), "兴胜": (8, 0), "瑶前": (3, 0), "前埔": (7, 7)}
    assert sum(level2 for level2, _ in villages.values()) == 228
    assert sum(level3 for _, level3 in villages.values()) == 72


def test_the_list_of_grids_agrees_with_the_overview(town):
    levels = [grid["level"] for grid in grids(town)]
    assert [levels.count(level) for level in (1, 2, 3)] == [42, 228, 72]
    by_id = {grid["id"]: grid for grid in grids(town)}
    for grid in grids(town):
        if grid["level"] == 1:
            assert "parent" not in grid
        else:
            assert by_id[grid["parent"]]["level"] == grid["level"] - 1
    assert sum(1 for grid in grids(town) if grid.get("parent") == anping(town)["id"]) == 10


def test_the_lists_of_the_registers_refuse_what_their_parameters_are_not(document, town, office):
    for path, bad in {
        "/api/v1/people": {"q": "x" * 81}, "/api/v1/households": {"grid": "x", "address": "x" * 41, "after": "x"},
        "/api/v1/care": {"grid": "x", "kind": "x", "due": "perhaps"}, "/api/v1/enterprises": {"grid": "x", "kind": "x", "text": "x" * 41, "after": "x"},
        "/api/v1/properties": {"grid": "x", "kind": "x", "use": "x", "text": "x" * 41, "after": "x"},
    }.items():
        operation = document["paths"][path]["get"]
        assert {part["name"] for part in operation["parameters"]} == set(bad), path
        for name, value in bad.items():
            answer = office.open(path, params={name: value})
            assert answer.status_code == 422, (path, name, answer.text)
            check(document, operation, answer)
        check(document, operation, office.open(path, params={"grid": "0197b5a0-0000-7000-8000-000000000000"}))
