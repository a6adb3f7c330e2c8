"""Names that belong together in the pattern of an event: who waits for all but one forgot one."""

from typing import Final, NamedTuple


class Family(NamedTuple):
    """What events with one meaning are called.

    Attributes:
        source: The service that sends them, such as `aws.kms`.
        path: The field of the pattern that names them.
        names: All their names.
    """

    source: str
    path: str
    names: tuple[str, ...]


def _calls(service: str, names: str) -> Family:
    return Family(f"aws.{service}", "detail.eventName", tuple(sorted(names.split())))


FAMILIES: Final = {
    "the end of a key": _calls(
        "kms", "DeleteImportedKeyMaterial DisableKey DisableKeyRotation PutKeyPolicy ScheduleKeyDeletion"
    ),
    "the end of a trail": _calls("cloudtrail", "DeleteTrail StopLogging UpdateTrail"),
    "the end of the record of configurations": _calls(
        "config",
        "DeleteDeliveryChannel PutConfigurationRecorder PutDeliveryChannel StopConfigurationRecorder",
    ),
    "a changed guardrail": _calls("bedrock", "DeleteGuardrail UpdateGuardrail"),
    "a changed log of invocations": _calls(
        "bedrock", "DeleteModelInvocationLoggingConfiguration PutModelInvocationLoggingConfiguration"
    ),
    "a changed policy of a bucket": _calls(
        "s3",
        "DeleteBucketCors DeleteBucketLifecycle DeleteBucketPolicy DeleteBucketReplication PutBucketAcl"
        " PutBucketCors PutBucketLifecycle PutBucketPolicy PutBucketReplication",
    ),
    "a changed security group": _calls(
        "ec2",
        "AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateSecurityGroup DeleteSecurityGroup"
        " RevokeSecurityGroupEgress RevokeSecurityGroupIngress",
    ),
    "changed rights": _calls(
        "iam",
        "AttachGroupPolicy AttachRolePolicy AttachUserPolicy CreatePolicy CreatePolicyVersion"
        " DeleteGroupPolicy DeletePolicy DeletePolicyVersion DeleteRolePolicy DeleteUserPolicy"
        " DetachGroupPolicy DetachRolePolicy DetachUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy",
    ),
    "a sign-in that fails": Family(
        "aws.cognito-idp",
        "detail.errorCode",
        ("CodeMismatchException", "NotAuthorizedException", "UserNotFoundException"),
    ),
    "models that a stranger uses": Family(
        "aws.guardduty",
        "detail.type",
        (
            "Impact:IAMUser/AnomalousModelInvocation",
            "Impact:IAMUser/CostHarvesting",
            "Impact:IAMUser/PromptInjection.Direct",
        ),
    ),
}
"""What the events mean, to their names. Sources, read 2026-11-24:
https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html,
https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html.
"""

SEVERITIES: Final = {
    "aws.inspector2": ("detail.severity", ("LOW", "MEDIUM", "HIGH", "CRITICAL")),
    "aws.macie": ("detail.severity.description", ("LOW", "MEDIUM", "HIGH")),
    "aws.securityhub": ("detail.findings.Severity.Label", ("LOW", "MEDIUM", "HIGH", "CRITICAL")),
}
"""Detector, to the field of its events that says how bad it is, and to the values from bad to worst."""
