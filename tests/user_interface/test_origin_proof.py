"""A generated secret proves the distribution, and a new one takes over without a lost request."""

import re
from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.user_interface import OriginProof

Synth = Callable[[], Template]


def test_the_secret_is_generated_long_and_under_the_key(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    OriginProof(stack, "Proof", encryption_key=log_key)
    (secret,) = template().find_resources("AWS::SecretsManager::Secret").values()
    assert secret["Properties"]["GenerateSecretString"] == {
        "ExcludePunctuation": True,
        "IncludeSpace": False,
        "PasswordLength": 48,
    }
    assert "KmsKeyId" in secret["Properties"]
    assert "SecretString" not in secret["Properties"]


def test_it_is_handed_on_by_reference_only(stack: cdk.Stack, log_key: kms.Key) -> None:
    proof = OriginProof(stack, "Proof", encryption_key=log_key)
    values = [proof.header_value(), *proof.accepted_values()]
    assert all("{{resolve:secretsmanager:" in str(stack.resolve(value)) for value in values)


def test_a_new_generation_is_sent_while_the_previous_one_is_still_accepted(
    stack: cdk.Stack, log_key: kms.Key
) -> None:
    proof = OriginProof(stack, "Proof", encryption_key=log_key, generation=3)
    assert [secret.node.id for secret in proof.accepted] == ["Generation3", "Generation2"]
    assert proof.current is proof.accepted[0]


def test_the_previous_one_stays_the_same_secret() -> None:
    def names(generation: int) -> set[str]:
        stack = cdk.Stack(cdk.App(), "Foreign")
        OriginProof(stack, "Proof", encryption_key=kms.Key(stack, "Key"), generation=generation)
        return set(Template.from_stack(stack).find_resources("AWS::SecretsManager::Secret"))

    assert names(1) < names(2)
    assert len(names(2) & names(3)) == 1


def test_another_stack_may_move_on_first_or_last(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    """An export that is still imported would stop the deployment of this stack."""
    OriginProof(stack, "Proof", encryption_key=log_key, generation=2)
    assert len([name for name in template().to_json()["Outputs"] if "Generation" in name]) == 2


def test_there_is_no_generation_zero(stack: cdk.Stack, log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match="generation is 0"):
        OriginProof(stack, "Proof", encryption_key=log_key, generation=0)


def test_a_rotation_leaves_what_the_distribution_still_imports() -> None:
    """Stack by stack: the web ACL's first, while the distribution still sends the previous secret."""

    def stacks(generation: int) -> tuple[Template, Template]:
        app = cdk.App()
        first, second = cdk.Stack(app, "First"), cdk.Stack(app, "Second")
        proof = OriginProof(first, "Proof", encryption_key=kms.Key(first, "Key"), generation=generation)
        cdk.CfnOutput(second, "Sent", value=proof.header_value())
        return Template.from_stack(first), Template.from_stack(second)

    for generation in (1, 2):
        _, sending = stacks(generation)
        accepting, _ = stacks(generation + 1)
        (imported,) = re.findall(r"'Fn::ImportValue': '([^']+)'", str(sending.to_json()["Outputs"]))
        exported = {output["Export"]["Name"] for output in accepting.to_json()["Outputs"].values()}
        assert imported in exported
