"""A visit of the page with a real browser, and everything that the browser did meanwhile."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

# Runs before the page's own scripts, and not under its policy: the browser itself reports what it stopped.
_WATCH = """
window.stopped = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.stopped.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


@dataclass
class Visit:
    """One tab.

    Attributes:
        page: The tab.
        site: Origin of the page.
        requests: Address of each request, `data:` and `blob:` ones included.
        errors: Texts of uncaught errors.
        dialogs: Texts of dialogs: no script of ours opens one.
        failed: Requests that never got an answer, and why; `csp` is the policy.
    """

    page: Page
    site: str
    requests: list[str] = field(default_factory=list[str])
    errors: list[str] = field(default_factory=list[str])
    dialogs: list[str] = field(default_factory=list[str])
    failed: dict[str, str] = field(default_factory=dict[str, str])

    def violations(self) -> list[str]:
        """What the content security policy stopped on the page that is open."""
        stopped: list[str] = self.page.evaluate("window.stopped")
        return stopped

    def foreign(self, *known: str) -> list[str]:
        """Requests to anything but the site and other known origins, those that were stopped included."""
        return [url for url in self.requests if _origin(url) not in {self.site, *known}]

    def forget(self) -> None:
        """Begin to note anew."""
        for noted in (self.requests, self.errors, self.dialogs, self.failed):
            noted.clear()
        self.page.evaluate("window.stopped.length = 0")

    def sign_in(self) -> None:
        """Open the page of the made-up site and sign in."""
        self.page.goto(self.site)
        self.page.get_by_role("button", name="Sign in").click()
        self.wait_for_room()

    def wait_for_room(self) -> None:
        """Wait until the signed-in page can be used.

        The room is in the document before the browser has painted it, and a browser may drop keys before its
        first paint; Playwright hears of a replaced address later than the page.
        """
        self.page.locator("#room").wait_for()
        expect(self.page).to_have_url(re.compile(rf"^{re.escape(self.site)}/(#.*)?$"))
        self.page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")

    def ask(self, message: str) -> None:
        """Write a message and send it with Enter."""
        self.page.get_by_role("textbox", name="Message").fill(message)
        self.page.keyboard.press("Enter")

    def settled(self, count: int) -> Locator:
        """The last answer of so many, when it has ended."""
        answers = self.page.locator(".turn.assistant[aria-busy=false]")
        answers.nth(count - 1).wait_for()
        return answers.nth(count - 1)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def start_visit(context: BrowserContext, site: str) -> Visit:
    """Open a tab and begin to note what happens in it."""
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.set_default_timeout(15_000)
    visit = Visit(page, site)

    def requested(request: Request) -> None:
        visit.requests.append(request.url)

    def failed(request: Request) -> None:
        visit.failed[request.url] = request.failure or ""

    page.on("request", requested)
    page.on("requestfailed", failed)
    page.on("pageerror", lambda error: visit.errors.append(str(error)))

    def dialog(opened: Any) -> None:
        visit.dialogs.append(opened.message)
        opened.dismiss()

    page.on("dialog", dialog)
    return visit


NewVisit = Callable[..., Visit]
"""Opens the page in a fresh profile; options are those of a browser context."""
