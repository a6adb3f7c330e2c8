"""A visit of the deployed chatbot: the real page, the real sign-in pages, the real API."""

from playwright.sync_api import expect

from tests.browser.visit import Visit
from tests.local_run import LocalRun


def give_password(visit: Visit, run: LocalRun) -> None:
    """Go to the sign-in page and give user name and password."""
    name, password = run.user
    visit.page.goto(visit.site)
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.get_by_label("Username").fill(name)
    visit.page.get_by_label("Password").fill(password)
    visit.page.get_by_role("button", name="Sign in").click()
    expect(visit.page.get_by_role("heading", name="Enter the code of your app")).to_be_visible()


def give_code(visit: Visit, code: str) -> None:
    """Give the code of the authenticator app."""
    visit.page.locator("input[name=code]").fill(code)
    visit.page.get_by_role("button", name="Sign in").click()


def sign_in(visit: Visit, run: LocalRun) -> None:
    """Sign in with both factors."""
    give_password(visit, run)
    give_code(visit, run.code())
    visit.wait_for_room()
    expect(visit.page.get_by_role("textbox", name="Message")).to_be_focused()
