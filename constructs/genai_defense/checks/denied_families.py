"""Actions that lead to one end: a policy that denies one of them means all."""

from typing import Final

from genai_defense.checks.bypasses import API_KEY_ACTIONS, GUARDRAIL_CHANGES, LOGGING_CHANGES, WAYS_AROUND
from genai_defense.checks.model_access import INVOKE_ACTIONS


def actions_of(service: str, names: str) -> tuple[str, ...]:
    """The actions of a service, by their names with blanks between."""
    return tuple(f"{service}:{name}" for name in names.split())


A_CALL: Final = "invoke a model"
"""The family of a call and its stream."""
FAMILIES: Final = {
    A_CALL: INVOKE_ACTIONS,
    "go round the guardrail": WAYS_AROUND,
    "change a guardrail": GUARDRAIL_CHANGES,
    "end the log of invocations": LOGGING_CHANGES,
    "use or make a Bedrock API key": ("bedrock:CallWithBearerToken", *API_KEY_ACTIONS),
    "end a trail": actions_of("cloudtrail", "DeleteTrail PutEventSelectors StopLogging UpdateTrail"),
    "end the record of configurations": actions_of(
        "config", "DeleteConfigurationRecorder DeleteDeliveryChannel StopConfigurationRecorder"
    ),
    "blind GuardDuty": actions_of(
        "guardduty", "DeleteDetector DeleteMembers DeletePublishingDestination UpdateDetector"
    ),
    "hush GuardDuty": actions_of(
        "guardduty", "ArchiveFindings CreateFilter CreateIPSet DisassociateMembers StopMonitoringMembers"
    ),
    "blind Macie": actions_of("macie2", "DisableMacie DisassociateMember UpdateMacieSession"),
    "shorten logs": actions_of("logs", "DisassociateKmsKey PutRetentionPolicy"),
    "delete logs": actions_of("logs", "DeleteLogGroup DeleteLogStream"),
    "lose a key": actions_of("kms", "DisableKey DisableKeyRotation PutKeyPolicy ScheduleKeyDeletion"),
    "open or unlock a bucket": actions_of(
        "s3",
        "BypassGovernanceRetention DeleteBucket DeleteBucketPolicy PutBucketObjectLockConfiguration"
        " PutBucketPolicy PutBucketPublicAccessBlock PutBucketVersioning PutEncryptionConfiguration",
    ),
    "tag an object": actions_of(
        "s3", "DeleteObjectTagging DeleteObjectVersionTagging PutObjectTagging PutObjectVersionTagging"
    ),
    "let a bucket's objects go": actions_of(
        "s3",
        "PutBucketAcl PutBucketLogging PutBucketOwnershipControls PutLifecycleConfiguration"
        " PutReplicationConfiguration",
    ),
    "lose a table": actions_of(
        "dynamodb", "DeleteTable PutResourcePolicy UpdateContinuousBackups UpdateTable"
    ),
    "lose copies": actions_of(
        "backup",
        "DeleteBackupVault DeleteRecoveryPoint PutBackupVaultAccessPolicy UpdateRecoveryPointLifecycle",
    ),
    "take a web ACL away": actions_of("wafv2", "DeleteLoggingConfiguration DeleteWebACL DisassociateWebACL"),
    "take the web ACL off a distribution": actions_of(
        "cloudfront", "DisassociateDistributionWebACL UpdateDistribution"
    ),
    "open the firewall": actions_of(
        "network-firewall",
        "AssociateFirewallPolicy DeleteFirewall DisassociateSubnets UpdateFirewallPolicy UpdateRuleGroup",
    ),
    "open the DNS firewall": actions_of(
        "route53resolver",
        "CreateFirewallRule DeleteFirewallRule DisassociateFirewallRuleGroup ImportFirewallDomains"
        " UpdateFirewallConfig UpdateFirewallDomains UpdateFirewallRule",
    ),
    "end the log of names": actions_of(
        "route53resolver", "DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig"
    ),
    "silence events": actions_of(
        "events",
        "DeleteEventBus DeleteRule DisableRule PutRule PutTargets RemoveTargets UpdateEventBus",
    ),
    "raise the rights of a role": actions_of(
        "iam",
        "AttachRolePolicy CreateRole DeleteRolePermissionsBoundary PutRolePermissionsBoundary PutRolePolicy"
        " UpdateAssumeRolePolicy",
    ),
    "change what a policy says": actions_of("iam", "CreatePolicyVersion SetDefaultPolicyVersion"),
    "change who somebody is": actions_of("iam", "TagRole TagUser UntagRole UntagUser"),
    "change what a function runs": actions_of("lambda", "UpdateFunctionCode UpdateFunctionConfiguration"),
    "change stacks": actions_of("cloudformation", "CreateChangeSet DeleteStack ExecuteChangeSet UpdateStack"),
    "move through the network of a function": actions_of(
        "ec2",
        "AssignPrivateIpAddresses CreateNetworkInterface DeleteNetworkInterface DetachNetworkInterface"
        " UnassignPrivateIpAddresses",
    ),
    "take policies from a store": actions_of(
        "verifiedpermissions", "DeletePolicy DeletePolicyStore PutSchema"
    ),
}
"""What is reached, to the actions that reach it."""
