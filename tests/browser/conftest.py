"""Debian's Chromium, and the page behind a made-up server."""

import shutil
from collections.abc import Generator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.fake_site import FakeSite
from tests.browser.visit import NewVisit, Visit, start_visit
from tests.local_run import LocalRun

# Everything else of the run is at work meanwhile.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """A headless Chromium. Without one the tests fail: they are never left out."""
    path = shutil.which("chromium")
    assert path, "There is no chromium on the PATH. Install it: make browser"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server() -> Generator[FakeSite]:
    """The page behind a made-up server."""
    with FakeSite() as running:
        yield running


@pytest.fixture
def site(server: FakeSite) -> FakeSite:
    """The made-up server, saying the usual things."""
    server.reset()
    return server


@pytest.fixture
def visit(browser: Browser, site: FakeSite) -> Generator[NewVisit]:
    """Opens the made-up site in a fresh profile; options are those of a browser context."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Visit:
        context = browser.new_context(**options)
        contexts.append(context)
        return start_visit(context, site.url)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def long_visit(browser: Browser, server: FakeSite) -> Generator[Visit]:
    """A visit that signed in once for many tests: a fresh profile each would take most of their time."""
    server.reset()
    context = browser.new_context()
    made = start_visit(context, server.url)
    made.sign_in()
    yield made
    context.close()


@pytest.fixture
def signed_in(long_visit: Visit, site: FakeSite) -> Generator[Visit]:
    """A signed-in visit of the made-up site, at a new conversation."""
    long_visit.page.get_by_role("button", name="New conversation").first.click()
    long_visit.page.locator("#welcome").wait_for()
    long_visit.forget()
    site.reset()
    yield long_visit
    long_visit.page.unroute_all()


@pytest.fixture
def chatbot(browser: Browser, local_run: LocalRun) -> Generator[NewVisit]:
    """Opens the deployed page in a fresh profile; afterwards nothing was stopped, nothing went astray."""
    opened: list[tuple[BrowserContext, Visit]] = []

    def visit(*, orderly: bool = True, **options: Any) -> Visit:
        context = browser.new_context(**options)
        made = start_visit(context, local_run.page)
        if orderly:
            opened.append((context, made))
        return made

    yield visit
    for context, made in opened:
        assert made.violations() == []
        assert made.foreign(local_run.aws) == []
        assert (made.errors, made.dialogs) == ([], [])
        context.close()
