"""The demo's documents are what their names promise, judged by the very code that is deployed."""

import pytest

from document_screen import DocumentScreen
from document_text import Limits, extract
from genai_defense.local.demo_documents import GUARANTEE, POISONED_PASSAGE, SOUND, UPLOADS, Upload
from genai_defense.local.malware_scan import threats_in
from guardrail_engine import Direction, Engine
from ingestion.judge import Judge

_LIMIT = 1_000_000
_READ = [upload for upload in UPLOADS if upload.reason not in {"TOO_LARGE", "MALWARE"}]


@pytest.mark.parametrize("upload", _READ, ids=[upload.name for upload in _READ])
def test_the_deployed_judge_comes_to_the_promised_reason(upload: Upload) -> None:
    verdict = Judge(Limits(document_bytes=_LIMIT), DocumentScreen(Engine()), extract).read(
        upload.name, upload.make(_LIMIT)
    )
    assert verdict.reason == (upload.reason or "")


def test_the_sound_one_says_what_is_asked_for() -> None:
    (sound,) = [upload for upload in UPLOADS if upload.name == SOUND]
    verdict = Judge(Limits(), DocumentScreen(Engine()), extract).read(sound.name, sound.make(_LIMIT))
    assert GUARANTEE in verdict.text
    assert verdict.title == "Aurora lamp"


def test_one_is_larger_than_allowed_and_one_is_infected() -> None:
    for upload in UPLOADS:
        content = upload.make(_LIMIT)
        assert (len(content) > _LIMIT) is (upload.reason == "TOO_LARGE"), upload.name
        assert bool(threats_in(content)) is (upload.reason == "MALWARE"), upload.name


def test_a_document_has_the_same_bytes_whenever_it_is_made() -> None:
    """The steps know it by its digest."""
    assert [upload.make(10) for upload in UPLOADS] == [upload.make(10) for upload in UPLOADS]


def test_the_passage_that_is_slipped_in_would_be_withheld() -> None:
    screened = Engine().screen(
        POISONED_PASSAGE, direction=Direction.DOCUMENT, canary="canary-qwzvkjxhpmtrbfyd"
    )
    assert screened.reason == "PROMPT_INJECTION"
