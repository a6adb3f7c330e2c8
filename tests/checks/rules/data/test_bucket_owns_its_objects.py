"""The owner of a bucket owns what is in it."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BucketOwnsItsObjects"


def owned(value: object) -> dict[str, Any]:
    return {"OwnershipControls": {"Rules": [{"ObjectOwnership": value}]}}


@pytest.mark.parametrize("value", ["BucketOwnerEnforced", "BucketOwnerPreferred"])
def test_the_owner_of_the_bucket_is_compliant(ask: Callable[..., Answer], value: str) -> None:
    assert isinstance(ask(RULE, owned(value)), Compliant)


def test_the_writer_is_not(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, owned("ObjectWriter"))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "OwnershipControls.Rules.0.ObjectOwnership"


def test_a_bucket_that_leaves_it_to_s3_is_left_alone(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}), NotApplicable)


@pytest.mark.parametrize(
    "properties", [owned({"Ref": "Given"}), {"OwnershipControls": {"Rules": {"Ref": "Given"}}}]
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
