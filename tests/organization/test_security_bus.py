"""One bus: encrypted, and each sender speaks for itself only."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.organization import SecurityBus


def _template(stack: cdk.Stack) -> Template:
    bus = SecurityBus(stack, "Bus", encryption_key=kms.Key(stack, "Key", enable_key_rotation=True))
    role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    bus.grant_put(iam.ManagedPolicy(stack, "Policy", roles=[role]), source="genai-defense.guardrail")
    return Template.from_stack(stack)


def test_the_bus_is_encrypted_and_its_key_admits_eventbridge_of_this_account_alone(stack: cdk.Stack) -> None:
    template = _template(stack)
    template.has_resource_properties("AWS::Events::EventBus", {"KmsKeyIdentifier": Match.any_value()})
    statement = {
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
        "Condition": {
            "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
            "ArnLike": {"aws:SourceArn": Match.any_value()},
        },
    }
    template.has_resource_properties(
        "AWS::KMS::Key",
        {"KeyPolicy": {"Statement": Match.array_with([Match.object_like(statement)])}},
    )


def test_a_sender_may_use_its_own_source_only(stack: cdk.Stack) -> None:
    """Every entry of a call must have it, and there must be one: `ForAllValues` alone takes none as well."""
    statement = {
        "Action": "events:PutEvents",
        "Effect": "Allow",
        "Condition": {
            "ForAllValues:StringEquals": {"events:source": ["genai-defense.guardrail"]},
            "Null": {"events:source": "false"},
        },
    }
    _template(stack).has_resource_properties(
        "AWS::IAM::ManagedPolicy",
        {"PolicyDocument": {"Statement": [Match.object_like(statement)]}},
    )
