"""Bucket policies that say who alone may do something, whatever other policies allow."""

from collections.abc import Sequence

from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

READ_CONTENT = ("s3:GetObject", "s3:GetObjectVersion")


def deny_except(
    bucket: s3.Bucket, *, sid: str, actions: Sequence[str], roles: Sequence[str], keys: str = "*"
) -> None:
    """Deny actions on objects to everybody but some roles.

    Args:
        bucket: The bucket.
        sid: Id of the statement.
        actions: What is denied.
        roles: ARNs of the roles that may, as far as their own policies let them; with none, nobody may.
        keys: The objects. Default: all.
    """
    others = {"ArnNotLike": {"aws:PrincipalArn": list(roles)}} if roles else None
    bucket.add_to_resource_policy(
        iam.PolicyStatement(
            sid=sid,
            effect=iam.Effect.DENY,
            principals=[iam.AnyPrincipal()],
            actions=list(actions),
            resources=[bucket.arn_for_objects(keys)],
            conditions=others,
        )
    )


def key_through_s3(sid: str, key_arn: str, *actions: str) -> iam.PolicyStatement:
    """The use of a key that S3 makes for a caller, and no other use."""
    return iam.PolicyStatement(
        sid=sid,
        actions=list(actions),
        resources=[key_arn],
        conditions={"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}},
    )
