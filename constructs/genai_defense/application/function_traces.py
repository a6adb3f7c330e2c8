"""What every function leaves behind: its log, and what it could not handle."""

from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct


@dataclass(frozen=True, kw_only=True)
class FunctionTraces:
    """Log and dead letters of one function.

    Attributes:
        log_group: Its log.
        dead_letters: Its dead-letter queue.
        encryption_key: Key of both, and of the function's environment.
    """

    log_group: logs.LogGroup
    dead_letters: sqs.Queue
    encryption_key: kms.IKey

    def statements(self) -> list[iam.PolicyStatement]:
        """What the function's role needs to write both and to read its environment."""
        return [
            iam.PolicyStatement(
                sid="WriteLog",
                actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                resources=[self.log_group.log_group_arn],
            ),
            iam.PolicyStatement(
                sid="KeepDeadLetters", actions=["sqs:SendMessage"], resources=[self.dead_letters.queue_arn]
            ),
            iam.PolicyStatement(
                sid="UseKey",
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=[self.encryption_key.key_arn],
            ),
        ]


def keep_traces(
    scope: Construct,
    *,
    encryption_key: kms.IKey,
    retention: logs.RetentionDays,
    removal_policy: RemovalPolicy,
) -> FunctionTraces:
    """Create `Log` and `DeadLetters` below a function's construct.

    Args:
        scope: The construct of the function.
        encryption_key: Key of both; it must admit CloudWatch Logs (`DataKey.allow_log_groups`).
        retention: How long the log is kept; dead letters are kept 14 days.
        removal_policy: What `cdk destroy` does to the log.
    """
    return FunctionTraces(
        log_group=logs.LogGroup(
            scope, "Log", encryption_key=encryption_key, retention=retention, removal_policy=removal_policy
        ),
        dead_letters=sqs.Queue(
            scope,
            "DeadLetters",
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=encryption_key,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        ),
        encryption_key=encryption_key,
    )
