"""Actions that lead to one end: a policy that denies one of them means all."""

from typing import Final

from genai_defense.checks.bypasses import API_KEY_ACTIONS, GUARDRAIL_CHANGES, LOGGING_CHANGES, WAYS_AROUND
from genai_defense.checks.model_access import INVOKE_ACTIONS


def _of(service: str, names: str) -> tuple[str, ...]:
    return tuple(f"{service}:{name}" for name in names.split())


FAMILIES: Final = {
    "invoke a model": INVOKE_ACTIONS,
    "go round the guardrail": WAYS_AROUND,
    "change a guardrail": GUARDRAIL_CHANGES,
    "end the log of invocations": LOGGING_CHANGES,
    "make a Bedrock API key": API_KEY_ACTIONS,
    "end a trail": _of("cloudtrail", "DeleteTrail PutEventSelectors StopLogging UpdateTrail"),
    "end the record of configurations": _of(
        "config", "DeleteConfigurationRecorder DeleteDeliveryChannel StopConfigurationRecorder"
    ),
    "blind GuardDuty": _of(
        "guardduty", "DeleteDetector DeleteMembers DeletePublishingDestination UpdateDetector"
    ),
    "hush GuardDuty": _of(
        "guardduty", "ArchiveFindings CreateFilter CreateIPSet DisassociateMembers StopMonitoringMembers"
    ),
    "blind Macie": _of("macie2", "DisableMacie DisassociateMember UpdateMacieSession"),
    "shorten logs": _of("logs", "DisassociateKmsKey PutRetentionPolicy"),
    "delete logs": _of("logs", "DeleteLogGroup DeleteLogStream"),
    "lose a key": _of("kms", "DisableKey DisableKeyRotation PutKeyPolicy ScheduleKeyDeletion"),
    "open or unlock a bucket": _of(
        "s3",
        "BypassGovernanceRetention DeleteBucket DeleteBucketPolicy PutBucketObjectLockConfiguration"
        " PutBucketPolicy PutBucketPublicAccessBlock PutBucketVersioning PutEncryptionConfiguration",
    ),
    "let a bucket's objects go": _of(
        "s3",
        "PutBucketAcl PutBucketLogging PutBucketOwnershipControls PutLifecycleConfiguration"
        " PutReplicationConfiguration",
    ),
    "lose a table": _of("dynamodb", "DeleteTable PutResourcePolicy UpdateContinuousBackups UpdateTable"),
    "lose copies": _of(
        "backup",
        "DeleteBackupVault DeleteRecoveryPoint PutBackupVaultAccessPolicy UpdateRecoveryPointLifecycle",
    ),
    "take a web ACL away": _of("wafv2", "DeleteLoggingConfiguration DeleteWebACL DisassociateWebACL"),
    "take the web ACL off a distribution": _of(
        "cloudfront", "DisassociateDistributionWebACL UpdateDistribution"
    ),
    "open the firewall": _of(
        "network-firewall",
        "AssociateFirewallPolicy DeleteFirewall DisassociateSubnets UpdateFirewallPolicy UpdateRuleGroup",
    ),
    "open the DNS firewall": _of(
        "route53resolver",
        "CreateFirewallRule DeleteFirewallRule DisassociateFirewallRuleGroup ImportFirewallDomains"
        " UpdateFirewallConfig UpdateFirewallDomains UpdateFirewallRule",
    ),
    "end the log of names": _of(
        "route53resolver", "DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig"
    ),
    "silence events": _of(
        "events",
        "DeleteEventBus DeleteRule DisableRule PutRule PutTargets RemoveTargets UpdateEventBus",
    ),
    "raise one's own rights": _of(
        "iam",
        "AttachRolePolicy CreatePolicyVersion CreateRole DeleteRolePermissionsBoundary PassRole"
        " PutRolePermissionsBoundary PutRolePolicy SetDefaultPolicyVersion UpdateAssumeRolePolicy",
    ),
    "change who somebody is": _of("iam", "TagRole TagUser UntagRole UntagUser"),
    "change what a function runs": _of("lambda", "UpdateFunctionCode UpdateFunctionConfiguration"),
    "change stacks": _of("cloudformation", "CreateChangeSet DeleteStack ExecuteChangeSet UpdateStack"),
    "take policies from a store": _of("verifiedpermissions", "DeletePolicy DeletePolicyStore PutSchema"),
}
"""What is reached, to the actions that reach it."""
