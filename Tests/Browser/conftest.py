import pytest
from playwright.sync_api import sync_playwright

from installation import PASSWORD


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium, town):
    """A resident's phone: 390 px wide, Chinese, in Anhai."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True, base_url=town.url,
        geolocation={"longitude": 118.475, "latitude": 24.718}, permissions=["geolocation"])
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(chromium, town):
    """Makes a page of an office PC signed in as somebody."""
    contexts = []

    def open_desk(login=None, width=1440, locale="zh-CN"):
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale=locale, base_url=town.url)
        contexts.append(context)
        page = context.new_page()
        if login:
            sign_in(page, login)
        return page

    yield open_desk
    for context in contexts:
        context.close()


def sign_in(page, login):
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button.hero")
    page.wait_for_url(lambda url: "/sign-in" not in url)
