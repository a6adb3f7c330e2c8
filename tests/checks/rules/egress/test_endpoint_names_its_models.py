"""An endpoint that lets calls to every model through is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointNamesItsModels"
NOVA = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"


def endpoint(resource: object, action: str = "bedrock:InvokeModel") -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource}
    return {"PolicyDocument": {"Statement": [statement]}}


@pytest.mark.parametrize(
    "resource", [NOVA, [NOVA], "arn:aws:bedrock:*::foundation-model/anthropic.*", {"Ref": "Given"}]
)
def test_named_models_are_compliant(ask: Callable[..., Answer], resource: object) -> None:
    assert isinstance(ask(RULE, endpoint(resource)), Compliant)


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:bedrock:*::foundation-model/*",
        [NOVA, {"Fn::Sub": "arn:aws:bedrock:${AWS::Region}:${AWS::AccountId}:inference-profile/*"}],
    ],
)
def test_every_model_is_found(ask: Callable[..., Answer], resource: object) -> None:
    assert isinstance(ask(RULE, endpoint(resource)), NonCompliant)


@pytest.mark.parametrize("properties", [{}, endpoint("*", "sqs:SendMessage")])
def test_an_endpoint_to_no_model_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"PolicyDocument": {"Ref": "Given"}}), Unknown)
