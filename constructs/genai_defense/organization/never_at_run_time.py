"""What no role of a running application ever does, and the services that it uses at all."""

from typing import Final

from genai_defense.checks.bypasses import GUARDRAIL_CHANGES, LOGGING_CHANGES, WAYS_AROUND

# Services of which a boundary lets named actions through. Another one is a decision: `RuntimeBoundary` takes
# it as an argument.
SERVICES: Final = frozenset(
    {
        "aoss", "backup", "bedrock", "cloudfront", "cloudwatch", "cognito-idp", "dynamodb", "ec2", "events",
        "firehose", "guardduty", "kms", "lambda", "logs", "macie2", "s3", "s3vectors", "secretsmanager",
        "securityhub", "sns", "sqs", "ssm", "states", "sts", "tag", "textract", "verifiedpermissions",
        "wafv2", "xray",
    }
)  # fmt: skip

# Actions on a knowledge base: each looks up or files passages, and none has a model answer.
KNOWLEDGE_BASE_ACTIONS: Final = frozenset(
    {
        "bedrock:DeleteKnowledgeBaseDocuments",
        "bedrock:IngestKnowledgeBaseDocuments",
        "bedrock:Retrieve",
        "bedrock:StartIngestionJob",
    }
)

# Families of actions, each denied as one.
NEVER: Final = (
    # Identities and the organization: whoever writes them grants himself the rest.
    "iam:*",
    "organizations:*",
    "account:*",
    "sso:*",
    "sts:AssumeRoot",
    # The guardrail, its enforcement, its log, and what goes round it.
    *WAYS_AROUND,
    *GUARDRAIL_CHANGES,
    *LOGGING_CHANGES,
    # Traces: trail, logs, detectors.
    "cloudtrail:DeleteTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
    "config:Delete*",
    "config:Stop*",
    "guardduty:Delete*",
    "guardduty:UpdateDetector",
    "securityhub:Disable*",
    "logs:Delete*",
    "logs:DisassociateKmsKey",
    "logs:PutRetentionPolicy",
    "logs:Unmask",
    # Keys and locks.
    "kms:DisableKey*",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "s3:BypassGovernanceRetention",
    "s3:DeleteBucket*",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    # Code, network and filters of the application itself.
    "lambda:AddPermission",
    "lambda:Update*",
    "ec2:*VpcEndpoint*",
    "ec2:CreateRoute",
    "network-firewall:*",
    "wafv2:DeleteLoggingConfiguration",
    "wafv2:DeleteWebACL",
    "wafv2:DisassociateWebACL",
    "verifiedpermissions:DeletePolicy*",
    "verifiedpermissions:PutSchema",
)  # fmt: skip

# What AWS's own policies allow that a role of the kit names. AWS may widen them; the boundary does not.
# Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ (read 2026-11-24).
MANAGED_POLICIES: Final = {
    "service-role/AmazonAPIGatewayPushToCloudWatchLogs": (
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
        "logs:PutLogEvents",
    ),
    "service-role/AWSLambdaBasicExecutionRole": (
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    ),
}
