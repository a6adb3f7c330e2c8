"""Pieces of templates about the bucket `Subject` or `Bucket`."""

from typing import Any

EXEMPT: dict[str, Any] = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Examiner"}}


def deny(action: str | list[str], **changes: object) -> dict[str, Any]:
    """A Deny of the policy of a bucket, for all but one role."""
    return {
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": action,
        "Resource": "arn:aws:s3:::some-bucket/*",
        "Condition": EXEMPT,
        **changes,
    }


def bucket_policy(*statements: dict[str, Any], of: str = "Subject") -> dict[str, Any]:
    """A bucket's policy as a resource."""
    properties = {"Bucket": {"Ref": of}, "PolicyDocument": {"Statement": list(statements)}}
    return {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": properties}}


def opaque_policy(of: str = "Subject") -> dict[str, Any]:
    """A bucket's policy that only a deployment knows."""
    properties = {"Bucket": {"Ref": of}, "PolicyDocument": {"Ref": "Given"}}
    return {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": properties}}


def locked(**retention: object) -> dict[str, Any]:
    """Properties of a bucket with Object Lock."""
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", **retention}}
    return {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": rule}}


def called(name: str, properties: dict[str, Any] | None = None) -> dict[str, Any]:
    """Properties of a bucket with this name."""
    return {"BucketName": name, **(properties or {})}
