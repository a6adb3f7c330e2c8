"""Each document stands alone: its type, its size, and what it refuses to be."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions

from genai_defense.checks.organization_policies import MOST_CHARS
from genai_defense.organization import (
    AiServicesOptOutPolicy,
    ApprovedModelsControlPolicy,
    DataPerimeterPolicy,
    EnforcedGuardrailPolicy,
    GuardrailControlPolicy,
    LockControlPolicy,
    OrganizationPolicy,
    ProtectionControlPolicy,
)
from genai_defense.organization.policy_document import PolicyDocument, size_of

VERSION = "arn:aws:bedrock:us-east-1:111122223333:guardrail/gr1a2b3c4d5e:7"
DEPLOYS = "arn:*:iam::*:role/cdk-*-cfn-exec-role-*"
EMERGENCY = "arn:aws:iam::*:role/BreakGlass"
DOCUMENTS: list[PolicyDocument] = [
    GuardrailControlPolicy(guardrail_versions=(VERSION,), administrators=(DEPLOYS,)),
    ApprovedModelsControlPolicy(
        model_ids=("amazon.nova-pro-v1:0",), regions=("us-east-1",), administrators=(DEPLOYS,)
    ),
    ProtectionControlPolicy(administrators=(DEPLOYS,), break_glass=(EMERGENCY,)),
    LockControlPolicy(administrators=(DEPLOYS,), break_glass=(EMERGENCY,)),
    DataPerimeterPolicy(organization_id="o-a1b2c3d4e5"),
    AiServicesOptOutPolicy(),
    EnforcedGuardrailPolicy(guardrail_versions=(VERSION,)),
]


@pytest.mark.parametrize("policy", DOCUMENTS, ids=lambda policy: type(policy).__name__)
def test_a_document_leaves_room_within_its_limit(policy: PolicyDocument) -> None:
    assert size_of(policy.document) < MOST_CHARS[policy.policy_type] * 0.75


@pytest.mark.parametrize("policy", DOCUMENTS, ids=lambda policy: type(policy).__name__)
def test_a_document_is_deployed_with_its_type_and_its_targets(
    stack: cdk.Stack, policy: PolicyDocument
) -> None:
    OrganizationPolicy(stack, "It", policy=policy, policy_name="it", targets=["ou-ab12-11112222"])
    (deployed,) = (
        entry["Properties"]
        for entry in assertions.Template.from_stack(stack)
        .find_resources("AWS::Organizations::Policy")
        .values()
    )
    assert deployed["Type"] == policy.policy_type
    assert deployed["TargetIds"] == ["ou-ab12-11112222"]
    assert deployed["Content"] == policy.document
    assert deployed["Description"].endswith(".")


def test_a_policy_that_binds_nobody_is_refused(stack: cdk.Stack) -> None:
    with pytest.raises(ValueError, match="bind nobody"):
        OrganizationPolicy(stack, "It", policy=AiServicesOptOutPolicy(), policy_name="it", targets=[])


def test_a_control_policy_only_denies_and_a_resource_one_names_everybody() -> None:
    statements: list[dict[str, Any]] = [
        entry for policy in DOCUMENTS[:5] for entry in policy.document["Statement"]
    ]
    assert {entry["Effect"] for entry in statements} == {"Deny"}
    assert [entry.get("Principal") for entry in DOCUMENTS[4].document["Statement"]] == ["*"] * 3
    assert len({entry["Sid"] for entry in statements}) == len(statements)


def test_no_policy_below_may_opt_in_again() -> None:
    services = AiServicesOptOutPolicy().document["services"]
    assert services["default"]["opt_out_policy"]["@@assign"] == "optOut"
    for level in (services, services["default"], services["default"]["opt_out_policy"]):
        assert level["@@operators_allowed_for_child_policies"] == ["@@none"]


def test_a_guardrail_is_enforced_in_its_own_region_on_everything_but_what_is_excluded() -> None:
    elsewhere = VERSION.replace("us-east-1", "eu-west-1")
    policy = EnforcedGuardrailPolicy(guardrail_versions=(VERSION, elsewhere), excluded_models=("a.embed",))
    regions = policy.document["bedrock"]["guardrail_inference"]
    assert {
        region: entry["genai_defense"]["identifier"]["@@assign"] for region, entry in regions.items()
    } == {
        "us-east-1": VERSION,
        "eu-west-1": elsewhere,
    }
    enforcement = regions["eu-west-1"]["genai_defense"]["model_enforcement"]
    assert enforcement["included_models"]["@@assign"] == ["ALL"]
    assert enforcement["excluded_models"]["@@assign"] == ["a.embed"]


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: ProtectionControlPolicy(administrators=(DEPLOYS,), break_glass=()), "break_glass each need"),
        (
            lambda: ProtectionControlPolicy(administrators=(), break_glass=()),
            "administrators and break_glass",
        ),
        (
            lambda: ProtectionControlPolicy(
                administrators=tuple(f"{DEPLOYS}{number}" for number in range(20)), break_glass=(EMERGENCY,)
            ),
            "Organizations takes 5120 for a SERVICE_CONTROL_POLICY. Name fewer entries",
        ),
        (
            lambda: ApprovedModelsControlPolicy(model_ids=(), regions=("x",), administrators=(DEPLOYS,)),
            "model_ids each need",
        ),
        (lambda: DataPerimeterPolicy(organization_id="my-company"), "describe-organization"),
        (lambda: DataPerimeterPolicy(organization_id="o-a1b2c3d4e5", trusted_accounts=("12",)), "twelve"),
        (
            lambda: DataPerimeterPolicy(
                organization_id="o-a1b2c3d4e5", trusted_accounts=tuple(f"{n:012}" for n in range(300))
            ),
            "takes 5120 for a RESOURCE_CONTROL_POLICY",
        ),
        (lambda: EnforcedGuardrailPolicy(guardrail_versions=()), "guardrail_versions each need"),
        (lambda: EnforcedGuardrailPolicy(guardrail_versions=(VERSION, VERSION)), "a Region twice"),
        (lambda: EnforcedGuardrailPolicy(guardrail_versions=("gr1:7",)), "no ARN of a guardrail"),
        (lambda: EnforcedGuardrailPolicy(guardrail_versions=(f"{VERSION[:-2]}:DRAFT",)), "with its version"),
    ],
)
def test_a_document_that_could_not_stand_is_refused(build: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        build()
