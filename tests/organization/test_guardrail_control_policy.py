"""What the organization denies every account: models without this guardrail, and the ways around it."""

import json
from dataclasses import replace

import aws_cdk as cdk
import pytest

from genai_defense.organization import GuardrailControlPolicy

VERSION = "arn:aws:bedrock:eu-west-1:123456789012:guardrail/abc123:7"
ADMINISTRATOR = "arn:aws:iam::*:role/cdk-*-cfn-exec-role-*"


def _policy(
    versions: tuple[str, ...] = (VERSION,), administrators: tuple[str, ...] = (ADMINISTRATOR,)
) -> GuardrailControlPolicy:
    return GuardrailControlPolicy(guardrail_versions=versions, administrators=administrators)


def test_a_call_without_this_version_is_denied() -> None:
    statements = {entry["Sid"]: entry for entry in _policy().document["Statement"]}
    denied = statements["DenyModelsWithoutThisGuardrail"]
    assert denied["Condition"] == {"StringNotEquals": {"bedrock:GuardrailIdentifier": [VERSION]}}
    assert "bedrock:InvokeModel" in denied["Action"]


def test_an_id_with_its_version_names_the_guardrail_in_any_account() -> None:
    (denied, *_) = _policy(("abc123:7",)).document["Statement"]
    assert denied["Condition"] == {
        "StringNotLike": {"bedrock:GuardrailIdentifier": ["arn:*:bedrock:*:*:guardrail/abc123:7"]}
    }


def test_embedding_models_alone_are_exempt() -> None:
    policy = GuardrailControlPolicy(
        guardrail_versions=(VERSION,),
        administrators=(ADMINISTRATOR,),
        embedding_models=("amazon.titan-embed-text-v2:0",),
    )
    (denied, *_) = policy.document["Statement"]
    assert denied["NotResource"] == ["arn:*:bedrock:*::foundation-model/amazon.titan-embed-text-v2:0"]
    assert "Resource" not in denied


def test_it_only_denies() -> None:
    assert {entry["Effect"] for entry in _policy().document["Statement"]} == {"Deny"}


def test_ways_around_keys_and_changes_are_denied() -> None:
    written = json.dumps(_policy().document)
    for action in (
        "bedrock-mantle:*",
        "bedrock:CallWithBearerToken",
        "iam:CreateServiceSpecificCredential",
        "bedrock:UpdateGuardrail",
        "bedrock:PutEnforcedGuardrailConfiguration",
        "bedrock:DeleteModelInvocationLoggingConfiguration",
    ):
        assert f'"{action}"' in written


def test_only_keys_for_bedrock_are_denied() -> None:
    (keys,) = [entry for entry in _policy().document["Statement"] if entry["Sid"] == "DenyBedrockApiKeys"]
    assert keys["Condition"] == {
        "StringEquals": {"iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com"}
    }


def test_administrators_may_still_change_the_guardrail_and_keepers_of_the_log_the_log_only() -> None:
    policy = replace(_policy(), log_keepers=("arn:aws:iam::*:role/Keeper",))
    exempt = {
        entry["Sid"]: entry["Condition"]["ArnNotLike"]["aws:PrincipalArn"]
        for entry in policy.document["Statement"]
        if entry["Sid"].startswith("DenyChanges")
    }
    assert exempt == {
        "DenyChangesOfTheGuardrail": [ADMINISTRATOR],
        "DenyChangesOfTheLog": [ADMINISTRATOR, "arn:aws:iam::*:role/Keeper"],
    }


def test_it_fits_with_an_old_and_a_new_version() -> None:
    assert _policy((VERSION, VERSION[:-1] + "8")).size < 2500


def test_a_version_that_only_a_deployment_knows_is_taken_at_its_longest() -> None:
    token = cdk.Fn.import_value("GuardrailVersionArn")
    longest = VERSION.replace("abc123:7", "a" * (120 - len(VERSION) + 5) + ":10")
    assert len(longest) == 120
    assert _policy((token,)).size == _policy((longest,)).size


@pytest.mark.parametrize(
    ("versions", "administrators", "says"),
    [
        ((), (ADMINISTRATOR,), "each need an entry"),
        ((VERSION,), (), "each need an entry"),
        (("arn:aws:bedrock:eu-west-1:123456789012:guardrail/abc123:DRAFT",), (ADMINISTRATOR,), "numbered"),
        (("arn:aws:bedrock:eu-west-1:123456789012:guardrail/abc123",), (ADMINISTRATOR,), "numbered"),
        (tuple(f"{VERSION}{number}" for number in range(100)), (ADMINISTRATOR,), "Organizations takes 5120"),
    ],
)
def test_a_policy_that_could_not_stand_is_refused(
    versions: tuple[str, ...], administrators: tuple[str, ...], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        _policy(versions, administrators)
