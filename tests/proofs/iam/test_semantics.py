"""IAM's traps, one by one: what looks like a guard and is none, and what really is one."""

from typing import Any

import pytest

from genai_defense.proofs.proof import Verdict
from tests.proofs.iam.prover import (
    GUARDRAIL,
    MODEL,
    NAMES_GUARDRAIL,
    OTHER_GUARDRAIL,
    WITH_GUARDRAIL,
    boundary,
    document,
    guardrail_of,
    policy_of_the_organization,
    proofs,
    role,
    statement,
)

KEY = "bedrock:GuardrailIdentifier"
HOLES: dict[str, Any] = {
    "no condition": None,
    "…IfExists": {"StringEqualsIfExists": {KEY: GUARDRAIL}},
    "ForAllValues of a missing key": {"ForAllValues:StringEquals": {KEY: [GUARDRAIL]}},
    "a negated operator on an Allow": {"StringNotEquals": {KEY: OTHER_GUARDRAIL}},
    "the key is there, with any value": {"Null": {KEY: "false"}},
    "the draft": {"StringEquals": {KEY: OTHER_GUARDRAIL}},
    "any version": {"StringLike": {KEY: GUARDRAIL.replace(":4", ":*")}},
    "one good value of two": {"StringEquals": {KEY: [GUARDRAIL, OTHER_GUARDRAIL]}},
    "another key": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}},
}
GUARDS: dict[str, Any] = {
    "equal": WITH_GUARDRAIL,
    "equal, by an operator of ARNs": {"ArnEquals": {KEY: GUARDRAIL}},
    "alike without a wildcard": {"StringLike": {KEY: GUARDRAIL}},
    "any value of several": {"ForAnyValue:StringEquals": {KEY: [GUARDRAIL]}},
    "all values, and there is one": {
        "ForAllValues:StringEquals": {KEY: [GUARDRAIL]},
        "Null": {KEY: "false"},
    },
    "keys are written in any case": {"stringequals": {"BEDROCK:guardrailidentifier": GUARDRAIL}},
}


@pytest.mark.parametrize("name", HOLES)
def test_an_allow_with_a_hole_is_found(name: str) -> None:
    proof = guardrail_of({"Chat": role(statement(condition=HOLES[name]))})
    assert proof.verdict is Verdict.FAILS
    assert "role Chat may call bedrock:InvokeModel" in proof.counterexamples[0]
    assert "identity Allow at Chat Policies.0.PolicyDocument.Statement.0" in proof.counterexamples[0]


@pytest.mark.parametrize("name", GUARDS)
def test_an_allow_that_demands_the_guardrail_holds(name: str) -> None:
    proof = guardrail_of({"Chat": role(statement(condition=GUARDS[name]))})
    assert proof.verdict is Verdict.HOLDS
    assert GUARDRAIL in proof.witness


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        ({"StringNotEquals": {KEY: GUARDRAIL}}, Verdict.HOLDS),
        ({"StringNotEqualsIfExists": {KEY: GUARDRAIL}}, Verdict.HOLDS),
        ({"ForAnyValue:StringNotEquals": {KEY: [GUARDRAIL]}}, Verdict.FAILS),
        ({"Null": {KEY: "true"}}, Verdict.FAILS),
        ({"StringNotEquals": {KEY: GUARDRAIL}, "Null": {KEY: "false"}}, Verdict.FAILS),
    ],
)
def test_a_deny_wins_as_far_as_it_reaches(condition: Any, verdict: Verdict) -> None:
    """A Deny with only a Null check accepts any guardrail; one of present values accepts none at all."""
    wide = statement(Resource="*")
    for resources in (
        {"Chat": role(wide, statement("Deny", condition, Resource="*"))},
        {
            "Chat": role(wide),
            "Control": policy_of_the_organization(statement("Deny", condition, Resource="*")),
        },
    ):
        assert (
            guardrail_of({**resources, "Other": role(statement(condition=WITH_GUARDRAIL))}).verdict is verdict
        )


def test_an_action_that_is_none_is_allowed_to_nobody() -> None:
    """Converse is authorised by InvokeModel; a statement on `bedrock:Converse` guards and allows nothing."""
    alone = guardrail_of({"Chat": role(statement(Action="bedrock:Converse"))})
    assert alone.verdict is Verdict.NOT_APPLICABLE
    assert alone.witness == ("No role or user of these templates may invoke a model.")
    denied = statement("Deny", Action="bedrock:Converse", Resource="*")
    assert guardrail_of({"Chat": role(statement(), denied)}).verdict is Verdict.FAILS


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"NotAction": "s3:*", "Action": None}, Verdict.FAILS),
        ({"NotAction": "bedrock:*", "Action": None}, Verdict.NOT_APPLICABLE),
        ({"NotResource": MODEL, "Resource": None}, Verdict.FAILS),
        ({"NotResource": "*", "Resource": None}, Verdict.NOT_APPLICABLE),
        ({"Action": ["BEDROCK:invokemodel*"]}, Verdict.FAILS),
        ({"Action": "bedrock:Invoke?odel"}, Verdict.FAILS),
    ],
)
def test_what_a_statement_leaves_out_it_covers_by_not(fields: dict[str, Any], verdict: Verdict) -> None:
    body = {name: value for name, value in statement(**fields).items() if value is not None}
    assert guardrail_of({"Chat": role(body)}).verdict is verdict


def test_a_boundary_and_the_own_policy_must_both_agree() -> None:
    bound = {"PermissionsBoundary": {"Ref": "Limit"}}
    resources = {
        "Chat": role(statement(Resource="*"), **bound),
        "Limit": boundary(statement(condition=WITH_GUARDRAIL)),
    }
    proof = guardrail_of(resources)
    assert proof.verdict is Verdict.HOLDS
    assert proof.without["permissions boundary"] is Verdict.FAILS
    assert proof.without["identity Allow"] is Verdict.HOLDS
    resources["Limit"] = boundary(statement(Action="s3:*"))
    assert guardrail_of(resources).verdict is Verdict.UNKNOWN, "nothing is allowed, so nothing is proven"


def test_an_endpoint_policy_binds_whoever_must_come_through_it() -> None:
    endpoint = {
        "Type": "AWS::EC2::VPCEndpoint",
        "Properties": {
            "ServiceName": "com.amazonaws.us-east-1.bedrock-runtime",
            "PolicyDocument": document(statement(condition=WITH_GUARDRAIL, Resource="*", Principal="*")),
        },
    }
    through = {"StringEquals": {"aws:SourceVpce": {"Ref": "Endpoint"}}}
    bound = guardrail_of({"Chat": role(statement(condition=through)), "Endpoint": endpoint})
    assert bound.verdict is Verdict.HOLDS
    assert bound.without["endpoint policy"] is Verdict.FAILS
    free = guardrail_of({"Chat": role(statement()), "Endpoint": endpoint})
    assert free.verdict is Verdict.FAILS
    open_door = {**endpoint, "Properties": {"ServiceName": "com.amazonaws.us-east-1.bedrock-runtime"}}
    assert (
        guardrail_of({"Chat": role(statement(condition=through)), "Endpoint": open_door}).verdict
        is Verdict.FAILS
    )


@pytest.mark.parametrize(
    ("principal", "verdict"),
    [
        ({"Principal": {"AWS": {"Fn::GetAtt": ["Chat", "Arn"]}}}, Verdict.HOLDS),
        ({"Principal": "*"}, Verdict.HOLDS),
        ({"Principal": {"Service": "lambda.amazonaws.com"}}, Verdict.FAILS),
        ({"NotPrincipal": {"AWS": {"Fn::GetAtt": ["Other", "Arn"]}}}, Verdict.HOLDS),
        ({"NotPrincipal": {"AWS": {"Fn::GetAtt": ["Chat", "Arn"]}}}, Verdict.FAILS),
    ],
)
def test_a_resource_policy_denies_whom_it_names(principal: dict[str, Any], verdict: Verdict) -> None:
    denied = {"Effect": "Deny", "Action": "s3:*", "Resource": "*", **principal}
    lock = statement(Action="s3:PutBucketVersioning", Resource={"Fn::GetAtt": ["Bucket", "Arn"]})
    found = proofs(
        {
            "Bucket": {"Type": "AWS::S3::Bucket"},
            "Policy": {
                "Type": "AWS::S3::BucketPolicy",
                "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": document(denied)},
            },
            "Chat": role(lock),
            "Other": role(),
        }
    )
    assert found["iam-nobody-weakens-the-lock"].verdict is verdict


OPEN: list[dict[str, Any]] = [
    {"Fn::If": ["Nobody", {}, {}]},
    {"StringEquals": {"Fn::ImportValue": "elsewhere"}},
    {"StringEquals": {KEY: {"Fn::ImportValue": "elsewhere"}}},
    {"NoSuchOperator": {KEY: GUARDRAIL}},
    {"NumericLessThan": {"aws:MultiFactorAuthAge": "60"}},
]


@pytest.mark.parametrize("condition", OPEN)
def test_what_nobody_can_tell_counts_as_failure(condition: Any) -> None:
    """It may allow more than it seems to, and a Deny of it may deny less."""
    proof = guardrail_of({"Chat": role(statement(condition=condition))})
    assert proof.fails
    if "Fn::If" not in condition:
        assert proof.verdict is Verdict.UNKNOWN
    assert guardrail_of(
        {"Chat": role(statement(Resource="*"), statement("Deny", condition, Resource="*"))}
    ).fails


def test_a_policy_of_aws_that_is_not_known_here_may_allow_anything() -> None:
    arns = {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/NobodyKnowsThis"]}
    proof = guardrail_of({"Chat": role(statement(condition=WITH_GUARDRAIL), **arns)})
    assert proof.verdict is Verdict.UNKNOWN
    arns = {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}
    assert guardrail_of({"Chat": role(**arns)}).verdict is Verdict.FAILS


def test_an_enforced_guardrail_stands_in_for_the_condition() -> None:
    enforced = {
        "Type": "AWS::Bedrock::EnforcedGuardrailConfiguration",
        "Properties": {"GuardrailIdentifier": "abc123", "GuardrailVersion": "4"},
    }
    proof = guardrail_of({"Chat": role(statement()), "Enforced": enforced})
    assert proof.verdict is Verdict.HOLDS
    assert proof.without["enforced guardrail"] is Verdict.FAILS


def test_what_only_one_of_two_conditions_of_the_template_allows_counts() -> None:
    choice = {"Fn::If": ["Strict", WITH_GUARDRAIL, {"Ref": "AWS::NoValue"}]}
    found = proofs(
        {"Chat": role(statement(condition=choice))},
        Parameters={"Stage": {"Type": "String", "Default": "prod"}},
        Conditions={"Strict": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    )
    assert found[NAMES_GUARDRAIL].verdict is Verdict.FAILS


@pytest.mark.parametrize("field", ["Path", "RoleName"])
def test_a_name_that_leads_back_to_itself_ends(field: str) -> None:
    other = {"Fn::GetAtt": ["Other", "Arn"]}
    chat = role(statement(), **{field: other})
    assert guardrail_of({"Chat": chat, "Other": role(**{field: {"Fn::GetAtt": ["Chat", "Arn"]}})}).fails
