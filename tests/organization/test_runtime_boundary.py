"""Whatever a role is granted later, it does no more than the app's constructs granted."""

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_bedrock as bedrock
from aws_cdk import aws_iam as iam
from aws_cdk.assertions import Template
from constructs import Construct, IConstruct

from genai_defense.organization import RuntimeBoundary
from genai_defense.organization.granted_actions import AppGrants

Synth = Callable[[], Template]
LOGGING = "bedrock:PutModelInvocationLoggingConfiguration"
ARN = "arn:aws:bedrock:eu-west-1:123456789012:guardrail/abc"


def _role(stack: Construct, name: str, *statements: dict[str, Any]) -> iam.Role:
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


def test_only_where_there_are_identities_is_it_needed(stack: cdk.Stack) -> None:
    assert not RuntimeBoundary.is_needed_in(stack)
    cdk.CfnResource(stack, "Raw", type="AWS::IAM::Role", properties={"AssumeRolePolicyDocument": {}})
    assert RuntimeBoundary.is_needed_in(stack)
    other = cdk.Stack(cdk.App(), "Other")
    iam.User(other, "User")
    assert RuntimeBoundary.is_needed_in(other)


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
    invoke, _ = _boundary(template())
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


def test_what_is_done_on_a_knowledge_base_holds_for_knowledge_bases_and_invokes_no_model(
    stack: cdk.Stack, template: Synth
) -> None:
    base = "arn:aws:bedrock:eu-west-1:123456789012:knowledge-base/abc"
    _role(stack, "Chat", {"Action": "bedrock:Retrieve", "Resource": base})
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    retrieve, _ = _boundary(template())
    assert retrieve["Action"] == ["bedrock:Retrieve"]
    assert retrieve["Resource"]["Fn::Join"][1][-1] == ":knowledge-base/*"


def test_answers_out_of_a_knowledge_base_go_round_the_guardrail_and_stay_denied(
    stack: cdk.Stack, template: Synth
) -> None:
    _role(stack, "Chat", {"Action": "bedrock:RetrieveAndGenerate", "Resource": "*"})
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    with pytest.raises(RuntimeError, match="RetrieveAndGenerate"):
        template()


def test_what_roles_of_a_stack_are_granted_is_in_its_boundary_and_in_no_other() -> None:
    """A boundary holds so many characters, and nobody whom it bounds could use it."""
    app = cdk.App()
    here, elsewhere = cdk.Stack(app, "Here"), cdk.Stack(app, "Elsewhere")
    visiting = _role(here, "Visitor")
    _role(here, "Reader", {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"})
    _role(elsewhere, "Teller", {"Action": "sns:Publish", "Resource": "arn:aws:sns:eu-west-1:123456789012:a"})
    put = iam.PolicyStatement(actions=["sqs:SendMessage"], resources=["arn:aws:sqs:eu-west-1:123456789012:a"])
    iam.ManagedPolicy(elsewhere, "OfAnotherStack", roles=[visiting], statements=[put])
    for stack in (here, elsewhere):
        RuntimeBoundary(stack, "Boundary").apply_to(stack)
    assert _boundary(Template.from_stack(here))[0]["Action"] == ["s3:GetObject", "sqs:SendMessage"]
    assert _boundary(Template.from_stack(elsewhere))[0]["Action"] == ["sns:Publish", "sqs:SendMessage"]


def test_what_a_policy_gains_after_the_boundaries_are_written_ends_the_synth(
    stack: cdk.Stack, template: Synth
) -> None:
    boundary = RuntimeBoundary(stack, "Boundary")
    role = _role(stack, "Function", {"Action": "sns:Publish", "Resource": "arn:aws:sns:x"})
    stack.resolve(boundary.policy.policy_document)
    late = iam.PolicyStatement(actions=["sqs:SendMessage"], resources=["arn:aws:sqs:x"])
    iam.ManagedPolicy(stack, "Late", roles=[role], statements=[late])
    with pytest.raises(RuntimeError, match=r"Late/Resource allows .*sqs:SendMessage.* since the boundaries"):
        template()


def test_the_policies_are_read_twice_however_many_stacks_are_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for all boundaries, and once more to see that nothing changed: reading takes most of a synth."""
    read: list[IConstruct] = []

    class Counted(AppGrants):
        def __init__(self, root: IConstruct) -> None:
            read.append(root)
            super().__init__(root)

    monkeypatch.setattr("genai_defense.organization.runtime_boundary.AppGrants", Counted)
    app = cdk.App()
    for name in ("One", "Two", "Three"):
        stack = cdk.Stack(app, name)
        _role(stack, "Function", {"Action": "sns:Publish", "Resource": "arn:aws:sns:x"})
        RuntimeBoundary(stack, "Boundary").apply_to(stack)
    app.synth()
    assert len(read) == 2


def test_a_boundary_that_iam_would_refuse_ends_the_synth_and_says_which_and_what_to_do(
    stack: cdk.Stack, template: Synth
) -> None:
    models = [f"arn:aws:bedrock:eu-west-1::foundation-model/a.model-{number:03}" for number in range(100)]
    _role(stack, "Chat", {"Action": "bedrock:InvokeModel", "Resource": models})
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    with pytest.raises(RuntimeError, match=r"Foreign/Boundary: .* IAM takes 6144\..* Approve fewer models"):
        template()


def test_the_boundary_of_a_construct_holds_only_what_its_own_roles_are_granted(
    stack: cdk.Stack, template: Synth
) -> None:
    part = Construct(stack, "Part")
    inside = _role(part, "Machine", {"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:x"})
    _role(stack, "Function", {"Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"})
    traces = iam.PolicyStatement(actions=["xray:PutTraceSegments"], resources=["*"])
    iam.ManagedPolicy(stack, "Shared", roles=[inside], statements=[traces])
    RuntimeBoundary(part, "Boundary").apply_to(part)
    allowed, _ = _boundary(template(), "PartBoundary")
    assert allowed["Action"] == ["sqs:SendMessage", "xray:PutTraceSegments"]
