"""Boundaries from a file and by hand, the map's numbers and pictures, and the notice boards, in the browser."""

import collections
import copy
import html
import http.server
import json
import re
import struct
import threading
import zlib

import pytest
import requests

from ground import anping, grids
from installation import Jinlin
from test_pages import too_wide, violations


def area(visitor, grid):
    """The area of a grid as the page of its boundary writes it."""
    page = visitor.open(f"/office/grids/{grid['id']}/area").text
    return json.loads(html.unescape(re.search(r'<textarea id="area"[^>]*>(.*?)</textarea>', page, re.S)[1]))


def pair(town):
    """Two grids of level 2 in one village with nothing below them."""
    parents = {grid.get("parent") for grid in grids(town)}
    leaves = [grid for grid in grids(town) if grid["level"] == 2 and grid["kind"] != "exclusive" and grid["id"] not in parents]
    village, _ = collections.Counter(grid["parent"] for grid in leaves).most_common(1)[0]
    return [grid for grid in leaves if grid["parent"] == village][:2]


def collection(path, drawings, key="网格编码"):
    features = [{"type": "Feature", "properties": {"FID": n, key: code}, "geometry": shape} for n, (code, shape) in enumerate(drawings)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False))
    return path


def shrunk(shape, factor=0.9999):
    """The same a little smaller, around its middle."""
    ring = shape["coordinates"][0]
    x, y = (sum(corner[axis] for corner in ring[:-1]) / (len(ring) - 1) for axis in (0, 1))
    return {"type": "Polygon", "coordinates": [[[x + (cx - x) * factor, y + (cy - y) * factor] for cx, cy in ring]]}


def bring(page, file):
    page.goto("/office/area-imports")
    page.set_input_files("#file", file)
    page.click("form.card button.button")
    page.wait_for_url(re.compile(r"/office/area-imports/[0-9a-f-]{36}$"))


@pytest.mark.parametrize("width", [390, 1440])
def test_a_file_with_an_overlap_is_shown_where_it_is_wrong_and_not_written(desk, town, tmp_path, width):
    office = town.signed_in("town")
    one, other = pair(town)
    wrong = area(office, one)
    page = desk("town", width=width)
    bring(page, collection(tmp_path / "边界.geojson", [(one["code"], wrong), (other["code"], wrong), ("350582199999", wrong)]))
    assert not violations(page) and not too_wide(page)
    text = page.inner_text("main")
    assert "重叠" in text and "没有叫“350582199999”的网格" in text and "自动：网格编码" in page.inner_text("#key")
    numbers = page.locator(".findings .spot-number:not(.mild)").all_inner_texts()
    assert set(numbers) <= set(page.locator(".map .spot text").all_text_contents()), "every finding is on the map"
    assert page.locator("form[action$='/writing']").count() == 0
    assert area(office, other) != wrong, "a trial writes nothing"
    page.click("form[action$='/discarding'] button")
    page.wait_for_url("**/office/area-imports")
    assert "已放弃" in page.inner_text("main")


def test_a_sound_file_is_written_once_and_undone(desk, town, tmp_path):
    office = town.signed_in("town")
    one, _ = pair(town)
    before = area(office, one)
    smaller = shrunk(before)
    page = desk("town")
    bring(page, collection(tmp_path / "b.geojson", [(one["code"], smaller)]))
    assert "CGCS2000" in page.inner_text("#guess"), "told by the areas that are known"
    page.select_option("#crs", "gcj02")
    page.click("form.filters button")
    assert page.locator(".findings li").count() > 0, "half a kilometre away it does not fit"
    page.select_option("#crs", "")
    page.click("form.filters button")
    stale = page.locator("form[action$='/writing']").evaluate("form => Object.fromEntries(new FormData(form))")
    page.click("form[action$='/writing'] button")
    page.wait_for_selector("text=边界已写入")
    shown = page.url.split("?")[0]
    assert area(office, one) == smaller
    again = office.submit(shown.removeprefix(town.url) + "/writing", {name: stale[name] for name in ("seen", "crs", "key")}, token=office.token("/account/password"))
    assert again.status_code == 303 and area(office, one) == smaller, "written once"
    page.click("summary:has-text('整批撤销')")
    page.click("form[action$='/undoing'] button")
    page.wait_for_selector("text=已恢复以前的边界")
    assert area(office, one) == before
    assert not violations(page)


def test_a_file_of_rubbish_is_refused_in_words(desk, tmp_path):
    page = desk("town")
    for name, content in [("a.geojson", "PK\x03\x04"), ("b.geojson", "[" * 100_000), ("c.geojson", '{"type":"FeatureCollection","features":[]}')]:
        (tmp_path / name).write_text(content)
        page.goto("/office/area-imports")
        page.set_input_files("#file", tmp_path / name)
        page.click("form.card button.button")
        assert page.locator("#faults").inner_text()
    assert not violations(page)


def test_corners_are_moved_with_keys_buttons_and_the_mouse(desk, town):
    office = town.signed_in("town")
    one, _ = pair(town)
    before = area(office, one)
    page = desk("town")
    page.goto(f"/office/grids/{one['id']}/area")
    assert not violations(page)
    drawing = lambda: json.loads(page.input_value("#area"))
    corners = len(before["coordinates"][0]) - 1
    assert page.locator(".map .corner").count() == corners
    page.locator(".map .corner.chosen").focus()
    page.keyboard.press("ArrowUp")
    moved = drawing()["coordinates"][0]
    assert moved[0][1] == pytest.approx(before["coordinates"][0][0][1] + 1e-5, abs=2e-7) and moved[0] == moved[-1], "the ring stays closed"
    page.keyboard.press("PageDown")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "拐点 2"
    page.keyboard.press("Shift+ArrowLeft")
    assert drawing()["coordinates"][0][1][0] == pytest.approx(before["coordinates"][0][1][0] - 1e-4, abs=2e-7)
    page.click("[data-back]")
    page.click("[data-back]")
    assert drawing() == before
    page.click("[data-add]")
    assert page.locator(".map .corner").count() == corners + 1
    page.click("[data-remove]")
    assert page.locator(".map .corner").count() == corners
    box = page.locator(".map .corner").nth(1).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 40, steps=4)
    page.mouse.up()
    assert drawing()["coordinates"][0][1] != before["coordinates"][0][1]
    # A boundary that crosses itself comes back with the spot on the map, and what was drawn is not lost.
    crossed = copy.deepcopy(before)
    ring = crossed["coordinates"][0]
    far = len(ring) // 2
    ring[1], ring[far] = ring[far], ring[1]
    page.fill("#area", json.dumps(crossed))
    page.click("form.card button.button")
    assert "交叉" in page.inner_text(".findings") and page.locator(".map .spot").count() >= 1
    assert drawing() == crossed and area(office, one) == before
    assert not violations(page)


def test_without_scripts_a_file_still_does_it_and_the_last_change_is_taken_back(chromium, town, tmp_path):
    office = town.signed_in("town")
    _, one = pair(town)
    before = area(office, one)
    file = tmp_path / "one.geojson"
    file.write_text(json.dumps(shrunk(before)))
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=town.url, java_script_enabled=False)
    context.add_cookies([{"name": name, "value": value, "url": town.url} for name, value in office.cookies.items()])
    page = context.new_page()
    page.goto(f"/office/grids/{one['id']}/area")
    assert page.locator("[data-corners]").is_hidden()
    page.set_input_files("#file", file)
    page.click("form.card button.button")
    assert "已保存" in page.inner_text("main") and area(office, one) == shrunk(before)
    page.click("text=恢复成上一次的边界")
    assert area(office, one) == before
    context.close()


def test_the_office_map_counts_within_reach_and_the_public_one_not_at_all(desk, town):
    page = desk("town")
    page.goto("/office/map")
    assert page.locator(".map .tally").count() > 0 and page.locator(".village-list .tally").count() > 0
    page.click(".subtabs a:has-text('户数')")
    total = page.locator(".village-list .tally").first
    count, link = re.search(r"\d+", total.inner_text())[0], total.get_attribute("href")
    assert int(count) > 0 and re.fullmatch(r"/office/households\?grid=[0-9a-f-]{36}", link)
    total.click()
    assert page.locator("h1").count() == 1 and page.url.endswith(link)
    page.goto("/map")
    assert page.locator(".tally, .subtabs").count() == 0
    worker = desk("worker")
    worker.goto("/office/map?show=households")
    assert worker.locator(".village-list li").count() == worker.locator(".village-list .tally").count() == 1, "no more than their own"


def test_a_village_prints_its_notice_boards_one_a_sheet(desk, town):
    village = anping(town)
    # As the town stands now: another test may have split a grid of it.
    present = requests.get(town.url + "/api/v1/grids", timeout=30).json()["grids"]
    below = {village["id"]}
    while more := {grid["id"] for grid in present if grid.get("parent") in below} - below:
        below |= more
    page = desk("chief")
    page.goto(f"/office/grids/{village['id']}")
    page.click("text=连下级网格的公示牌")
    boards = page.locator(".board")
    assert boards.count() == len(below)
    for text in ("12345", village["code"], "网格员", "扫一扫"):
        assert text in boards.first.inner_text()
    assert boards.first.locator(".qr svg").count() == 1 and boards.first.locator(".map svg").count() == 1
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == len(below)
    assert re.search(rb"/MediaBox\s*\[0 0 59[45]", printed), "A4"


@pytest.fixture
def pictures():
    """A local stand-in for a maker of maps: one grey picture for every tile, and what was asked for."""
    row = b"\0" + b"\xcc" * 256
    part = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    tile = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", 256, 256, 8, 0, 0, 0, 0)) + part(b"IDAT", zlib.compress(row * 256)) + part(b"IEND", b"")
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(tile)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def test_an_approved_map_lies_under_the_borders_and_its_number_is_shown(chromium, town, tmp_path, pictures, monkeypatch):
    origin, asked = pictures
    monkeypatch.setenv("JINLIN_TILES_URL", origin + "/{z}/{x}/{y}.png")
    monkeypatch.setenv("JINLIN_TILES_CRS", "gcj02")
    monkeypatch.setenv("JINLIN_TILES_ATTRIBUTION", "测试地图")
    second = Jinlin.beside(town, tmp_path)
    with pytest.raises(RuntimeError, match="JINLIN_TILES_APPROVAL"):
        second.start("--no-limits")
    monkeypatch.setenv("JINLIN_TILES_APPROVAL", "GS(2024)0650号")
    second.start("--no-limits")
    try:
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=second.url)
        page = context.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        answer = page.goto("/map")
        page.wait_for_load_state("networkidle")
        assert f"img-src 'self' data: blob: {origin};" in answer.headers["content-security-policy"]
        assert "GS(2024)0650号" in page.inner_text("main") and "测试地图" in page.inner_text("main")
        shown = page.locator(".map image").count()
        assert shown >= 4 and len(asked) == shown and all(re.fullmatch(r"/1\d/\d+/\d+\.png", path) for path in asked)
        assert complaints == [] and not violations(page)
        context.close()
    finally:
        second.stop()
    assert origin not in town.browser().open("/map").headers["Content-Security-Policy"], "only where it is set"
