"""An answer from a document, in the browser: with its source, and nowhere to go wrong by clicking on it."""

from playwright.sync_api import expect

from tests.browser.deployed import sign_in
from tests.browser.visit import NewVisit
from tests.local_run import LocalRun


def test_an_answer_from_a_document_names_it(chatbot: NewVisit, local_run: LocalRun) -> None:
    visit = chatbot()
    sign_in(visit, local_run)
    visit.ask("On which day does the repair workshop take lamps?")
    answer = visit.settled(1)
    expect(answer).to_contain_text("The repair workshop takes lamps on Thursdays.")
    sources = answer.get_by_role("region", name="Sources")
    expect(sources.get_by_role("listitem")).to_have_text(["workshop"])
    # The address leads into a bucket that no browser reaches.
    expect(sources.get_by_role("link")).to_have_count(0)


def test_an_answer_without_documents_names_none(chatbot: NewVisit, local_run: LocalRun) -> None:
    visit = chatbot()
    sign_in(visit, local_run)
    visit.ask("When are you open on Saturday?")
    answer = visit.settled(1)
    expect(answer).to_contain_text("10:00 to 16:00")
    expect(answer.get_by_role("heading", name="Sources")).to_have_count(0)
