import dataclasses
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk.assertions import Template

from genai_defense.model import ApprovedModel, GuardedModelAccess, ModelGuardrail

INVOKE = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
MODEL = ApprovedModel(
    model_id="amazon.nova-pro-v1:0",
    regions=("eu-west-1", "eu-central-1"),
    inference_profile_id="eu.amazon.nova-pro-v1:0",
)


@pytest.fixture
def statements(
    stack: cdk.Stack,
    vpc: ec2.Vpc,
    guardrail: ModelGuardrail,
    template: Callable[[], Template],
) -> dict[str, dict[str, dict[str, Any]]]:
    """Statements by Sid, of the role's policy and of the endpoint's."""
    caller = iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    GuardedModelAccess(stack, "Access", role=caller, model=MODEL, guardrail=guardrail, vpc=vpc)
    synthesized = template()
    policies = synthesized.find_resources("AWS::IAM::ManagedPolicy").values()
    granted = [entry for policy in policies for entry in policy["Properties"]["PolicyDocument"]["Statement"]]
    (endpoint,) = synthesized.find_resources("AWS::EC2::VPCEndpoint").values()
    documents = {
        "role": {"Statement": granted},
        "endpoint": endpoint["Properties"]["PolicyDocument"],
    }
    return {
        name: {entry["Sid"]: entry for entry in document["Statement"]} for name, document in documents.items()
    }


def test_every_allowed_call_carries_model_guardrail_version_and_endpoint(
    statements: dict[str, dict[str, dict[str, Any]]],
) -> None:
    for target in ("Profile", "Model"):
        allowed = statements["role"][f"InvokeApproved{target}WithGuardrail"]
        assert allowed["Action"] == INVOKE
        condition = allowed["Condition"]["StringEquals"]
        assert "Version" in str(condition["bedrock:GuardrailIdentifier"])
        assert "Endpoint" in str(condition["aws:SourceVpce"])
        assert "*" not in str(allowed["Resource"])


def test_the_models_behind_the_profile_are_reached_through_it_only(
    statements: dict[str, dict[str, dict[str, Any]]],
) -> None:
    allowed = statements["role"]["InvokeApprovedModelWithGuardrail"]
    assert len(allowed["Resource"]) == len(MODEL.regions)
    assert "inference-profile" in str(allowed["Condition"]["StringEquals"]["bedrock:InferenceProfileArn"])


@pytest.mark.parametrize(
    ("sid", "key"),
    [
        ("DenyInvokeWithoutGuardrail", "bedrock:GuardrailIdentifier"),
        ("DenyInvokeOutsideEndpoint", "aws:SourceVpce"),
    ],
)
def test_a_call_that_lacks_a_condition_is_denied(
    statements: dict[str, dict[str, dict[str, Any]]],
    sid: str,
    key: str,
) -> None:
    denied = statements["role"][sid]
    assert (denied["Effect"], denied["Action"], denied["Resource"]) == ("Deny", INVOKE, "*")
    assert list(denied["Condition"]) == ["StringNotEquals"], (
        "IfExists would let a call without the key through"
    )
    assert list(denied["Condition"]["StringNotEquals"]) == [key]


def test_every_other_model_is_denied(statements: dict[str, dict[str, dict[str, Any]]]) -> None:
    denied = statements["role"]["DenyOtherModels"]
    assert denied["Effect"] == "Deny"
    assert len(denied["NotResource"]) == 1 + len(MODEL.regions)


def test_the_ways_around_the_guardrail_are_denied(statements: dict[str, dict[str, dict[str, Any]]]) -> None:
    denied = statements["role"]["DenyWaysAroundTheGuardrail"]
    assert (denied["Effect"], denied["Resource"]) == ("Deny", "*")
    assert {"bedrock:CallWithBearerToken", "bedrock-mantle:*", "bedrock:InvokeAgent"} <= set(denied["Action"])
    assert "Condition" not in denied


def test_the_caller_cannot_change_what_guards_it(
    statements: dict[str, dict[str, dict[str, Any]]],
) -> None:
    denied = statements["role"]["DenyChangesOfTheGuardrail"]
    assert (denied["Effect"], denied["Resource"]) == ("Deny", "*")
    assert {
        "bedrock:UpdateGuardrail",
        "bedrock:DeleteGuardrail",
        "bedrock:PutEnforcedGuardrailConfiguration",
        "bedrock:DeleteModelInvocationLoggingConfiguration",
    } <= set(denied["Action"])
    assert "iam:CreateServiceSpecificCredential" in statements["role"]["DenyWaysAroundTheGuardrail"]["Action"]


def test_the_endpoint_admits_this_role_and_these_models_only(
    statements: dict[str, dict[str, dict[str, Any]]],
) -> None:
    for statement in statements["endpoint"].values():
        assert "Caller" in str(statement["Principal"]["AWS"])
        assert "*" not in str(statement["Resource"])
        assert "*" not in str(statement["Action"])
    assert {action for entry in statements["endpoint"].values() for action in _as_list(entry["Action"])} == {
        *INVOKE,
        "bedrock:ApplyGuardrail",
    }


@pytest.fixture
def with_fallback(stack: cdk.Stack, vpc: ec2.Vpc, guardrail: ModelGuardrail) -> GuardedModelAccess:
    lite = ApprovedModel(model_id="amazon.nova-lite-v1:0", regions=("eu-west-1",))
    return GuardedModelAccess(
        stack,
        "Access",
        role=iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")),
        model=dataclasses.replace(MODEL, fallback=lite),
        guardrail=guardrail,
        vpc=vpc,
        cost_tags={"application": "chat"},
    )


def test_the_fallback_stands_under_the_same_conditions(
    with_fallback: GuardedModelAccess, template: Callable[[], Template]
) -> None:
    policies = template().find_resources("AWS::IAM::ManagedPolicy").values()
    entries = {
        entry["Sid"]: entry
        for policy in policies
        for entry in policy["Properties"]["PolicyDocument"]["Statement"]
    }
    for route in ("Approved", "Fallback"):
        for target in ("Profile", "Model"):
            condition = entries[f"Invoke{route}{target}WithGuardrail"]["Condition"]["StringEquals"]
            assert {"bedrock:GuardrailIdentifier", "aws:SourceVpce"} <= condition.keys()
    assert "nova-lite" in str(entries["InvokeFallbackModelWithGuardrail"]["Resource"])
    assert "nova-lite" in str(entries["DenyOtherModels"]["NotResource"])
    assert with_fallback.fallback_invocation_id is not None


def test_cost_tags_make_profiles_that_the_policies_follow(
    stack: cdk.Stack, with_fallback: GuardedModelAccess, template: Callable[[], Template]
) -> None:
    assert "InferenceProfileArn" in str(stack.resolve(with_fallback.invocation_id))
    synthesized = template()
    assert len(synthesized.find_resources("AWS::Bedrock::ApplicationInferenceProfile")) == 2
    (endpoint,) = synthesized.find_resources("AWS::EC2::VPCEndpoint").values()
    entries = {entry["Sid"]: entry for entry in endpoint["Properties"]["PolicyDocument"]["Statement"]}
    for route in ("Approved", "Fallback"):
        profile = f"Access{route}CostProfile"
        assert profile in str(entries[f"Invoke{route}ProfileWithGuardrail"]["Resource"])
        behind = entries[f"Invoke{route}ModelWithGuardrail"]["Condition"]["StringEquals"]
        assert profile in str(behind["bedrock:InferenceProfileArn"])


def _as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
