"""What people said in a chat group becomes matters: one paste, several drafts, checked and taken in."""

import re

from ground import anping, chunhui

SAID = """林姐 2026/11/24 09:15
{estate}门口路灯又不亮了
老陈 2026/11/24 09:16
{estate}路灯坏了好几天
阿明 2026/11/24 09:20
收到，谢谢
阿花 2026/11/24 09:31
楼道里有人给电动车飞线充电
阿花 2026/11/24 09:31
大家晚上吃什么呀
小吴 2026/11/24 09:40
今天天气真不错呀
"""


def test_a_group_is_pasted_checked_and_taken_in(desk, town):
    estate = chunhui(town)
    page = desk("worker", width=390)
    page.goto("/office/matters")
    page.get_by_role("link", name="从群聊收集").click()
    if page.locator("#place").count():
        page.select_option("#place", label=anping(town)["name"])
    page.fill("#text", SAID.replace("{estate}", estate["name"]))
    page.locator("form button.hero").click()
    drafts = page.locator("section.card")
    assert drafts.count() == 3, "thanks are left out; what one person says in a row and two people say of one thing is one"
    lamp, wire, weather = (drafts.nth(number) for number in range(3))
    assert lamp.locator("[name^=category]").input_value() == "0101" and wire.locator("[name^=category]").input_value() == "0303"
    assert lamp.locator("[name^=who]").input_value() == "林姐、老陈"
    assert lamp.locator("[name^=grid]").input_value() == estate["code"]
    assert "119" in wire.inner_text(), "what to do at once"
    assert [draft.locator("[name^=pick]").is_checked() for draft in (lamp, wire, weather)] == [True, True, False]

    # One draft is spoilt: the other is taken in, this one stays with its words.
    wire.locator("textarea").fill("")
    page.locator("form button.hero").click()
    assert "已登记 1 件" in page.locator("main").inner_text()
    assert drafts.count() == 1 and drafts.locator("[name^=who]").input_value() == "阿花"
    drafts.locator("textarea").fill("楼道里有人飞线充电")
    page.locator("form button.hero").click()
    page.wait_for_url(re.compile(r"/office/matters\b"))
    assert "登记好了" in page.locator(".flash").inner_text()

    # Nothing is lost of who said it, and nobody's name is on the list.
    town_page = desk("town")
    town_page.goto("/office/matters?tab=open&text=" + "又不亮了")
    assert "林姐" not in town_page.locator("main").inner_text()
    town_page.locator("main a[href^='/office/matters/0']").first.click()
    assert "路灯坏了好几天" in town_page.locator("main").inner_text()
    told = town_page.locator("main").text_content()
    assert "林**" in told and "老**" in told


def test_what_cannot_be_read_is_said_beside_the_field(desk, town):
    page = desk("worker", width=390)
    for text, words in [("", "要填"), ("收到\n谢谢大家", "没有读到"), ("路灯坏了\n" * 10_000, "10,000 行")]:
        page.goto("/office/matters/chat")
        if page.locator("#place").count():
            page.select_option("#place", index=1)
        page.evaluate("text => document.querySelector('#text').value = text", text)
        page.locator("form button.hero").click()
        assert words in page.locator("#text-fault").inner_text()
        assert page.locator("#text").input_value().strip() == text.strip(), "every word is kept"
    # Nothing picked, nothing written.
    page.goto("/office/matters/chat")
    if page.locator("#place").count():
        page.select_option("#place", index=1)
    page.fill("#text", "今天天气真不错呀")
    page.locator("form button.hero").click()
    page.locator("form button.hero").click()
    assert "没有登记" in page.locator("#text-fault").inner_text()
