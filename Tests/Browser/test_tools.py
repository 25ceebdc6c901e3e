"""Working tools: saved filters, several at once, urging, phrases, internal notes, word of what happened on an open page, printing."""

import re

import requests

from ground import chunhui

SECRET = "只给同事看的话，别外传"


def report(town, words="巷口的灯不亮", category="0101"):
    made = requests.post(
        f"{town.url}/api/v1/matters", json={"category": category, "words": words, "grid": chunhui(town)["id"], "phone": "13905951234"}, timeout=30)
    assert made.status_code == 201, made.text
    return made.json()


def test_a_filter_is_kept_shared_counted_and_begins_the_list(desk, town):
    report(town, "灯下的暗号一")
    report(town, "灯下的暗号二")
    chief = desk("chief")
    chief.goto("/office/matters?tab=open")
    chief.locator(".narrow-filter > summary").click()
    chief.fill("#text", "灯下的暗号")
    chief.select_option("#tier", "small")
    chief.locator(".filters button").click()
    assert "text=" in chief.url and "tier=small" in chief.url
    chief.fill("#filter-name", "暗号")
    chief.check(".keep-filter [name=shared]")
    chief.locator(".keep-filter button").click()
    link = chief.locator(".kept a[aria-current]")
    assert "暗号" in link.inner_text() and link.locator(".count").inner_text() == "2"
    chief.goto("/office/matters/filters")
    chief.get_by_role("button", name="设为打开就看 暗号").click()
    chief.goto("/office/matters")
    assert "tier=small" in chief.url and chief.locator("tbody tr").count() == 2
    # The file and the print are filtered as the page is.
    chief.locator(".pager a", has_text="打印列表").click()
    assert chief.locator(".sheet tbody tr").count() == 2
    chief.goto("/office/matters/filters")
    chief.get_by_role("button", name="不再打开就看 暗号").click()
    chief.get_by_role("button", name="删除 暗号").click()
    chief.goto("/office/matters")
    assert chief.url.endswith("/office/matters")


def test_several_are_urged_and_each_says_what_came_of_it(desk, town):
    for word in ("甲", "乙"):
        report(town, f"成批的{word}")
    chief = desk("chief", width=390)
    chief.goto("/office/matters?tab=open&text=成批的")
    for box in chief.locator("input[name=pick]").all():
        box.check()
    chief.locator("details:has(#bulk) > summary").click()
    chief.select_option("#bulk-act", "urge")
    chief.fill("#bulk-words", "请今天都去看看")
    chief.locator("#bulk button.button").click()
    assert "2 件都办好了" in chief.locator("main").inner_text()
    chief.goto("/office/matters?tab=open&text=成批的")
    chief.locator("input[name=pick]").first.check()
    chief.locator("details:has(#bulk) > summary").click()
    chief.select_option("#bulk-act", "urge")
    chief.locator("#bulk button.button").click()
    assert "今天已经催过" in chief.locator("main").inner_text()
    worker = desk("worker")
    worker.goto("/office/matters?tab=check")
    assert "成批的" in worker.locator("main").inner_text() and worker.locator("section.urged li").count() >= 2


def test_a_phrase_is_put_in_with_a_script_and_without(chromium, desk, town):
    made = report(town)
    path = f"/office/matters/{made['id']}"
    worker = desk("worker")
    worker.goto(path)
    worker.locator("#check > summary").click()
    worker.fill("#check-words", "先说一句。")
    worker.select_option("#check-phrase", "check-solved")
    worker.locator("#check [data-phrases] button").click()
    assert "先说一句。您好，您反映的事我们已经到" in worker.input_value("#check-words")
    assert "{" not in worker.input_value("#check-words")
    plain = chromium.new_context(java_script_enabled=False, base_url=town.url, locale="zh-CN", storage_state=worker.context.storage_state())
    page = plain.new_page()
    page.goto(path)
    page.locator("#check > summary").click()
    page.fill("#check-words", "先说一句。")
    page.select_option("#check-phrase", "check-solved")
    page.locator("#check [data-phrases] button").click()
    assert "先说一句。\n您好" in page.input_value("#check-words") and page.locator("#check").get_attribute("open") is not None
    assert page.locator(".timeline li").count() == 1, "nothing was done yet"
    plain.close()


def test_what_is_internal_stays_inside(desk, phone, town):
    made = report(town)
    number, path = made["number"].replace(" ", ""), f"/office/matters/{made['id']}"
    worker = desk("worker")
    worker.goto(path)
    worker.locator("#note > summary").click()
    assert "反映人看不到" in worker.locator("#note").inner_text()
    worker.fill("#note-words", SECRET)
    worker.locator("#note button.button").click()
    assert SECRET in worker.locator(".timeline .internal").inner_text()
    worker.locator("#check > summary").click()
    assert "反映人看得到" in worker.locator(".field:has(#check-words)").inner_text()
    assert "反映人看不到" in worker.locator(".field:has(#check-note)").inner_text()
    worker.locator("#check label.choice", has_text="当场解决").click()
    worker.fill("#check-words", "灯换好了")
    worker.fill("#check-note", SECRET)
    worker.locator("#check button.button:not([name])").click()
    worker.wait_for_load_state()
    phone.goto(f"/m/{number}")
    assert "灯换好了" in phone.locator("main").inner_text() and SECRET not in phone.content()
    for public in (
            f"/api/v1/public/matters/{number}", "/feeds/matters.rss", "/feeds/matters.atom", "/feeds/matters.geojson", "/open311/v2/requests.json",
            f"/open311/v2/requests/{made['id']}.json", "/open311/v2/requests.xml", f"/open311/v2/servicerequestupdates.json?service_request_id={made['id']}"):
        answer = requests.get(town.url + public, timeout=30)
        assert SECRET not in answer.text, public
        assert answer.status_code == 200, (public, answer.status_code)


def test_an_open_page_says_what_happened_and_keeps_what_is_typed(desk, town):
    made = report(town)
    path = f"/office/matters/{made['id']}"
    chief, worker = desk("chief"), desk("worker")
    chief.goto(path)
    chief.locator("#check > summary").click()
    chief.fill("#check-words", "写到一半的话")
    worker.goto(path)
    worker.locator("#note > summary").click()
    worker.fill("#note-words", "我先去问问")
    worker.locator("#note button.button").click()
    worker.wait_for_load_state()
    with chief.expect_response(re.compile("/news")) as news:
        chief.locator("[data-live]").dispatch_event("ask")
    assert news.value.status == 200
    chief.wait_for_selector(".live .note")
    assert "有了新进展" in chief.locator(".live").inner_text()
    chief.locator(".live summary").click()
    assert "我先去问问" in chief.locator(".live").inner_text()
    assert chief.input_value("#check-words") == "写到一半的话"
    # The session ends while the page is open: it says so and touches nothing.
    chief.context.clear_cookies()
    chief.locator("[data-live]").dispatch_event("ask")
    chief.locator(".live", has_text="登录已经过期").wait_for()
    assert chief.input_value("#check-words") == "写到一半的话"


def test_a_sheet_is_printed_on_a4_without_the_frame(desk, town):
    made = report(town)
    worker = desk("worker")
    worker.goto(f"/office/matters/{made['id']}/print")
    assert "139****1234" in worker.locator(".sheet").inner_text() and "13905951234" not in worker.content()
    assert worker.locator(".sheet header .qr svg").count() == 1 and worker.locator(".signs p").count() == 4
    worker.emulate_media(media="print")
    for part in (".top", ".side", ".tabs", ".foot", ".head-screen"):
        assert not worker.locator(part).first.is_visible(), part
    assert worker.locator("article.sheet").bounding_box()["width"] > 700
    paper = worker.pdf(prefer_css_page_size=True)
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", paper), "not A4 upright"
    worker.goto("/office/matters/print?tab=open")
    worker.set_viewport_size({"width": 1040, "height": 740})
    assert worker.locator("article.sheet").bounding_box()["width"] > 900, "the frame's column is gone"
    assert re.search(rb"/MediaBox \[0 0 84[12][.\d]* 59[45]", worker.pdf(prefer_css_page_size=True)), "not A4 across"
