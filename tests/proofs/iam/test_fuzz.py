"""No template makes the prover break down."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.template_graph import Template
from genai_defense.proofs.iam import prove
from genai_defense.proofs.proof import Verdict
from tests.checks.any_template import any_template, cases

CASES = cases(60)
_ODD: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-2, 2),
        st.text(max_size=4),
        st.sampled_from(
            ["*", "bedrock:InvokeModel", "Allow", "Deny", "${aws:PrincipalTag/x}", "arn:aws:s3:::b/*"]
        ),
        st.just({"Ref": "A"}),
        st.just({"Fn::GetAtt": ["B", "Arn"]}),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=6,
)
_FIELDS = st.sampled_from(
    ["Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"]
)
_CONDITIONS = st.dictionaries(
    st.sampled_from(["StringEquals", "ForAllValues:StringLike", "Null", "BoolIfExists", "Nope"]),
    st.one_of(_ODD, st.dictionaries(st.sampled_from(["aws:SourceVpce", "dynamodb:LeadingKeys"]), _ODD)),
)
_STATEMENTS = st.one_of(_ODD, st.dictionaries(_FIELDS, st.one_of(_ODD, _CONDITIONS)))
_DOCUMENTS = st.one_of(
    _ODD, st.fixed_dictionaries({"Statement": st.one_of(_ODD, st.lists(_STATEMENTS, max_size=2))})
)
_TYPES = st.sampled_from(
    [
        "AWS::EC2::VPCEndpoint",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Role",
        "AWS::IAM::User",
        "AWS::KMS::Key",
        "AWS::Organizations::Policy",
        "AWS::S3::BucketPolicy",
    ]
)
_PROPERTIES = st.dictionaries(
    st.sampled_from(
        [
            "AssumeRolePolicyDocument",
            "Bucket",
            "Content",
            "KeyPolicy",
            "Path",
            "PermissionsBoundary",
            "Policies",
            "PolicyDocument",
            "RoleName",
            "Roles",
            "ServiceName",
            "Type",
        ]
    ),
    st.one_of(
        _DOCUMENTS,
        st.lists(st.fixed_dictionaries({"PolicyDocument": _DOCUMENTS}), max_size=2),
        st.sampled_from(["SERVICE_CONTROL_POLICY", "com.amazonaws.eu-west-1.bedrock-runtime"]),
    ),
)
_POLICIES = st.fixed_dictionaries(
    {
        "Resources": st.fixed_dictionaries(
            {
                name: st.fixed_dictionaries({"Type": _TYPES, "Properties": _PROPERTIES})
                for name in ("A", "B", "C")
            }
        )
    }
)


def _holds_together(template: dict[str, Any]) -> None:
    deployment = Deployment(path="t", templates=(Template("t", template),))
    for proof in prove(deployment):
        assert proof.claim
        assert proof.witness or proof.verdict is Verdict.UNKNOWN
        assert bool(proof.counterexamples) == proof.fails


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(template=any_template())
def test_no_template_makes_it_break_down(template: dict[str, Any]) -> None:
    _holds_together(template)


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(template=_POLICIES)
def test_no_policy_makes_it_break_down(template: dict[str, Any]) -> None:
    _holds_together(template)
