"""Rating by whoever has the number: from the page of the number to the office's look and the place's page, and back."""

import re

import pytest

from ground import anping
from test_pages import too_wide, violations
from test_tools import report


def handled(desk, town, words):
    """A matter that the worker has put right on the spot."""
    made = report(town, words)
    worker = desk("worker", 390)
    worker.goto(f"/office/matters/{made['id']}")
    worker.locator("#check > summary").click()
    worker.locator("#check label.choice", has_text="当场解决").click()
    worker.fill("#check-words", "灯换好了")
    with worker.expect_navigation():
        worker.locator("#check button.button:not([name])").click()
    return made, made["number"].replace(" ", ""), worker


def usable(page):
    """Everybody can use it, and it fits."""
    bad, wide = violations(page), too_wide(page)
    assert not bad and not wide, (page.url, bad, wide)


def test_thanks_are_given_looked_at_shown_and_taken_back(phone, desk, town):
    made, number, worker = handled(desk, town, "评价的暗号一")
    phone.goto(f"/m/{number}")
    phone.get_by_role("link", name="评价这次办理").click()
    usable(phone)
    assert not phone.is_checked("input[name=quote]"), "consent is never given for somebody"
    phone.locator("label.choice", has_text="办好了").first.click()
    phone.locator("#stars label.choice").nth(4).click()
    phone.locator("#quote label.choice").click()
    phone.get_by_role("button", name="提交评价").click()
    assert "请先写几句话" in phone.locator("#quote").inner_text() and phone.is_checked("input[name=stars][value='5']")
    usable(phone)
    phone.fill("#words", "谢谢网格员，电话 13905951234")
    phone.fill("#name", "三里巷王阿姨")
    phone.get_by_role("button", name="提交评价").click()
    phone.wait_for_url(f"**/m/{number}")
    assert "您评了 5 分" in phone.locator("main").inner_text()
    assert phone.get_by_role("link", name="评价这次办理").count() == 0
    usable(phone)
    worker.reload()
    assert "反映人自己评价：办好了，5 分" in worker.locator(".timeline").inner_text()

    place = f"/places/{anping(town)['id']}"
    phone.goto(place)
    phone.get_by_role("link", name="群众点赞").click()
    assert "三里巷王阿姨" not in phone.locator("main").inner_text()
    chief = desk("chief")
    chief.goto("/office/thanks")
    line = chief.locator("main ol > li", has_text="三里巷王阿姨")
    line.locator("summary").click()
    usable(chief)
    line.locator("label.choice", has_text=re.compile("^公开$")).click()
    with chief.expect_navigation():
        line.locator("button.button").click()
    phone.goto(place + "/thanks")
    shown = phone.locator("main").inner_text()
    assert "三里巷王阿姨" in shown and "谢谢网格员，电话 ****" in shown and "13905951234" not in phone.content()
    usable(phone)

    phone.goto(f"/m/{number}")
    with phone.expect_navigation():
        phone.get_by_role("button", name="收回，不再公开我的话").click()
    assert "您已收回" in phone.locator("main").inner_text()
    phone.goto(place + "/thanks")
    assert "三里巷王阿姨" not in phone.content()


@pytest.mark.parametrize("scripts", [True, False])
def test_not_done_opens_it_again(chromium, desk, town, scripts):
    made, number, worker = handled(desk, town, f"评价的暗号二{scripts}")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=town.url, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"/m/{number}/rating")
    page.locator("#satisfied label.choice").nth(1).click()
    page.locator("#stars label.choice").first.click()
    page.fill("#words", "又灭了")
    page.get_by_role("button", name="提交评价").click()
    page.wait_for_url(f"**/m/{number}")
    assert "这件事会重新办" in page.locator(".flash").inner_text()
    worker.goto(f"/office/matters/{made['id']}")
    assert "又灭了" in worker.locator(".timeline").inner_text() and worker.locator("#handle").count() == 1
    context.close()
