"""A pack that checks most of a deployment checks all of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ConformancePackLeavesNoGap"
_TRAIL: dict[str, Any] = {"Trail": {"Type": "AWS::CloudTrail::Trail", "Properties": {}}}
_ALL = (
    "CLOUD_TRAIL_ENCRYPTION_ENABLED",
    "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
    "MULTI_REGION_CLOUD_TRAIL_ENABLED",
)


def _pack(*identifiers: str, as_json: bool = True) -> dict[str, Any]:
    if not as_json:
        lines = (f"  R{number}:\n    SourceIdentifier: {one}" for number, one in enumerate(identifiers))
        return {"TemplateBody": "Resources:\n" + "\n".join(lines)}
    rules = {
        one: {"Properties": {"Source": {"Owner": "AWS", "SourceIdentifier": one}}} for one in identifiers
    }
    return {"TemplateBody": json.dumps({"Resources": rules})}


@pytest.mark.parametrize("as_json", [True, False])
def test_one_that_is_missing_is_found(ask: Callable[..., Answer], *, as_json: bool) -> None:
    answer = ask(RULE, _pack(*_ALL[:2], as_json=as_json), others=_TRAIL)
    assert isinstance(answer, NonCompliant)
    assert answer.message.startswith(_ALL[2])
    assert isinstance(ask(RULE, _pack(*_ALL, as_json=as_json), others=_TRAIL), Compliant)


def test_a_pack_for_something_else_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _pack(_ALL[0], "EC2_IMDSV2_CHECK"), others=_TRAIL), NotApplicable)
    assert isinstance(ask(RULE, _pack(*_ALL)), NotApplicable)
    assert isinstance(ask(RULE, {"TemplateS3Uri": "s3://packs/a.yaml"}, others=_TRAIL), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"TemplateBody": {"Ref": "Given"}}, others=_TRAIL), Unknown)
