"""A stage that a deployment makes beside itself is a stage, and asked like one."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

DEPLOYMENT = "AWS::ApiGateway::Deployment"
RULES = ("ApiStageHasWebAcl", "ApiStageIsTraced", "ApiStageThrottles", "ApiStageWritesAccessLog")
BODIES = "ApiStageKeepsBodiesOutOfLogs"
MADE = {"RestApiId": {"Ref": "Api"}, "StageName": "v1"}
DESCRIBED = {
    "TracingEnabled": True,
    "ThrottlingRateLimit": 10,
    "ThrottlingBurstLimit": 10,
    "AccessLogSetting": {"DestinationArn": "arn:aws:logs:::log-group:a", "Format": "$context.requestId"},
}


@pytest.mark.parametrize("rule", RULES)
def test_the_stage_of_a_deployment_is_asked(ask: Callable[..., Answer], rule: str) -> None:
    assert isinstance(ask(f"OwaspLlm-{rule}", MADE, resource_type=DEPLOYMENT), NonCompliant)


@pytest.mark.parametrize("rule", RULES[1:])
def test_its_description_counts(ask: Callable[..., Answer], rule: str) -> None:
    described = {**MADE, "StageDescription": DESCRIBED}
    assert isinstance(ask(f"OwaspLlm-{rule}", described, resource_type=DEPLOYMENT), Compliant)


def test_its_data_trace_is_found(ask: Callable[..., Answer]) -> None:
    for description in ({"DataTraceEnabled": True}, {"MethodSettings": [{"DataTraceEnabled": True}]}):
        made = {**MADE, "StageDescription": description}
        assert isinstance(ask(f"OwaspLlm-{BODIES}", made, resource_type=DEPLOYMENT), NonCompliant)
    assert isinstance(ask(f"OwaspLlm-{BODIES}", MADE, resource_type=DEPLOYMENT), Compliant)


@pytest.mark.parametrize("rule", [*RULES, BODIES])
def test_a_deployment_without_one_or_with_a_described_one_is_not_asked(
    ask: Callable[..., Answer], rule: str
) -> None:
    stage: dict[str, Any] = {
        "Type": "AWS::ApiGateway::Stage",
        "Properties": {"DeploymentId": {"Ref": "Subject"}},
    }
    bare = {"RestApiId": {"Ref": "Api"}}
    assert isinstance(ask(f"OwaspLlm-{rule}", bare, resource_type=DEPLOYMENT), NotApplicable)
    answer = ask(f"OwaspLlm-{rule}", MADE, resource_type=DEPLOYMENT, others={"Stage": stage})
    assert isinstance(answer, NotApplicable)
