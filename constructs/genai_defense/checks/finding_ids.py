"""Names of cdk-nag findings that hold a resource's name, which differs from stack to stack."""

from typing import Any

from aws_cdk import Stack
from constructs import IConstruct


def wildcard_below(arn: str, suffix: str, *, owner: IConstruct, reader: IConstruct) -> str:
    """Id of the finding AwsSolutions-IAM5 for a policy on `<arn><suffix>`.

    Args:
        arn: ARN attribute of the resource, a token.
        suffix: What follows it in the policy, for example `/audit/*`.
        owner: The construct that owns the resource.
        reader: The construct that holds the policy.

    Returns:
        The id as cdk-nag 3.0.2 writes it: with `<LogicalId.Arn>` inside one stack, with the name of the
        export (strong cross-stack references, as cdk.json sets them) between two.
    """
    owning, reading = Stack.of(owner), Stack.of(reader)
    if owning is reading:
        logical_id, attribute = owning.resolve(arn)["Fn::GetAtt"]
        name = f"<{logical_id}.{attribute}>"
    else:
        name = reading.resolve(owning.export_value(arn))["Fn::ImportValue"]
    return f"AwsSolutions-IAM5[Resource::{name}{suffix}]"


def wildcard_in(arn: str, *, reader: IConstruct) -> str:
    """Id of the finding AwsSolutions-IAM5 for a policy on an ARN that holds nothing but pseudo parameters.

    Args:
        arn: The ARN, with its wildcard.
        reader: The construct that holds the policy.

    Returns:
        The id as cdk-nag 3.0.2 writes it, with `<AWS::AccountId>` where the stack knows no account.
    """
    resolved: Any = Stack.of(reader).resolve(arn)
    parts: list[Any] = [resolved] if isinstance(resolved, str) else resolved["Fn::Join"][1]
    name = "".join(part if isinstance(part, str) else f"<{part['Ref']}>" for part in parts)
    return f"AwsSolutions-IAM5[Resource::{name}]"
