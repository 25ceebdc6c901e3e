"""GeoReport v2: what the protocol promises, asked by two independent clients and by hand. peers.md §4 lists the traps."""

import io
import itertools
import re
import uuid
import xml.etree.ElementTree as ElementTree

import pytest
import requests

import pictures
from ground import anping, chunhui, grids, inside, named

itertools.ifilter = filter  # `three` was written for Python 2
import georeport  # noqa: E402
import three  # noqa: E402

ROOT = "/open311/v2"
FIELDS = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible", "service_notice",
    "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url"]
SECRET = {"first_name": "Ann", "last_name": "Seldom", "phone": "13905957777", "email": "ann.seldom@example.org", "description": "门口的灯坏了，请打 13905957777"}


@pytest.fixture(scope="session")
def key(town):
    return town.run("apikey", "a city app", "--open311").stdout.strip()


@pytest.fixture(scope="session")
def point(town):
    longitude, latitude = inside(town, chunhui(town)["id"])
    return {"lat": str(latitude), "long": str(longitude)}


def send(town, key, kind="json", files=None, headers=None, **fields):
    fields = {"service_code": "0101", "api_key": key, "description": f"灯不亮 {uuid.uuid4()}", **fields}
    data = {name: value for name, value in fields.items() if value is not None}
    return requests.post(f"{town.url}{ROOT}/requests.{kind}", data=data, files=files, headers=headers, timeout=60)


def get(town, path, **query):
    return requests.get(f"{town.url}{ROOT}/{path}", params=query, timeout=60)


def one(town, identifier):
    return get(town, f"requests/{identifier}.json").json()[0]


def refused(answer, status):
    assert answer.status_code == status, answer.text
    if "xml" in answer.headers["content-type"]:
        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        errors = [{part.tag: part.text for part in error} for error in ElementTree.fromstring(answer.content)]
        assert ElementTree.fromstring(answer.content).tag == "errors"
    else:
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        errors = answer.json()
    assert errors
    for error in errors:
        assert set(error) == {"code", "description"} and str(error["code"]) == str(status) and error["description"]
        assert not re.search(r"web\.fault|open311-", error["description"]), error
    return [error["description"] for error in errors]


# MARK: Reading

def test_discovery_in_both_formats(town):
    found = get(town, "discovery.json").json()
    assert set(found) == {"changeset", "contact", "key_service", "endpoints"}
    endpoint = found["endpoints"][0]
    assert endpoint["url"] == town.url + ROOT and set(endpoint["formats"]) == {"text/xml", "application/json"}
    answer = get(town, "discovery.xml")
    assert answer.headers["content-type"] == "text/xml; charset=utf-8" and answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    tree = ElementTree.fromstring(answer.content)
    assert tree.tag == "discovery" and tree.find("endpoints/endpoint/formats/format").text == "text/xml"
    assert tree.find("endpoints/endpoint/specification").text == "http://wiki.open311.org/GeoReport_v2"


def test_services_are_the_categories_that_are_for_everybody(town):
    services = get(town, "services.json").json()
    categories = requests.get(town.url + "/api/v1/categories", timeout=30).json()["categories"]
    restricted = {part["code"] for part in categories if part["restricted"]}
    assert restricted, "without a restricted category this test says nothing"
    assert {part["service_code"] for part in services} == {part["code"] for part in categories if not part["retired"]} - restricted
    for service in services:
        assert set(service) == {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}
        assert re.fullmatch(r"[\w-]+", service["service_code"]) and isinstance(service["metadata"], bool)
    tree = ElementTree.fromstring(get(town, "services.xml").content)
    assert [part.find("service_code").text for part in tree] == [part["service_code"] for part in services]
    assert {part.find("metadata").text for part in tree} <= {"true", "false"}
    definition = get(town, "services/0101.json").json()
    assert definition["service_code"] == "0101" and isinstance(definition["attributes"], list)
    assert ElementTree.fromstring(get(town, "services/0101.xml").content).find("attributes") is not None
    for code in [next(iter(restricted)), "9999", "x"]:
        refused(get(town, f"services/{code}.json"), 404)
        refused(get(town, f"services/{code}.xml"), 404)


def test_a_request_says_every_field_in_both_formats(town, key, point):
    sent = send(town, key, **point).json()[0]
    known = one(town, sent["service_request_id"])
    assert list(sorted(known)) == sorted(FIELDS)
    assert known["status"] == "open" and known["service_code"] == "0101"
    for name in ("requested_datetime", "updated_datetime"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", known[name])
    tree = ElementTree.fromstring(get(town, f"requests/{sent['service_request_id']}.xml").content)
    assert tree.tag == "service_requests" and [part.tag for part in tree] == ["request"]
    assert [part.tag for part in tree[0]] == FIELDS
    assert tree[0].find("media_url").text is None and tree[0].find("service_request_id").text == sent["service_request_id"]
    # The point is the grid's, the same for every matter of it, inside the grid.
    again = one(town, send(town, key, address_id=known["address_id"]).json()[0]["service_request_id"])
    assert (again["lat"], again["long"]) == (known["lat"], known["long"])
    assert (str(known["lat"]), str(known["long"])) != (point["lat"], point["long"])
    where = requests.get(town.url + "/api/v1/locations", params={"lon": known["long"], "lat": known["lat"]}, timeout=30).json()
    assert any(part["code"] == known["address_id"] for part in where["path"])


def test_filters_limits_and_pages(town, key, point):
    made = [send(town, key, service_code=code, **point).json()[0]["service_request_id"] for code in ("0101", "0201", "0101")]
    newest = get(town, "requests.json", page_size=3).json()
    assert [part["service_request_id"] for part in newest] == list(reversed(made))
    pages = [get(town, "requests.json", page=page, page_size=1).json()[0]["service_request_id"] for page in (1, 2, 3)]
    assert pages == list(reversed(made))
    assert {part["service_code"] for part in get(town, "requests.json", service_code="0201").json()} == {"0201"}
    assert {part["service_code"] for part in get(town, "requests.json", service_code="0201,0101").json()} == {"0201", "0101"}
    ids = get(town, "requests.json", service_request_id=",".join([made[0], "x", made[1], str(uuid.uuid4())]), status="closed").json()
    assert {part["service_request_id"] for part in ids} == set(made[:2])
    assert {part["status"] for part in get(town, "requests.json", status="open").json()} == {"open"}
    closed = get(town, "requests.json", status="closed").json()
    assert closed and {part["status"] for part in closed} == {"closed"}
    both = get(town, "requests.json", status="open,closed").json()
    assert {part["status"] for part in both} == {"open", "closed"} and len(both) <= 1000
    when = one(town, made[0])["requested_datetime"]
    assert made[0] in [part["service_request_id"] for part in get(town, "requests.json", start_date=when).json()]
    assert made[0] not in [part["service_request_id"] for part in get(town, "requests.json", end_date="2026-01-01T00:00:00Z").json()]
    assert get(town, "requests.json", service_code="9999").json() == []
    assert get(town, "requests.xml", service_code="9999").content.endswith(b"<service_requests/>\n")
    # An empty parameter is as good as none.
    assert len(get(town, "requests.json", service_code="", status="", start_date="", page_size=2).json()) == 2
    refused(get(town, "requests.json", status="half"), 400)
    refused(get(town, "requests.xml", start_date="01-02-2026"), 400)
    refused(get(town, "requests.json", start_date="2026-01-01T00:00:00Z", end_date="2026-04-02T00:00:00Z"), 400)
    refused(get(town, "requests.json", page=0), 400)
    refused(get(town, "requests.json", page_size=1001), 400)
    refused(get(town, "requests.json", jurisdiction_id="elsewhere.example"), 404)
    assert get(town, "services.json", jurisdiction_id="127.0.0.1").status_code == 200


def test_extensions_and_updates_follow_the_loop(town, key, point):
    identifier = send(town, key, **point).json()[0]["service_request_id"]
    office = town.signed_in("town")
    chief = town.signed_in("chief")

    def act(who, name, **facts):
        version = who.open(f"/api/v1/matters/{identifier}").json()["matter"]["version"]
        answer = who.post(
            f"{town.url}/api/v1/matters/{identifier}/{name}", json={"version": version, **facts},
            headers={"X-CSRF-Token": who.token("/account/password")}, timeout=30)
        assert answer.status_code in (200, 201), answer.text

    act(chief, "site-checks", finding="confirmed", note="内部：户主难沟通")
    act(chief, "escalations", reason="内部理由")
    while office.open(f"/api/v1/matters/{identifier}").json()["matter"]["holder"]["level"] > 0:
        act(office, "escalations", reason="内部理由")
    act(office, "handlings", reply="换了灯头，电话 13905950000")
    known = one(town, identifier)
    assert known["status"] == "open" and known["status_notes"] and known["expected_datetime"] == ""
    extended = get(town, f"requests/{identifier}.json", extensions="true").json()[0]
    assert extended["extended_attributes"] == {"stage": "handled", "reopened": 0} and extended["attributes"] == []
    assert [note["type"] for note in extended["notes"]][:2] == ["reported", "site-checked"]
    updates = [part for part in get(town, "servicerequestupdates.json", start_date=known["requested_datetime"]).json() if part["service_request_id"] == identifier]
    assert len(updates) == len(extended["notes"]) - 1 and updates[-1]["status"] == "open"
    # What the staff writes is for the reporter, who reads it by the number.
    for words in ("换了灯头", "13905950000", "内部"):
        assert words not in str(updates) + str(extended)
    tree = ElementTree.fromstring(get(town, "servicerequestupdates.xml", start_date=known["requested_datetime"]).content)
    assert tree.tag == "service_requests_updates"
    assert [part.tag for part in tree[0]] == ["update_id", "service_request_id", "status", "updated_datetime", "description", "media_url"]
    token = get(town, f"tokens/{identifier}.json").json()
    assert token == [{"service_request_id": identifier, "token": identifier}]


def test_what_is_not_there_is_refused_in_the_format_asked_for(town):
    for kind in ("json", "xml"):
        for path in (f"requests/{uuid.uuid4()}", "requests/x", f"tokens/{uuid.uuid4()}", "tokens/x", "nothing", "nothing/at/all"):
            answer = get(town, f"{path}.{kind}")
            refused(answer, 404)
            assert kind in answer.headers["content-type"]
    assert requests.delete(town.url + ROOT + "/requests.json", timeout=30).status_code == 405
    assert requests.post(town.url + ROOT + "/servicerequestupdates.xml", data={"x": "1"}, timeout=30).status_code == 405


def test_the_end_of_the_work_is_promised(town, key, point):
    known = one(town, send(town, key, **point).json()[0]["service_request_id"])
    assert known["requested_datetime"] < known["expected_datetime"] and known["expected_datetime"].endswith("Z")


# MARK: Sending

def test_a_key_is_needed(town, point):
    for kind in ("json", "xml"):
        for key in (None, "", "jl_wrong"):
            refused(send(town, key, kind, **point), 403)
    # A session of the site is no key.
    office = town.signed_in("town")
    answer = office.post(f"{town.url}{ROOT}/requests.json", data={"service_code": "0101", "description": "x", **point}, timeout=30)
    refused(answer, 403)


def test_a_key_for_sending_opens_nothing_else(town, key):
    bearer = {"Authorization": f"Bearer {key}"}
    assert requests.get(town.url + "/api/v1/matters", headers=bearer, timeout=30).status_code == 403
    assert requests.get(town.url + "/api/v1/categories", headers=bearer, timeout=30).status_code == 200


@pytest.fixture(scope="session")
def asking(town):
    """A category that asks two questions, one with choices."""
    office = town.signed_in("town")
    answer = office.submit("/office/categories/edit", {
        "request": str(uuid.uuid4()), "edition": "0", "group": "01", "nameZh": "灯杆歪斜", "nameEn": "Leaning lamp post", "tier": "small",
        "respondWithin": "4h", "finishWithin": "3d", "question-0": "灯杆编号", "question-0-en": "Number on the pole", "question-0-required": "1",
        "question-1": "往哪边歪", "question-1-en": "Which way", "question-1-options": "路中、墙边"})
    assert answer.status_code == 303, answer.text
    return next(part["service_code"] for part in get(town, "services.json").json() if part["service_name"] in ("灯杆歪斜", "Leaning lamp post"))


def test_questions_are_attributes(town, key, point, asking):
    assert next(part for part in get(town, "services.json").json() if part["service_code"] == asking)["metadata"] is True
    assert next(part for part in get(town, "services.json").json() if part["service_code"] == "0101")["metadata"] is False
    definition = requests.get(f"{town.url}{ROOT}/services/{asking}.json", headers={"Accept-Language": "en"}, timeout=30).json()
    pole, way = definition["attributes"]
    assert (pole["datatype"], pole["required"], pole["order"], pole["description"], pole["values"]) == ("string", True, 1, "Number on the pole", [])
    assert (way["datatype"], way["required"], way["order"]) == ("singlevaluelist", False, 2)
    assert way["values"] == [{"key": "路中", "name": "路中"}, {"key": "墙边", "name": "墙边"}]
    tree = ElementTree.fromstring(get(town, f"services/{asking}.xml").content)
    assert [part.tag for part in tree.find("attributes")[0]] == [
        "variable", "code", "datatype", "required", "datatype_description", "order", "description", "values"]
    assert tree.find("attributes")[1].find("values/value/key").text == "路中"
    number, side = f"attribute[{pole['code']}]", f"attribute[{way['code']}]"
    told = refused(send(town, key, service_code=asking, **point, **{side: "天上"}), 400)
    assert {line.split(":")[0] for line in told} == {number, side}
    refused(send(town, key, service_code=asking, **point, **{number: ["A-1", "A-2"]}), 400)
    refused(send(town, key, service_code=asking, **point, **{number: "x" * 201}), 400)
    sent = send(town, key, service_code=asking, **point, **{number: "A-113", side + "[]": "墙边"})
    assert sent.status_code == 201, sent.text
    identifier = sent.json()[0]["service_request_id"]
    seen = town.signed_in("town").open(f"/office/matters/{identifier}").text
    assert "A-113" in seen and "墙边" in seen
    assert "A-113" not in get(town, f"requests/{identifier}.json", extensions="true").text


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_every_fault_is_told(town, key, point, kind):
    assert any("service_code" in line for line in refused(send(town, key, kind, service_code=None, **point), 400))
    refused(send(town, key, kind, service_code="9999", **point), 404)
    told = refused(send(town, key, kind, lat="91", long="x", phone="12", email="no", media_url="javascript:alert(1)", description="x" * 4001), 400)
    for name in ("lat", "phone", "email", "media_url", "description"):
        assert any(line.startswith(name + ":") for line in told), (name, told)
    assert len(refused(send(town, key, kind), 400)) == 1
    refused(send(town, key, kind, address_string="月球背面 1 号"), 400)
    refused(send(town, key, kind, address_id="350582999"), 400)
    refused(send(town, key, kind, lat="0", long="0"), 400)
    wrong = requests.post(f"{town.url}{ROOT}/requests.{kind}", data=b"{}", headers={"Content-Type": "application/json"}, timeout=30)
    refused(wrong, 415)


def test_the_three_ways_to_say_where(town, key, point):
    estate = chunhui(town)
    ways = [point, {"address_id": estate["code"]}, {"address_id": estate["id"]}, {"address_string": f"{anping(town)['name']} {estate['name']} 3 号楼"}]
    found = [one(town, send(town, key, **way).json()[0]["service_request_id"])["address_id"] for way in ways]
    assert found[1:] == [estate["code"]] * 3 and found[0].startswith(anping(town)["code"][:12])


def test_the_reporter_is_sealed_and_nothing_personal_comes_back(town, key, point):
    sent = send(town, key, files={"media": ("a.png", pictures.png(), "image/jpeg")}, media_url="https://photos.example/1.jpg", **point, **SECRET)
    assert sent.status_code == 201, sent.text
    identifier = sent.json()[0]["service_request_id"]
    told = "".join(
        get(town, path, extensions="true").text for path in (f"requests/{identifier}.json", f"requests/{identifier}.xml", "requests.json", "servicerequestupdates.json"))
    for secret in ("Seldom", "13905957777", "ann.seldom", "门口的灯", "photos.example"):
        assert secret not in told
    # The number by which the person follows it is told to the sender only.
    number = re.search(r"\d{4} \d{4} \d{4}", sent.json()[0]["service_notice"])[0]
    assert number not in told and number.replace(" ", "") not in told
    page = requests.get(town.url + "/m/" + number.replace(" ", ""), timeout=30)
    assert page.status_code == 200
    # The staff sees the words, the photo, the link, and the person masked.
    office = town.signed_in("town")
    seen = office.open(f"/office/matters/{identifier}").text
    assert "门口的灯坏了" in seen and "https://photos.example/1.jpg" in seen and "/photos/" in seen and "a****@example.org" in seen
    assert "Seldom" not in seen and "ann.seldom" not in seen
    revealed = office.submit(f"/office/matters/{identifier}/reveal", {"reason": "回电"}, token=office.token("/account/password"))
    assert "Ann Seldom" in revealed.text and "ann.seldom@example.org" in revealed.text, revealed.status_code
    if town.engine == "sqlite":
        raw = b"".join(part.read_bytes() for part in town.folder.glob("jinlin.sqlite*"))
        assert b"Seldom" not in raw and b"ann.seldom" not in raw


def test_what_is_no_picture_is_refused(town, key, point):
    told = refused(send(town, key, files={"media": ("a.jpg", b"<script>alert(1)</script>", "image/jpeg")}, **point), 400)
    assert any(line.startswith("media:") for line in told)


def test_a_repeated_sending_is_one_report(town, key, point):
    first = send(town, key, description="同一句话", device_id="d-1", **point).json()
    assert send(town, key, description="同一句话", device_id="d-1", **point).json() == first
    assert send(town, key, description="同一句话", device_id="d-2", **point).json() != first
    header = {"Idempotency-Key": "order-1"}
    keyed = send(town, key, description="带编号的", headers=header, **point).json()
    assert send(town, key, description="带编号的", headers=header, **point).json() == keyed
    refused(send(town, key, description="别的话", headers=header, **point), 400)
    picture = pictures.png()
    with_photo = [send(town, key, description="有照片", files={"media": ("a.jpg", picture, "image/jpeg")}, **point).json() for _ in range(2)]
    assert with_photo[0] == with_photo[1]


def test_restricted_matters_never_leave(town, key, point):
    categories = requests.get(town.url + "/api/v1/categories", timeout=30).json()["categories"]
    restricted = next(part["code"] for part in categories if part["restricted"] and not part["retired"])
    refused(send(town, key, service_code=restricted, **point), 404)
    made = requests.post(
        town.url + "/api/v1/matters", json={"category": restricted, "words": "有人打诈骗电话", "grid": chunhui(town)["id"]}, timeout=30).json()
    for kind in ("json", "xml"):
        refused(get(town, f"requests/{made['id']}.{kind}"), 404)
        refused(get(town, f"tokens/{made['id']}.{kind}"), 404)
        assert made["id"] not in get(town, f"requests.{kind}").text
    assert get(town, "requests.json", service_request_id=made["id"]).json() == []


# MARK: Clients that others wrote

@pytest.mark.parametrize("kind", ["json", "xml"])
def test_the_client_georeport_reads_it(town, key, point, kind):
    client = georeport.GeoReport(town.url + ROOT, jurisdiction="127.0.0.1", output_format=kind)
    made = [send(town, key, **point).json()[0]["service_request_id"] for _ in range(2)]
    services = client.get_service_list()
    assert len(services) > 20 and {"service_code", "service_name", "metadata"} <= set(services[0])
    assert client.get_service_definition("0101")["service_code"] == "0101"
    found = client.get_service_requests(status="open")
    assert {part["service_request_id"] for part in found[:2]} == set(made)
    assert len(client.get_service_requests(service_request_id=",".join(made))) == 2
    assert client.get_service_request(made[0])["service_request_id"] == made[0]


def test_the_client_three_reads_and_writes(town, key):
    client = three.Three(town.url + ROOT, api_key=key)
    assert client.discovery()["endpoints"][0]["url"] == town.url + ROOT
    assert len(client.services()) > 20 and client.services("0101")["service_code"] == "0101"
    estate = chunhui(town)
    sent = client.post(
        "0101", address=f"{anping(town)['name']}{estate['name']}", name="Ann Seldom", phone="13905957777", description="From three",
        media=io.BytesIO(pictures.png()))
    identifier = sent[0]["service_request_id"]
    assert client.request(identifier)[0]["address_id"] == estate["code"]
    assert client.token(identifier)[0]["service_request_id"] == identifier
    assert client.requests("0101", count=1)[0]["service_request_id"] == identifier
    assert client.post("0101", address="nowhere")[0]["code"] == 400
