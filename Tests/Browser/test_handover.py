"""A grid changes hands, is split and merged: as the grid chief does it, without JavaScript and in the browser."""

import datetime
import re

import pytest

from ground import anping, grids

TODAY = str(datetime.date.today())


def first(pattern, text):
    found = re.search(pattern, text)
    assert found, f"no {pattern}"
    return found[1]


@pytest.fixture(scope="module")
def chief(town):
    return town.signed_in("chief")


@pytest.fixture
def staffed(town, chief):
    """A new level-2 grid of 安平 with a worker of its own, entered by name and telephone, and somebody who may take over."""
    village = anping(town)["id"]
    number = str(datetime.datetime.now().timestamp()).replace(".", "")[-9:]
    form = f"/office/grids/{village}/children"
    answer = chief.submit(form, {"kind": "residential", "nameZh": f"试验网格{number}", "from": "2024-01-01"}, token=chief.token(form))
    assert answer.status_code == 303, answer.text
    card = answer.headers["Location"]
    names = [f"林离任{number}", f"陈接手{number}"]
    for name, to in zip(names, ["", "2024-12-31"]):
        fields = {"post": "gridWorker", "person": name, "phone": "154" + number[-8:], "employment": "full", "from": "2024-01-01", "to": to}
        answer = chief.submit(card + "/posts", fields, token=chief.token(card + "/posts"))
        assert answer.status_code == 303, answer.text
    return {"card": card, "grid": card.rsplit("/", 1)[1], "leaver": names[0], "successor": names[1]}


def test_a_post_changes_hands_and_both_sign(town, desk, chief, staffed):
    page = desk("chief", width=390)
    page.goto(staffed["card"])
    page.locator("li", has_text=staffed["leaver"]).get_by_role("link", name="交接").click()
    page.fill("#successor", "没有这个人")
    page.fill("#keys", "服务站大门钥匙 2 把\n仓库钥匙 1 把")
    page.fill("#remarks", "三里巷独居老人要多走")
    page.click("form.card button.button")
    # Told beside the field; what was typed stays.
    page.wait_for_selector("#successor-fault")
    assert "2 把" in page.input_value("#keys")
    page.fill("#successor", staffed["successor"])
    page.click("form.card button.button")
    page.wait_for_url(re.compile("/office/handovers/"))
    pack = page.inner_text("main")
    assert staffed["leaver"] in pack and staffed["successor"] in pack and "仓库钥匙 1 把" in pack
    assert "交出人签字" in pack and "接手人签字" in pack
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(media="print")
    assert not page.locator(".actions").first.is_visible() and page.locator(".signatures li").count() == 2
    card = chief.open(staffed["card"]).text
    assert staffed["successor"] in card and staffed["leaver"] not in card
    # The list, the sheet, and nobody else's.
    assert page.url.rsplit("/", 1)[1] in chief.open(f"/office/handovers?grid={staffed['grid']}").text
    sheet = chief.open(f"/office/exports/handover/file?handover={page.url.rsplit('/', 1)[1]}&format=csv")
    assert sheet.status_code == 200 and "仓库钥匙" in sheet.content.decode("utf-8-sig")
    assert town.signed_in("chief-yaoqian").open(page.url.removeprefix(town.url)).status_code == 404


def test_a_lane_goes_to_a_new_grid_and_comes_back(town, chief, staffed):
    lane = f"试验{staffed['grid'][-6:]}巷"
    homes = []
    for number in (1, 2):
        answer = chief.submit("/office/households/new", {"grid": staffed["grid"], "address": f"{lane}{number}号"},
                              token=chief.token("/office/households/new"))
        assert answer.status_code == 303, answer.text
        homes.append(answer.headers["Location"].removesuffix("/residents"))
    form = staffed["card"] + "/split"
    page = chief.open(form).text
    assert f"{lane}1号" in page
    fields = {"by": "address", "address": f"{lane}1", "target": "new", "nameZh": f"新{lane}", "kind": "residential", "day": TODAY}
    refused = chief.submit(form, fields | {"address": "没有这条巷"}, token=chief.token(form))
    assert refused.status_code == 422 and "address-fault" in refused.text
    done = chief.submit(form, fields, token=chief.token(form))
    assert done.status_code == 303, done.text
    new = done.headers["Location"].rsplit("/", 1)[1]
    assert new != staffed["grid"] and f"新{lane}" in chief.open(homes[0]).text and f"新{lane}" not in chief.open(homes[1]).text
    # The new grid began today, so it cannot have ended yesterday.
    early = chief.submit(f"/office/grids/{new}/merger", {"target": staffed["grid"], "day": TODAY}, token=chief.token(form))
    assert early.status_code == 422 and "day-fault" in early.text
    merged = chief.submit(staffed["card"] + "/merger", {"target": new, "day": TODAY}, token=chief.token(form))
    assert merged.status_code == 303, merged.text
    assert staffed["grid"] not in {grid["id"] for grid in grids(town)}
    moved = chief.open(homes[1]).text
    assert f"新{lane}" in moved and "试验网格" in moved, "where it was before stays on its page"
    assert staffed["leaver"] in chief.open(f"/office/grids/{new}").text, "the worker goes along"
