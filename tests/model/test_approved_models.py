"""No model without somebody who answers for it."""

import pytest
from pydantic import ValidationError

from genai_defense.model import APPROVED_MODELS, ModelRecord
from genai_defense.model.approved_models import record_of

OWN = {
    "model_id": "mistral.mistral-large-3-v1:0",
    "provider": "Mistral AI",
    "version": "Large 3",
    "licence": "https://aws.amazon.com/legal/bedrock/third-party-models/",
    "card": "https://legal.mistral.ai/ai-governance/models",
    "approved_by": "AI board",
    "approved_on": "2026-10-01",
    "because": "French-language support chat of the branch offices.",
    "review_by": "2027-04-01",
}


def test_a_model_is_approved_once() -> None:
    names = [record.model_id for record in APPROVED_MODELS]
    assert len(names) == len(set(names)) >= 5


def test_an_approval_is_looked_at_again() -> None:
    assert all(record.review_by > record.approved_on for record in APPROVED_MODELS)


def test_a_model_that_nobody_approved_is_refused() -> None:
    with pytest.raises(ValueError, match=r"mistral\.mistral-large-3-v1:0 is in no list of approved models"):
        record_of("mistral.mistral-large-3-v1:0")


def test_a_team_approves_its_own() -> None:
    assert record_of(OWN["model_id"], [ModelRecord(**OWN)]).approved_by == "AI board"


def test_the_teams_own_record_wins() -> None:
    own = ModelRecord(**{**OWN, "model_id": "amazon.nova-pro-v1:0"})
    assert record_of("amazon.nova-pro-v1:0", [own]) is own


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("licence", "http://example.com"),
        ("card", "somewhere"),
        ("approved_on", "yesterday"),
        ("review_by", "2027-13-01"),
        ("because", "why not"),
        ("approved_by", ""),
    ],
)
def test_a_record_that_proves_nothing_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValidationError, match=field):
        ModelRecord(**{**OWN, field: value})
