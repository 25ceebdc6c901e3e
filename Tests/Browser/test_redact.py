"""Photos are painted over with a pointer, and in numbers without a script; what everybody sees is only what somebody has looked at."""

import re
import struct
import zlib

import pytest
import requests

from ground import chunhui
from installation import Visitor

# Of the picture, in percent: a green patch on red.
PATCH = {"left": 20, "top": 20, "width": 20, "height": 40}


def patched(width=800, height=400):
    """A PNG whose patch is plainly green."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    left, right = width * 20 // 100, width * 40 // 100
    plain = b"\0" + bytes((200, 30, 30)) * width
    green = b"\0" + bytes((200, 30, 30)) * left + bytes((0, 220, 0)) * (right - left) + bytes((200, 30, 30)) * (width - right)
    rows = b"".join(green if height * 20 // 100 <= y < height * 60 // 100 else plain for y in range(height))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b""))


@pytest.fixture
def pictured(town):
    """Reports a matter with the picture, and says where its photo is painted over."""
    def report(words):
        sent = Visitor(town.url).report(
            {"category": "0101", "words": words, "grid": chunhui(town)["id"]}, files={"photos": ("a.png", patched(), "image/png")})
        assert sent.status_code == 303, sent.text
        worker = town.signed_in("worker")
        matter = worker.open("/api/v1/matters", params={"text": words}).json()["matters"][0]["id"]
        photo = worker.open(f"/api/v1/matters/{matter}/photos").json()["photos"][0]["id"]
        return matter, photo, f"/office/matters/{matter}/photos/{photo}"

    return report


def green(page, path):
    """How many pixels of a picture are plainly green, as the browser decodes it."""
    return page.evaluate("""async path => {
        const picture = await createImageBitmap(await (await fetch(path)).blob())
        const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height })
        const context = canvas.getContext('2d')
        context.drawImage(picture, 0, 0)
        const { data } = context.getImageData(0, 0, picture.width, picture.height)
        let count = 0
        for (let at = 0; at < data.length; at += 4) if (data[at + 1] > data[at] + 60 && data[at + 1] > data[at + 2] + 60) count++
        return count
    }""", path)


def drag(page, left, top, width, height):
    box = page.locator(".redact svg").bounding_box()
    x, y = lambda share: box["x"] + box["width"] * share / 100, lambda share: box["y"] + box["height"] * share / 100
    page.mouse.move(x(left), y(top))
    page.mouse.down()
    page.mouse.move(x(left + width / 2), y(top + height / 2))
    page.mouse.move(x(left + width), y(top + height))
    page.mouse.up()


@pytest.mark.parametrize("width", [1440, 390])
def test_boxes_are_drawn_with_a_pointer(desk, pictured, town, width):
    matter, photo, path = pictured(f"拖框打码 {width}")
    worker = desk("worker", width=width)
    worker.goto(f"/office/matters/{matter}")
    assert green(worker, f"/photos/{photo}?size=full") > 10_000
    worker.locator(f"a[href='{path}']").click()
    worker.locator(".redact img").scroll_into_view_if_needed()
    worker.wait_for_function("document.querySelector('.redact img').naturalWidth > 0")
    drag(worker, 19, 19, 22, 42)
    assert worker.locator(".redact rect").count() == 1
    assert abs(float(worker.locator("[name=box-left]").first.input_value()) - 19) < 1
    # A slip of the finger leaves nothing.
    drag(worker, 70, 70, 0.2, 0.2)
    assert worker.locator(".redact rect").count() == 1
    drag(worker, 60, 60, 10, 10)
    assert worker.locator("[data-box]").count() == 2 and worker.locator(".redact rect").count() == 2
    worker.locator("[data-remove]").nth(1).click()
    assert worker.locator(".redact rect").count() == 1
    worker.locator("button[value=send]").click()
    worker.wait_for_load_state()
    assert "已抹掉" in worker.locator("body").inner_text()
    for size in ("full", "thumb"):
        assert green(worker, f"/photos/{photo}?size={size}") == 0
    assert requests.get(f"{town.url}/pictures/{photo}", timeout=30).status_code == 404, "nobody has said that it may be shown"
    worker.locator("#shown button[value=yes]").click()
    worker.wait_for_load_state()
    assert requests.get(f"{town.url}/pictures/{photo}", timeout=30).status_code == 200
    assert f"/pictures/{photo}" in requests.get(f"{town.url}/feeds/matters.geojson", timeout=30).text
    # Other platforms are told where it is.
    told = requests.get(f"{town.url}/open311/v2/requests/{matter}.json", timeout=30).json()[0]
    assert told["media_url"].endswith(f"/pictures/{photo}")
    worker.goto(f"/office/matters/{matter}")
    assert "照片打码 1 处" in worker.locator(".timeline").inner_text()


def test_without_a_script_numbers_do_the_same(chromium, desk, pictured, town):
    matter, photo, path = pictured("填数字打码")
    worker = desk("worker")
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, base_url=town.url, locale="zh-CN",
        storage_state=worker.context.storage_state())
    page = context.new_page()
    page.goto(path)
    for name, value in {**PATCH, "width": 95}.items():
        page.locator(f"[name=box-{name}]").first.fill(str(value))
    page.locator("button[value=preview]").click()
    assert "超出了照片" in page.locator("#faults").inner_text()
    page.locator("[name=box-width]").first.fill(str(PATCH["width"]))
    page.locator("button[value=more]").click()
    assert page.locator("[data-rows] [data-box]").count() == 2
    for name, value in {"left": 80, "top": 80, "width": 10, "height": 10}.items():
        page.locator(f"[name=box-{name}]").nth(1).fill(str(value))
    page.locator("button[value=preview]").click()
    assert "还没有改动" in page.locator("main").inner_text() and page.locator(".redact rect").count() == 2
    page.locator("button[value=send]").click()
    assert "照片打码 2 处，原图封存" in page.locator(".timeline").inner_text()
    context.close()
    for size in ("full", "thumb"):
        assert green(worker, f"/photos/{photo}?size={size}") == 0


def test_the_second_of_two_sees_the_new_picture_and_keeps_the_boxes(desk, pictured):
    _, _, path = pictured("两个人一起打码")
    first, second = desk("worker"), desk("chief")
    for page in (first, second):
        page.goto(path)
        for name, value in PATCH.items():
            page.locator(f"[name=box-{name}]").first.fill(str(value))
    first.locator("button[value=send]").click()
    first.wait_for_load_state()
    second.locator("button[value=send]").click()
    second.wait_for_load_state()
    assert "刚才有人改动了这张照片" in second.locator("#faults").inner_text()
    assert second.locator("[name=box-left]").first.input_value() == str(PATCH["left"])
    second.locator("button[value=send]").click()
    second.wait_for_load_state()
    assert second.locator(".timeline li").count() == 2


def test_an_original_takes_a_reason_and_can_be_destroyed(desk, pictured, town):
    matter, _, path = pictured("看看原图")
    worker = desk("worker")
    worker.goto(path)
    for name, value in PATCH.items():
        worker.locator(f"[name=box-{name}]").first.fill(str(value))
    worker.locator("button[value=send]").click()
    worker.wait_for_load_state()
    visitor = town.signed_in("worker")
    token = visitor.token(path)
    assert visitor.submit(f"{path}/reveals", {"reason": ""}, token=token).status_code == 422
    shown = visitor.submit(f"{path}/reveals", {"reason": "当事人有异议"}, token=token)
    assert shown.headers["content-type"] == "image/jpeg" and shown.headers["cache-control"] == "no-store"
    log = town.signed_in("auditor").open("/audit").text
    assert re.search("Looked at a sealed original", log) and matter in log
    worker.locator("#destroy > summary").click()
    worker.locator("#destroy button").click()
    worker.wait_for_load_state()
    assert "销毁了封存的原图" in worker.locator(".timeline").inner_text() and worker.locator("#destroy").count() == 0
    assert visitor.submit(f"{path}/reveals", {"reason": "再看看"}, token=token).status_code == 404
