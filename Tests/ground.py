"""Where things are in the demo town, as its public pages and API tell."""

import re

import requests


def grids(town):
    if not hasattr(town, "grids"):
        town.grids = requests.get(town.url + "/api/v1/grids", timeout=30).json()["grids"]
    return town.grids


def named(town, name, level):
    return next(grid for grid in grids(town) if grid["name"].startswith(name) and grid["level"] == level)


def anping(town):
    return named(town, "安平", 1)


def chunhui(town):
    """The estate of level 3 in the grid that the demo account `worker` holds."""
    return named(town, "春晖小区", 3)


def inside(town, grid):
    """A point (longitude, latitude) that the town itself finds in this grid: the first of a lattice over its village."""
    by_id = {part["id"]: part for part in grids(town)}
    village = by_id[grid]
    while village.get("parent"):
        village = by_id[village["parent"]]
    page = requests.get(town.url + "/report", timeout=30).text
    svg = re.search(r'<svg viewBox="0 0 (\d+) (\d+)" data-west[^>]*>', page)
    width, height = int(svg[1]), int(svg[2])
    west, south, east, north = (float(re.search(rf'data-{edge}="([-0-9.]+)"', svg[0])[1]) for edge in ("west", "south", "east", "north"))
    outline = re.search(rf'd="([^"]+)" data-code="{village["code"]}"', page)[1]
    corners = [(int(x), int(y)) for x, y in re.findall(r"(\d+) (\d+)", outline)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    steps = 16
    with requests.Session() as session:
        for row in range(1, steps):
            for column in range(1, steps):
                x, y = left + (right - left) * column / steps, top + (bottom - top) * row / steps
                longitude, latitude = round(west + x / width * (east - west), 6), round(north - y / height * (north - south), 6)
                found = session.get(
                    f"{town.url}/api/v1/locations", params={"lon": longitude, "lat": latitude, "crs": "wgs84"}, timeout=30).json()
                if any(part["id"] == grid for part in found["path"]):
                    return longitude, latitude
    raise AssertionError(f"no point found in {by_id[grid]['name']}")
