"""Public matters as Atom, RSS and GeoJSON: read by a reader that others wrote, and never more than everybody may know."""

import feedparser
import pytest
import requests

from ground import anping, chunhui, grids, named

SAID = "门口的灯坏了，请打 13905958888"


@pytest.fixture(scope="module")
def reported(town):
    def report(category, grid):
        answer = requests.post(
            town.url + "/api/v1/matters", json={"category": category, "words": SAID, "grid": grid["id"], "phone": "13905958888", "name": "某某甲乙"}, timeout=30)
        assert answer.status_code == 201, answer.text
        return answer.json()

    categories = requests.get(town.url + "/api/v1/categories", timeout=30).json()["categories"]
    restricted = next(part["code"] for part in categories if part["restricted"] and not part["retired"])
    return {
        "here": report("0101", chunhui(town)), "there": report("0101", named(town, "瑶前", 1)), "restricted": report(restricted, chunhui(town))}


def get(town, path):
    answer = requests.get(town.url + path, timeout=30)
    assert answer.status_code == 200, answer.text
    for secret in (SAID, "13905958888", "某某甲乙"):
        assert secret not in answer.text
    return answer


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_can_be_read(town, reported, kind):
    answer = get(town, f"/feeds/matters.{kind}")
    assert answer.headers["content-type"] == f"application/{kind}+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo and feed.version == {"atom": "atom10", "rss": "rss20"}[kind]
    assert feed.feed.title and feed.feed.link.startswith(town.url) and 2 <= len(feed.entries) <= 50
    by_id = {entry.id.removeprefix("urn:uuid:"): entry for entry in feed.entries}
    assert {reported["here"]["id"], reported["there"]["id"]} <= set(by_id)
    assert reported["restricted"]["id"] not in answer.text and reported["restricted"]["number"] not in answer.text
    assert not any(matter["number"] in answer.text for matter in reported.values())
    entry = by_id[reported["here"]["id"]]
    assert "春晖小区" in entry.title and entry.summary and entry.link == f"{town.url}/places/{chunhui(town)['id']}"
    assert requests.get(entry.link, timeout=30).status_code == 200


@pytest.mark.parametrize("kind", ["atom", "rss", "geojson"])
def test_a_village_has_its_own(town, reported, kind):
    text = get(town, f"/feeds/villages/{anping(town)['id']}/matters.{kind}").text
    assert reported["here"]["id"] in text and reported["there"]["id"] not in text and reported["restricted"]["id"] not in text
    for wrong in (chunhui(town)["id"], "x", "0197b5a0-0000-7000-8000-000000000000"):
        assert requests.get(f"{town.url}/feeds/villages/{wrong}/matters.{kind}", timeout=30).status_code == 404


def test_a_map_shows_grids_and_no_spot(town, reported):
    answer = get(town, "/feeds/matters.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    features = {feature["id"]: feature for feature in answer.json()["features"]}
    assert reported["here"]["id"] in features and reported["restricted"]["id"] not in features
    points = {}
    for feature in features.values():
        assert set(feature) == {"type", "id", "geometry", "properties"} and feature["geometry"]["type"] == "Point"
        points.setdefault(feature["properties"]["grid"], set()).add(tuple(feature["geometry"]["coordinates"]))
    assert all(len(found) == 1 for found in points.values()), "two matters of one grid stand apart"
    longitude, latitude = features[reported["here"]["id"]]["geometry"]["coordinates"]
    found = requests.get(town.url + "/api/v1/locations", params={"lon": longitude, "lat": latitude}, timeout=30).json()
    assert any(part["id"] == chunhui(town)["id"] for part in found["path"])
    assert {part["id"] for part in grids(town)} >= set(points)
