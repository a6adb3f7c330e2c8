"""Signing in and out: proof of possession, no token at rest, nothing taken that this page did not ask for."""

import base64
import hashlib
import json

import pytest
from playwright.sync_api import expect

from tests.browser.fake_site import FakeSite
from tests.browser.visit import NewVisit, Visit


@pytest.fixture
def signed_in(visit: NewVisit) -> Visit:
    """A visit that signed in just now."""
    made = visit()
    made.sign_in()
    return made


def _asked(site: FakeSite, path: str) -> list[dict[str, str]]:
    return [body for _, asked, body in site.script.asked if asked == path]


def test_the_code_is_redeemed_with_the_secret_whose_hash_was_sent(signed_in: Visit, site: FakeSite) -> None:
    (sent,), (redeemed,) = _asked(site, "/oauth2/authorize"), _asked(site, "/oauth2/token")
    digest = hashlib.sha256(redeemed["code_verifier"][0].encode()).digest()
    assert sent["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert (sent["response_type"], sent["code_challenge_method"]) == ("code", "S256")
    assert len(redeemed["code_verifier"][0]) >= 43
    assert sent["redirect_uri"] == redeemed["redirect_uri"][0] == f"{site.url}/"
    expect(signed_in.page).to_have_url(f"{site.url}/")


def test_every_sign_in_has_a_state_and_a_secret_of_its_own(visit: NewVisit, site: FakeSite) -> None:
    for _ in range(2):
        visit().sign_in()
    first, second = _asked(site, "/oauth2/authorize")
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]


def test_no_token_lies_in_storage_cookies_or_history(signed_in: Visit) -> None:
    kept = signed_in.page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])"
    )
    assert "e30." not in kept
    assert "refresh" not in kept
    assert "code=" not in signed_in.page.url
    assert signed_in.page.evaluate("indexedDB.databases()") == []


def test_an_answer_that_this_page_did_not_ask_for_is_refused(visit: NewVisit, site: FakeSite) -> None:
    victim = visit()
    victim.page.goto(f"{site.url}/?code=attackers-code&state=attackers-state")
    victim.page.get_by_text("This sign-in was not started on this page").wait_for()
    assert _asked(site, "/oauth2/token") == []
    expect(victim.page).to_have_url(f"{site.url}/")


def test_a_wrong_state_is_refused_even_when_a_sign_in_is_pending(visit: NewVisit, site: FakeSite) -> None:
    victim = visit()
    victim.page.goto(site.url)
    pending = json.dumps({"state": "mine", "verifier": "v", "back": ""})
    victim.page.evaluate("(pending) => sessionStorage.setItem('genai-defense.sign-in', pending)", pending)
    victim.page.goto(f"{site.url}/?code=attackers-code&state=other")
    victim.page.get_by_text("This sign-in was not started on this page").wait_for()
    assert _asked(site, "/oauth2/token") == []


def test_an_error_of_the_sign_in_is_told_calmly(visit: NewVisit, site: FakeSite) -> None:
    opened = visit()
    opened.page.goto(f"{site.url}/?error=access_denied&error_description=%3Cimg%20src%3Dx%3E")
    notice = opened.page.get_by_role("alert")
    notice.get_by_text("The sign-in was not finished").wait_for()
    assert opened.page.locator("img").count() == 0


def test_a_reload_asks_cognito_again_and_keeps_the_place(signed_in: Visit, site: FakeSite) -> None:
    place = f"{site.url}/#/c/c-9"
    signed_in.page.evaluate("location.hash = '#/c/c-9'")
    # The browser hears of it a moment after the page: a reload before that would go to the old address.
    expect(signed_in.page).to_have_url(place)
    expect(signed_in.page.get_by_role("textbox", name="Message")).to_be_focused()
    signed_in.page.reload()
    signed_in.wait_for_room()
    assert len(_asked(site, "/oauth2/authorize")) == 2
    expect(signed_in.page).to_have_url(place)


def test_a_token_near_its_end_is_renewed_before_it_is_used(visit: NewVisit, site: FakeSite) -> None:
    site.script.lifetime = 30
    opened = visit()
    opened.sign_in()
    opened.ask("Hello")
    opened.settled(1)
    grants = [grant["grant_type"][0] for grant in _asked(site, "/oauth2/token")]
    assert grants[0] == "authorization_code"
    assert "refresh_token" in grants


def test_signing_out_revokes_the_session_and_forgets_it(signed_in: Visit, site: FakeSite) -> None:
    signed_in.page.get_by_text("demo@example.com").click()
    signed_in.page.get_by_role("button", name="Sign out").click()
    signed_in.page.get_by_role("button", name="Sign in").wait_for()
    assert site.script.revoked == ["refresh"]
    assert signed_in.page.evaluate("sessionStorage.length") == 0
    assert signed_in.page.locator("#room").is_hidden()


def test_a_passkey_is_added_on_cognitos_own_page(signed_in: Visit, site: FakeSite) -> None:
    signed_in.page.get_by_text("demo@example.com").click()
    # The room is still there while the page leaves it: only the server's answer tells that it left.
    with signed_in.page.expect_response("**/passkeys/add?*"):
        signed_in.page.get_by_role("button", name="Add a passkey").click()
    signed_in.wait_for_room()
    (asked,) = _asked(site, "/passkeys/add")
    assert asked["code_challenge_method"] == "S256"


def test_a_session_that_ended_keeps_what_was_written(signed_in: Visit) -> None:
    opened = signed_in
    opened.page.route(
        "**/oauth2/token", lambda route: route.fulfill(status=400, json={"error": "invalid_grant"})
    )
    opened.page.route("**/api/chat/stream", lambda route: route.fulfill(status=401, json={}))
    opened.ask("What about my order?")
    opened.page.get_by_text("Your session has ended").wait_for()
    assert opened.page.get_by_role("textbox", name="Message").input_value() == "What about my order?"
    assert opened.page.get_by_role("button", name="Sign in again").is_visible()


@pytest.mark.parametrize("missing", ["client_id", "cognito_domain", "scope"])
def test_a_page_without_its_settings_says_that_it_cannot_start(
    visit: NewVisit, site: FakeSite, missing: str
) -> None:
    settings = {"client_id": "c", "cognito_domain": site.url, "scope": "openid"}
    opened = visit()
    opened.page.route("**/config.json", lambda route: route.fulfill(json={**settings, missing: ""}))
    opened.page.goto(site.url)
    opened.page.get_by_text("The page could not start").wait_for()
    assert opened.page.get_by_role("button", name="Sign in").is_disabled()
