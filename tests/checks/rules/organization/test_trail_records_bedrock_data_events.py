"""The trail records every use of Bedrock."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-TrailRecordsBedrockDataEvents"
KINDS = ("AWS::Bedrock::AgentAlias", "AWS::Bedrock::Guardrail", "AWS::Bedrock::Model")
NOT_KMS = {"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}


def equals(field: str, *values: object) -> dict[str, Any]:
    return {"Field": field, "Equals": list(values)}


def selector(*fields: object) -> dict[str, Any]:
    return {"FieldSelectors": list(fields)}


MANAGEMENT = selector(equals("eventCategory", "Management"))


def data(kind: object, *narrower: object) -> dict[str, Any]:
    return selector(equals("eventCategory", "Data"), equals("resources.type", kind), *narrower)


def trail(*selectors: object, **change: object) -> dict[str, Any]:
    return {"AdvancedEventSelectors": list(selectors), **change}


@pytest.mark.parametrize("management", [MANAGEMENT, selector(*MANAGEMENT["FieldSelectors"], NOT_KMS)])
def test_all_selectors_are_compliant(ask: Callable[..., Answer], management: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, trail(management, *map(data, KINDS), data("AWS::S3::Object"))), Compliant)


@pytest.mark.parametrize("missing", range(4))
def test_each_kind_of_event_is_needed(ask: Callable[..., Answer], missing: int) -> None:
    selectors = [MANAGEMENT, *map(data, KINDS)]
    del selectors[missing]
    answer = ask(RULE, trail(*selectors))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "AdvancedEventSelectors"


@pytest.mark.parametrize(
    "narrower",
    [
        equals("readOnly", "true"),
        {"Field": "resources.ARN", "StartsWith": ["arn:aws:bedrock:us-east-1::foundation-model/one"]},
        {"Field": "eventSource", "NotEquals": ["bedrock.amazonaws.com"]},
    ],
)
def test_a_narrowed_selector_does_not_count(ask: Callable[..., Answer], narrower: dict[str, Any]) -> None:
    selectors = [MANAGEMENT, *map(data, KINDS[:2]), data(KINDS[2], narrower)]
    assert isinstance(ask(RULE, trail(*selectors)), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        trail(AdvancedEventSelectors={"Ref": "Given"}),
        trail(MANAGEMENT, *map(data, KINDS[:2]), {"Ref": "Given"}),
        trail(MANAGEMENT, *map(data, KINDS[:2]), data({"Ref": "Given"})),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
