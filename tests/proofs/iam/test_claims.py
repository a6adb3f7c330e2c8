"""Who may weaken a control, reach a caller's rows, or make rights of less: a small deployment for each."""

from typing import Any

import pytest

from genai_defense.proofs.iam.controls import CONTROLS
from genai_defense.proofs.iam.escalation import ESCALATIONS
from genai_defense.proofs.proof import Verdict
from tests.proofs.iam.prover import (
    WITH_GUARDRAIL,
    boundary,
    policy_of_the_organization,
    proofs,
    role,
    statement,
)

TABLE = {"Fn::GetAtt": ["Rows", "Arn"]}
OWN_ROWS = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/user_id}"]}}
_ANY_KEY = {"ForAnyValue:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/user_id}"]}}
TENANT = "arn:aws:s3:::documents/${aws:PrincipalTag/tenant}/*"
ROWS = "iam-a-caller-reaches-only-his-rows"
OBJECTS = "iam-a-caller-reaches-only-his-objects"
ASKING = "iam-who-asks-models-reaches-no-rows-of-callers"
PASSED = "iam-roles-are-passed-one-by-one"


def _caller(*statements: Any) -> dict[str, Any]:
    """A role whose sessions carry the tag of a user."""
    found = role(*statements)
    found["Properties"]["AssumeRolePolicyDocument"]["Statement"][0]["Condition"] = {
        "StringLike": {"aws:RequestTag/user_id": "?*"}
    }
    return found


def _rows(**fields: Any) -> dict[str, Any]:
    return statement(**{"Action": "dynamodb:Query", "Resource": TABLE, **fields})


@pytest.mark.parametrize("control", CONTROLS)
def test_a_role_that_may_weaken_a_control_is_found(control: str) -> None:
    for action in CONTROLS[control]:
        found = proofs({"Chat": role(statement(Action=action, Resource="*"))})
        proof = found[f"iam-nobody-weakens-the-{control}"]
        assert proof.verdict is Verdict.FAILS
        assert action in proof.counterexamples[0]
    limited = {
        "Chat": role(statement(Action="*", Resource="*"), PermissionsBoundary={"Ref": "Limit"}),
        "Limit": boundary(
            statement(Action="*", Resource="*"),
            statement("Deny", Action=list(CONTROLS[control]), Resource="*"),
        ),
    }
    assert proofs(limited)[f"iam-nobody-weakens-the-{control}"].verdict is Verdict.HOLDS


def test_a_response_may_fill_the_lists_that_it_names() -> None:
    named = role(statement(Action="wafv2:UpdateIPSet", Resource={"Fn::GetAtt": ["Blocked", "Arn"]}))
    blocked = {"Type": "AWS::WAFv2::IPSet"}
    proof = proofs({"Respond": named, "Blocked": blocked})["iam-nobody-weakens-the-firewall"]
    assert proof.verdict is Verdict.HOLDS
    assert "role Respond may call wafv2:UpdateIPSet on {Blocked" in proof.witness
    wide = role(statement(Action="wafv2:UpdateIPSet", Resource="*"))
    assert proofs({"Respond": wide})["iam-nobody-weakens-the-firewall"].verdict is Verdict.FAILS


@pytest.mark.parametrize("action", ESCALATIONS)
def test_who_may_make_rights_is_found(action: str) -> None:
    found = proofs({"Chat": role(statement(Action=action, Resource="*"))})
    assert found["iam-nobody-gives-himself-more-rights"].verdict is Verdict.FAILS


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"Resource": "*"}, Verdict.FAILS),
        ({"condition": None}, Verdict.FAILS),
        ({"condition": {"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}}}, Verdict.HOLDS),
        ({"condition": {"StringLike": {"iam:PassedToService": "*.amazonaws.com"}}}, Verdict.FAILS),
        ({"condition": {"StringEqualsIfExists": {"iam:PassedToService": "a.b"}}}, Verdict.FAILS),
    ],
)
def test_a_role_is_passed_to_one_service(fields: dict[str, Any], verdict: Verdict) -> None:
    passing = statement(
        **{"Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/a", **fields}
    )
    assert proofs({"Chat": role(passing)})[PASSED].verdict is verdict


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (_rows(condition=OWN_ROWS), Verdict.HOLDS),
        (_rows(), Verdict.FAILS),
        (_rows(condition=_ANY_KEY), Verdict.HOLDS),
        (_rows(condition=_ANY_KEY, Action="dynamodb:BatchGetItem"), Verdict.FAILS),
        (_rows(condition=OWN_ROWS, Action=["dynamodb:Query", "dynamodb:Scan"]), Verdict.FAILS),
        (
            _rows(condition={"StringLike": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/user_id}*"]}}),
            Verdict.FAILS,
        ),
        (
            _rows(condition={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["shared"]}}),
            Verdict.FAILS,
        ),
    ],
)
def test_a_caller_reaches_rows_by_his_tag_alone(rows: dict[str, Any], verdict: Verdict) -> None:
    """A scan has no leading keys, so ForAllValues lets it through; one of a batch's keys is not every key."""
    found = proofs({"Rows": {"Type": "AWS::DynamoDB::Table"}, "User": _caller(rows)})
    assert found[ROWS].verdict is verdict


@pytest.mark.parametrize(
    ("resource", "verdict"),
    [
        (TENANT, Verdict.HOLDS),
        ("arn:aws:s3:::documents/${aws:PrincipalTag/tenant}*", Verdict.FAILS),
        ("arn:aws:s3:::documents/*/${aws:PrincipalTag/tenant}/*", Verdict.FAILS),
        ([TENANT, "arn:aws:s3:::documents/shared/*"], Verdict.FAILS),
    ],
)
def test_a_caller_reaches_objects_under_his_tag_alone(resource: Any, verdict: Verdict) -> None:
    found = proofs({"User": _caller(statement(Action="s3:GetObject", Resource=resource))})
    assert found[OBJECTS].verdict is verdict


def test_who_asks_models_reaches_no_rows_of_callers() -> None:
    user = {"Rows": {"Type": "AWS::DynamoDB::Table"}, "User": _caller(_rows(condition=OWN_ROWS))}
    apart = {**user, "Chat": role(statement(condition=WITH_GUARDRAIL))}
    assert proofs(apart)[ASKING].verdict is Verdict.HOLDS
    other = {"Other": {"Type": "AWS::DynamoDB::Table"}}
    elsewhere = role(statement(), _rows(Resource={"Fn::GetAtt": ["Other", "Arn"]}))
    assert proofs({**user, **other, "Chat": elsewhere})[ASKING].verdict is Verdict.HOLDS
    assert proofs({**user, "Chat": role(statement(), _rows())})[ASKING].verdict is Verdict.FAILS


def test_others_are_bound_by_the_organization_alone() -> None:
    guard = {"StringNotEquals": WITH_GUARDRAIL["StringEquals"]}
    own = {"Chat": role(statement(condition=WITH_GUARDRAIL))}
    assert not [name for name in proofs(own) if name.startswith("iam-others")]
    exempt = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass"}}
    denied = policy_of_the_organization(
        statement("Deny", guard, Action="bedrock:InvokeModel*", Resource="*"),
        statement("Deny", exempt, Action="kms:*", Resource="*"),
        statement(
            "Deny", {"StringEquals": {"aws:RequestedRegion": "x"}}, Action="cloudtrail:*", Resource="*"
        ),
    )
    found = proofs({**own, "Control": denied})
    assert found["iam-others-name-a-guardrail"].verdict is Verdict.HOLDS
    assert found["iam-others-name-a-guardrail"].without["service control policy"] is Verdict.FAILS
    assert found["iam-others-do-not-weaken-the-key"].verdict is Verdict.HOLDS
    assert "role/BreakGlass" in found["iam-others-do-not-weaken-the-key"].witness
    assert found["iam-others-do-not-weaken-the-trail"].verdict is Verdict.FAILS


def test_a_policy_that_is_attached_elsewhere_is_somebodys() -> None:
    policy = boundary(statement(Resource="*"))
    policy["Properties"]["Description"] = "attach to whom you like"
    proof = proofs({"Loose": policy})["iam-every-invocation-names-the-guardrail"]
    assert proof.verdict is Verdict.FAILS
    assert "whoever gets the policy Loose may call bedrock:InvokeModel" in proof.counterexamples[0]


def test_a_user_has_what_his_groups_have() -> None:
    group = role(statement())["Properties"]["Policies"]
    found = proofs(
        {
            "Group": {"Type": "AWS::IAM::Group", "Properties": {"Policies": group}},
            "User": {"Type": "AWS::IAM::User", "Properties": {"Groups": [{"Ref": "Group"}]}},
        }
    )
    proof = found["iam-every-invocation-names-the-guardrail"]
    assert "user User may call bedrock:InvokeModel" in proof.counterexamples[0]
