"""Whatever a role is granted later, it does no more than the app's constructs granted."""

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_bedrock as bedrock
from aws_cdk import aws_iam as iam
from aws_cdk.assertions import Template

from genai_defense.organization import RuntimeBoundary

Synth = Callable[[], Template]
LOGGING = "bedrock:PutModelInvocationLoggingConfiguration"
ARN = "arn:aws:bedrock:eu-west-1:123456789012:guardrail/abc"


def _role(stack: cdk.Stack, name: str, *statements: dict[str, Any]) -> iam.Role:
    role = iam.Role(stack, name, assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    entries = [iam.PolicyStatement.from_json({"Effect": "Allow", **entry}) for entry in statements]
    if entries:
        iam.ManagedPolicy(stack, f"{name}Policy", roles=[role], statements=entries)
    return role


def _boundary(synthesized: Template, prefix: str = "Boundary") -> list[dict[str, Any]]:
    policies = synthesized.find_resources("AWS::IAM::ManagedPolicy")
    (found,) = [policy for name, policy in policies.items() if name.startswith(prefix)]
    statements: list[dict[str, Any]] = found["Properties"]["PolicyDocument"]["Statement"]
    return statements


def test_every_role_and_user_is_bound_the_cdks_own_raw_ones_too(stack: cdk.Stack, template: Synth) -> None:
    _role(stack, "Function", {"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:x"})
    iam.User(stack, "User")
    trust: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
    cdk.CfnResource(stack, "Raw", type="AWS::IAM::Role", properties={"AssumeRolePolicyDocument": trust})
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    synthesized = template()
    bound = [
        entry["Properties"].get("PermissionsBoundary")
        for kind in ("AWS::IAM::Role", "AWS::IAM::User")
        for entry in synthesized.find_resources(kind).values()
    ]
    assert len(bound) == 3
    assert all("Boundary" in str(entry) for entry in bound)


def test_it_lets_through_what_the_policies_name_and_nothing_else(stack: cdk.Stack, template: Synth) -> None:
    _role(stack, "One", {"Action": ["sqs:SendMessage", "s3:PutObject"], "Resource": "arn:aws:s3:::b/*"})
    _role(stack, "Two", {"Action": "dynamodb:Query", "Resource": "arn:aws:dynamodb:x"})
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    allowed, never = _boundary(template())
    assert allowed["Action"] == ["dynamodb:Query", "s3:PutObject", "sqs:SendMessage"]
    assert (never["Effect"], never["Resource"]) == ("Deny", "*")


def test_a_policy_that_is_written_after_the_boundary_counts(stack: cdk.Stack, template: Synth) -> None:
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    _role(stack, "Late", {"Action": "sns:Publish", "Resource": "arn:aws:sns:x"})
    assert _boundary(template())[0]["Action"] == ["sns:Publish"]


@pytest.mark.parametrize(
    "action",
    [
        "iam:*",
        "bedrock-mantle:*",
        "bedrock:CallWithBearerToken",
        "bedrock:UpdateGuardrail",
        "bedrock:DeleteModelInvocationLoggingConfiguration",
        "cloudtrail:StopLogging",
        "kms:ScheduleKeyDeletion",
        "s3:BypassGovernanceRetention",
        "logs:Unmask",
        "organizations:*",
    ],
)
def test_what_weakens_a_defense_is_denied(stack: cdk.Stack, template: Synth, action: str) -> None:
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    assert action in _boundary(template())[-1]["Action"]


def test_a_statement_on_bedrock_keeps_its_guardrail(stack: cdk.Stack, template: Synth) -> None:
    guarded = {"bedrock:GuardrailIdentifier": f"{ARN}:1", "aws:SourceVpce": "vpce-1"}
    model = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"
    _role(
        stack,
        "Caller",
        {
            "Sid": "Invoke",
            "Action": "bedrock:InvokeModel",
            "Resource": model,
            "Condition": {"StringEquals": guarded},
        },
    )
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    _, invoke, _ = _boundary(template())
    assert invoke == {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": model,
        # The endpoint would close a circle: its policy names the role, and the role its boundary.
        "Condition": {"StringEquals": {"bedrock:GuardrailIdentifier": f"{ARN}:1"}},
    }


def test_only_the_stack_that_holds_a_bedrock_permission_bounds_it(template: Synth, stack: cdk.Stack) -> None:
    other = cdk.Stack(stack.node.root, "Other")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the root is the app
    _role(other, "Caller", {"Action": "bedrock:ApplyGuardrail", "Resource": ARN})
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    assert "ApplyGuardrail" not in json.dumps(_boundary(template()))


def test_a_role_of_its_own_kind_has_a_boundary_of_its_own(stack: cdk.Stack, template: Synth) -> None:
    keeper = _role(stack, "Keeper", {"Action": LOGGING, "Resource": "*"})
    _role(stack, "Function", {"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:x"})
    RuntimeBoundary(stack, "KeeperBoundary", permits=[LOGGING]).apply_to(keeper)
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    synthesized = template()
    roles = {
        name: str(entry["Properties"]["PermissionsBoundary"])
        for name, entry in synthesized.find_resources("AWS::IAM::Role").items()
    }
    assert all(("Keeper" in boundary) == name.startswith("Keeper") for name, boundary in roles.items())
    _, logging, never = _boundary(synthesized, "KeeperBoundary")
    assert logging["Action"] == LOGGING
    assert LOGGING not in never["Action"]
    assert LOGGING in _boundary(synthesized, "BoundaryPolicy")[-1]["Action"]
    assert len(_boundary(synthesized, "BoundaryPolicy")) == 2


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ({"Action": "sqs:*", "Resource": "*"}, r"allows sqs:\*. Name each action"),
        ({"NotAction": "iam:PassRole", "Resource": "*"}, "allows NotAction. Name each action"),
        ({"Action": "iam:PassRole", "Resource": "*"}, "allows iam:PassRole, which no role does at run time"),
        ({"Action": "glue:StartJobRun", "Resource": "*"}, "No role here uses glue"),
        ({"Action": LOGGING, "Resource": "*"}, "which no role does at run time"),
        ({"Action": "logs:DeleteLogGroup", "Resource": "*"}, "which no role does at run time"),
    ],
)
def test_a_grant_that_no_role_should_have_ends_the_synth(
    stack: cdk.Stack, template: Synth, statement: dict[str, Any], says: str
) -> None:
    _role(stack, "Function", statement)
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    with pytest.raises(RuntimeError, match=says):
        template()


def test_another_service_is_named(stack: cdk.Stack, template: Synth) -> None:
    _role(stack, "Function", {"Action": "glue:StartJobRun", "Resource": "arn:aws:glue:x"})
    RuntimeBoundary(stack, "Boundary", services=["glue"]).apply_to(stack)
    assert _boundary(template())[0]["Action"] == ["glue:StartJobRun"]


def test_known_policies_of_aws_count_and_others_end_the_synth(stack: cdk.Stack, template: Synth) -> None:
    role = _role(stack, "Gateway")
    name = "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    role.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name(name))
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    assert "logs:FilterLogEvents" in _boundary(template())[0]["Action"]
    role.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name("PowerUserAccess"))
    fresh = cdk.Stack(cdk.App(), "Fresh")
    other = _role(fresh, "Function")
    other.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name("PowerUserAccess"))
    RuntimeBoundary(fresh, "Boundary").apply_to(fresh)
    with pytest.raises(RuntimeError, match="names AWS's policy PowerUserAccess"):
        Template.from_stack(fresh)


def test_inline_policies_count(stack: cdk.Stack, template: Synth) -> None:
    guardrail = bedrock.CfnGuardrail(
        stack, "Guardrail", name="g", blocked_input_messaging="No.", blocked_outputs_messaging="No."
    )
    apply = iam.PolicyStatement(actions=["bedrock:ApplyGuardrail"], resources=[guardrail.attr_guardrail_arn])
    iam.Role(
        stack,
        "Inline",
        assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        inline_policies={"apply": iam.PolicyDocument(statements=[apply])},
    )
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    assert any(entry["Action"] == "bedrock:ApplyGuardrail" for entry in _boundary(template()))
