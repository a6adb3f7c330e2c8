"""For every request there is: what must be denied is denied, and what the chatbot needs is not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_defense.organization import (
    ApprovedModelsControlPolicy,
    DataPerimeterPolicy,
    GuardrailControlPolicy,
)
from tests.organization.policy_evaluator import Request, denied_by

GUARDRAIL = "arn:aws:bedrock:us-east-1:111122223333:guardrail/gr1a2b3c4d5e"
MODEL, EMBEDDING = "amazon.nova-pro-v1:0", "amazon.titan-embed-text-v2:0"
PROFILE = "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0"
DEPLOYS = "arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1"
EMERGENCY = "arn:aws:iam::111122223333:role/BreakGlass"
ADMINISTRATORS = ("arn:*:iam::*:role/cdk-*-cfn-exec-role-*",)

BY_ARN = GuardrailControlPolicy(
    guardrail_versions=(f"{GUARDRAIL}:7", f"{GUARDRAIL}:8"),
    administrators=ADMINISTRATORS,
    embedding_models=(EMBEDDING,),
).document
BY_ID = GuardrailControlPolicy(
    guardrail_versions=("gr1a2b3c4d5e:7", "gr1a2b3c4d5e:8"),
    administrators=ADMINISTRATORS,
    embedding_models=(EMBEDDING,),
).document
MODELS = ApprovedModelsControlPolicy(
    model_ids=(MODEL,),
    embedding_models=(EMBEDDING,),
    inference_profile_ids=("us.amazon.nova-pro-v1:0",),
    regions=("us-east-1",),
    administrators=ADMINISTRATORS,
).document
PERIMETER = DataPerimeterPolicy(organization_id="o-a1b2c3d4e5", trusted_accounts=("999988887777",)).document

invocations = st.sampled_from(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"])
regions = st.sampled_from(["us-east-1", "us-west-2", "eu-west-1", "unspecified"])
ids = st.text("abcdefgr0123456789", min_size=1, max_size=12)
versions = st.one_of(st.none(), st.just("DRAFT"), st.integers(0, 99).map(str))
models = st.sampled_from([MODEL, EMBEDDING, "meta.llama3-3-70b-instruct-v1:0", "amazon.nova-pro-v1:0:24k"])
principals = st.sampled_from(
    [
        DEPLOYS,
        EMERGENCY,
        "arn:aws:iam::111122223333:role/GenAiDefense-Model-Caller1A2B",
        "arn:aws:iam::111122223333:role/BreakGlass2",
        "arn:aws:iam::111122223333:role/x-cdk-1-cfn-exec-role-1",
        "arn:aws:iam::111122223333:user/BreakGlass",
        "arn:aws:iam::111122223333:root",
    ]
)


def _foundation(model: str, region: str = "us-east-1") -> str:
    return f"arn:aws:bedrock:{region}::foundation-model/{model}"


@pytest.mark.parametrize("document", [BY_ARN, BY_ID], ids=["by ARN", "by id"])
@given(action=invocations, guardrail=st.one_of(st.just("gr1a2b3c4d5e"), ids), version=versions, model=models)
def test_a_model_answers_only_under_an_approved_guardrail_version(
    document: dict[str, Any], action: str, guardrail: str, version: str | None, model: str
) -> None:
    named = GUARDRAIL.replace("gr1a2b3c4d5e", guardrail) + (
        "" if version in {None, "DRAFT"} else f":{version}"
    )
    request = Request(
        action=action, resource=_foundation(model), context={"bedrock:GuardrailIdentifier": named}
    )
    approved = guardrail == "gr1a2b3c4d5e" and version in {"7", "8"}
    assert bool(denied_by(document, request)) == (not approved and model != EMBEDDING)


@pytest.mark.parametrize("document", [BY_ARN, BY_ID], ids=["by ARN", "by id"])
@given(action=invocations, model=models, region=regions)
def test_a_call_without_a_guardrail_is_denied_for_all_but_the_embedding_model(
    document: dict[str, Any], action: str, model: str, region: str
) -> None:
    request = Request(action=action, resource=_foundation(model, region))
    assert bool(denied_by(document, request)) == (model != EMBEDDING)


# Not the constant: what is missing there would be missing here.
ROUND = [
    "bedrock:AgenticRetrieveStream", "bedrock:CallWithBearerToken", "bedrock:CreateModelInvocationJob",
    "bedrock:GenerateQuery", "bedrock:InvokeAgent", "bedrock:InvokeBlueprintOptimizationAsync",
    "bedrock:InvokeDataAutomation", "bedrock:InvokeDataAutomationAsync", "bedrock:InvokeFlow",
    "bedrock:InvokeInlineAgent", "bedrock:InvokeModelWithBidirectionalStream", "bedrock:OptimizePrompt",
    "bedrock:RetrieveAndGenerate", "bedrock:StartFlowExecution", "bedrock-agentcore:Evaluate",
    "bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:InvokeHarness",
    "bedrock-agentcore:StartBatchEvaluation", "bedrock-mantle:CreateInference",
]  # fmt: skip


@pytest.mark.parametrize("action", ROUND)
@given(principal=principals)
def test_nobody_goes_round_the_guardrail(action: str, principal: str) -> None:
    """Not the deployment, not in an emergency, not with the right guardrail, not on the other endpoint."""
    request = Request(
        action=action,
        context={"aws:PrincipalArn": principal, "bedrock:GuardrailIdentifier": f"{GUARDRAIL}:7"},
    )
    assert denied_by(BY_ARN, request) == ["DenyWaysAroundTheGuardrail"]


@given(
    service=st.sampled_from(["bedrock.amazonaws.com", "codecommit.amazonaws.com", None]), principal=principals
)
def test_nobody_makes_an_api_key_for_bedrock(service: str | None, principal: str) -> None:
    context = {"aws:PrincipalArn": principal}
    if service:
        context["iam:ServiceSpecificCredentialServiceName"] = service
    request = Request(action="iam:CreateServiceSpecificCredential", context=context)
    assert bool(denied_by(BY_ARN, request)) == (service == "bedrock.amazonaws.com")


@given(action=invocations, model=models, region=regions, at=regions, profile=st.sampled_from([None, PROFILE]))
def test_only_approved_models_answer_and_only_in_approved_regions(
    action: str, model: str, region: str, at: str, profile: str | None
) -> None:
    """An approved profile carries its model into other Regions, another model never."""
    context = {"aws:RequestedRegion": at}
    if profile:
        context["bedrock:InferenceProfileArn"] = profile
    denied = denied_by(MODELS, Request(action=action, resource=_foundation(model, region), context=context))
    assert ("DenyOtherModels" in denied) == (model not in {MODEL, EMBEDDING})
    assert ("DenyOtherRegions" in denied) == (at != "us-east-1" and not profile)


@given(
    kind=st.sampled_from(
        ["imported-model", "provisioned-model", "custom-model-deployment", "prompt-router", "async-invoke"]
    ),
    name=ids,
)
def test_what_is_no_approved_foundation_model_is_denied(kind: str, name: str) -> None:
    request = Request(
        action="bedrock:InvokeModel",
        resource=f"arn:aws:bedrock:us-east-1:111122223333:{kind}/{name}",
        context={"aws:RequestedRegion": "us-east-1"},
    )
    assert denied_by(MODELS, request) == ["DenyOtherModels"]


@given(region=regions, profile=st.sampled_from(["us.amazon.nova-pro-v1:0", "global.amazon.nova-pro-v1:0"]))
def test_a_profile_is_approved_by_its_name_and_region(region: str, profile: str) -> None:
    arn = f"arn:aws:bedrock:{region}:111122223333:inference-profile/{profile}"
    request = Request(
        action="bedrock:InvokeModel",
        resource=arn,
        context={"aws:RequestedRegion": region, "bedrock:InferenceProfileArn": arn},
    )
    assert bool(denied_by(MODELS, request)) == ((region, profile) != ("us-east-1", "us.amazon.nova-pro-v1:0"))


@given(
    action=st.sampled_from(
        ["s3:GetObject", "kms:Decrypt", "sqs:SendMessage", "dynamodb:GetItem", "sts:AssumeRole"]
    ),
    organization=st.sampled_from(["o-a1b2c3d4e5", "o-zzzzzzzzzz", None]),
    account=st.sampled_from(["111122223333", "999988887777", "444455556666"]),
    service=st.sampled_from(["true", "false", None]),
)
def test_data_is_reached_from_the_organization_its_friends_and_services_only(
    action: str, organization: str | None, account: str, service: str | None
) -> None:
    given_keys = {
        "aws:PrincipalOrgID": organization,
        "aws:PrincipalAccount": account,
        "aws:PrincipalIsAWSService": service,
        "aws:SecureTransport": "true",
    }
    context = {key: value for key, value in given_keys.items() if value}
    known = organization == "o-a1b2c3d4e5" or account == "999988887777" or service == "true"
    assert bool(denied_by(PERIMETER, Request(action=action, context=context))) == (not known)


@given(
    source=st.sampled_from(["o-a1b2c3d4e5", "o-zzzzzzzzzz", None]), account=st.sampled_from(["1" * 12, None])
)
def test_a_service_of_aws_comes_in_for_accounts_of_the_organization_only(
    source: str | None, account: str | None
) -> None:
    keys = {"aws:SourceOrgID": source, "aws:SourceAccount": account, "aws:PrincipalIsAWSService": "true"}
    request = Request(action="s3:PutObject", context={key: value for key, value in keys.items() if value})
    confused = account is not None and source != "o-a1b2c3d4e5"
    assert ("DenyServicesForStrangers" in denied_by(PERIMETER, request)) == confused


def test_cloudfront_delivers_its_standard_log_and_nobody_else_of_that_account() -> None:
    """It has no service principal: the bucket's access control list lets in a user of an account of AWS."""
    for name, sids in (("awslogsdelivery", []), ("somebody", ["DenyStrangers"])):
        keys = {
            "aws:PrincipalArn": f"arn:aws:iam::162777425019:user/{name}",
            "aws:PrincipalAccount": "162777425019",
            "aws:PrincipalIsAWSService": "false",
            "aws:SecureTransport": "true",
        }
        assert denied_by(PERIMETER, Request(action="s3:PutObject", context=keys)) == sids


def test_plain_http_is_denied_and_a_table_of_nobody_is_not_touched() -> None:
    inside = {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:PrincipalIsAWSService": "false"}
    plain = Request(action="s3:GetObject", context={**inside, "aws:SecureTransport": "false"})
    assert denied_by(PERIMETER, plain) == ["DenyPlainHttp"]
    assert denied_by(PERIMETER, Request(action="lambda:InvokeFunction")) == []
