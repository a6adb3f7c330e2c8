"""What is kept of a user, in the browser: conversations, the day's allowance, the review queue."""

import re

from playwright.sync_api import expect

from tests.browser.deployed import sign_in
from tests.browser.visit import NewVisit
from tests.local_run import LocalRun


def test_a_conversation_is_held_found_again_and_deleted(chatbot: NewVisit, local_run: LocalRun) -> None:
    visit = chatbot()
    sign_in(visit, local_run)
    question = "When are you open on Saturday, and when for the third time this year?"
    visit.ask(question)
    expect(visit.settled(1)).to_contain_text("on Saturday from 10:00 to 16:00")
    entry = visit.page.get_by_role("navigation").get_by_role(
        "button", name=re.compile("^When are you open on Sat")
    )
    expect(entry.first).to_be_visible()
    visit.page.get_by_role("button", name="New conversation").first.click()
    expect(visit.page.locator(".turn")).to_have_count(0)
    entry.first.click()
    expect(visit.page.locator(".turn.user")).to_have_text(question)
    expect(visit.page.locator(".turn.assistant")).to_contain_text("10:00 to 16:00")
    count = entry.count()
    visit.page.get_by_role("button", name=re.compile("^Delete “When are you open on Sat")).first.click()
    visit.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(entry).to_have_count(count - 1)


def test_the_allowance_is_shown_and_shrinks(chatbot: NewVisit, local_run: LocalRun) -> None:
    visit = chatbot()
    sign_in(visit, local_run)
    left = visit.page.locator("#budget-requests-text")
    expect(left).to_have_text(re.compile(r"^\d+ of \d+$"))
    before = int(left.inner_text().split()[0])
    visit.ask("How long does delivery take?")
    visit.settled(1)
    expect(left).not_to_have_text(re.compile(rf"^{before} of"))
    assert int(left.inner_text().split()[0]) < before


def test_a_wrong_answer_reaches_the_review_queue(chatbot: NewVisit, local_run: LocalRun) -> None:
    visit = chatbot()
    sign_in(visit, local_run)
    visit.ask("How do I return something?")
    answer = visit.settled(1)
    answer.get_by_role("button", name="Wrong").click()
    answer.get_by_label("What is wrong with it?").fill("It takes seven days.")
    answer.get_by_role("button", name="Send").click()
    expect(answer.get_by_text("A person will look at this answer.")).to_be_visible()
