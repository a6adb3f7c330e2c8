from collections.abc import Callable

import aws_cdk as cdk
from aws_cdk.assertions import Match, Template

from genai_defense.model import AccountEnforcedGuardrail, ModelGuardrail


def test_it_enforces_the_number_on_everything_that_is_said(
    stack: cdk.Stack, guardrail: ModelGuardrail, template: Callable[[], Template]
) -> None:
    AccountEnforcedGuardrail(stack, "Account", guardrail=guardrail)
    template().has_resource_properties(
        "AWS::Bedrock::EnforcedGuardrailConfiguration",
        {
            "GuardrailIdentifier": {"Fn::GetAtt": [Match.any_value(), "GuardrailArn"]},
            "GuardrailVersion": {"Fn::GetAtt": [Match.any_value(), "Version"]},
            "SelectiveContentGuarding": {"Messages": "COMPREHENSIVE", "System": "COMPREHENSIVE"},
        },
    )


def test_callers_of_the_account_may_apply_it_before_they_must(
    stack: cdk.Stack, guardrail: ModelGuardrail, template: Callable[[], Template]
) -> None:
    AccountEnforcedGuardrail(stack, "Account", guardrail=guardrail)
    synthesized = template()
    policies = synthesized.find_resources("AWS::Bedrock::ResourcePolicy")
    assert len(policies) == 2
    for policy in policies.values():
        (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
        assert ":root" in str(statement["Principal"]["AWS"])
        assert "bedrock:ApplyGuardrail" in statement["Action"]
        assert statement["Resource"] == policy["Properties"]["ResourceArn"]
    (configuration,) = synthesized.find_resources("AWS::Bedrock::EnforcedGuardrailConfiguration").values()
    assert set(configuration["DependsOn"]) == set(policies)
