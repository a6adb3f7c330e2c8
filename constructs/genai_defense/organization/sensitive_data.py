"""Macie: personal data and secrets in documents, found after the fact as well."""

from collections.abc import Sequence

from aws_cdk import Duration, Stack, Token
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_macie as macie
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge

_MACIE_ROLE = "aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie"
# EventBridge Scheduler writes the id of each run in its place.
_RUN = "<aws.scheduler.execution-id>"


class SensitiveDataSession(Construct):
    """The Region's one Macie session, which publishes findings every 15 minutes.

    It watches the buckets' settings at once. Enabling Macie a second time in a Region fails.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.

    Attributes:
        session: The session.

    Source: https://docs.aws.amazon.com/macie/latest/user/getting-started.html (read 2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.session = macie.CfnSession(
            self, "Session", status="ENABLED", finding_publishing_frequency="FIFTEEN_MINUTES"
        )


class SensitiveDataScan(Construct):
    """Macie looks through buckets once a week, with all its managed identifiers.

    CloudFormation has no type for a Macie job. EventBridge Scheduler calls `CreateClassificationJob` by
    itself, with a role that may do nothing else; there is no code in between. Macie is billed by the amount
    of data.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        buckets: What is looked through, at least one.
        encryption_key: Key of the schedule, whose text names the buckets, and of its dead letters.
        alarm_topic: Who is called when a job could not be started.
        decrypts: True lets Macie's service-linked role use the keys of the buckets; without it, Macie cannot
            read what they hold. KMS refuses a role that is not there, so Macie must have been on before.
            Default: the keys are left alone.
        allowed_pattern: Regular expression of what is no finding, such as one's own order numbers. Default:
            every match is a finding.

    Attributes:
        schedule: The schedule: Sundays at 02:00 UTC.
        dead_letters: Starts that failed after an hour of tries.

    Raises:
        ValueError: There is no bucket.

    Source: https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html and
        https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        buckets: Sequence[s3.IBucket],
        encryption_key: kms.IKey,
        alarm_topic: sns.ITopic,
        decrypts: bool = False,
        allowed_pattern: str | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        if not buckets:
            raise ValueError(f"SensitiveDataScan {self.node.path}: no bucket. Give at least one.")
        if decrypts:
            _admit_to_keys(self, buckets)
        stack = Stack.of(self)
        lists = []
        if allowed_pattern is not None:
            allowed = macie.CfnAllowList(
                self,
                "Allowed",
                name=f"{self.node.addr[:12]}-allowed",
                criteria=macie.CfnAllowList.CriteriaProperty(regex=allowed_pattern),
            )
            lists = [allowed.attr_id]
        self.dead_letters = self._dead_letters(encryption_key, alarm_topic)
        role, policy = self._role(encryption_key)
        job = {
            "ClientToken": _RUN,
            "Name": f"documents-{_RUN}",
            "JobType": "ONE_TIME",
            "ManagedDataIdentifierSelector": "ALL",
            "AllowListIds": lists,
            "S3JobDefinition": {
                "BucketDefinitions": [
                    {"AccountId": stack.account, "Buckets": [bucket.bucket_name for bucket in buckets]}
                ]
            },
        }
        self.schedule = scheduler.CfnSchedule(
            self,
            "Schedule",
            description="Macie looks through the document buckets.",
            schedule_expression="cron(0 2 ? * SUN *)",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            kms_key_arn=encryption_key.key_arn,
            target=scheduler.CfnSchedule.TargetProperty(
                arn=f"arn:{stack.partition}:scheduler:::aws-sdk:macie2:createClassificationJob",
                role_arn=role.role_arn,
                input=stack.to_json_string(job),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                    arn=self.dead_letters.queue_arn
                ),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=3600, maximum_retry_attempts=10
                ),
            ),
        )
        self.schedule.node.add_dependency(policy)

    def _dead_letters(self, key: kms.IKey, alarm_topic: sns.ITopic) -> sqs.Queue:
        queue = sqs.Queue(
            self,
            "DeadLetters",
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=key,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )
        acknowledge(
            queue,
            "AwsSolutions-SQS3",
            reason="This is the dead-letter queue: the schedule, a plain resource, names it as its own.",
        )
        alarm = cloudwatch.Alarm(
            self,
            "NotStarted",
            metric=queue.metric_approximate_number_of_messages_visible(
                period=Duration.minutes(5), statistic=cloudwatch.Stats.MAXIMUM
            ),
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description="Macie's look through the documents (LLM02) was not started.",
        )
        send = actions.SnsAction(alarm_topic)
        alarm.add_alarm_action(send)
        alarm.add_ok_action(send)
        return queue

    def _role(self, key: kms.IKey) -> tuple[iam.Role, iam.ManagedPolicy]:
        stack = Stack.of(self)
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": stack.account}},
            ),
            description="Starts Macie's jobs.",
        )
        jobs = stack.format_arn(service="macie2", resource="classification-job", resource_name="*")
        policy = iam.ManagedPolicy(
            self,
            "Policy",
            roles=[role],
            statements=[
                iam.PolicyStatement(actions=["macie2:CreateClassificationJob"], resources=[jobs]),
                iam.PolicyStatement(actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[key.key_arn]),
                iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[self.dead_letters.queue_arn]),
            ],
        )
        partition, region, account = (
            f"<AWS::{name}>" if Token.is_unresolved(value) else value
            for name, value in (
                ("Partition", stack.partition),
                ("Region", stack.region),
                ("AccountId", stack.account),
            )
        )
        named = f"arn:{partition}:macie2:{region}:{account}:classification-job/*"
        acknowledge(
            policy,
            f"AwsSolutions-IAM5[Resource::{named}]",
            reason="A job has no id before it is created; the role may create jobs and do nothing with those "
            "that are there.",
        )
        return role, policy


def _admit_to_keys(scope: Construct, buckets: Sequence[s3.IBucket]) -> None:
    role = Stack.of(scope).format_arn(service="iam", region="", resource="role", resource_name=_MACIE_ROLE)
    for key in {bucket.encryption_key for bucket in buckets if bucket.encryption_key is not None}:
        key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowMacieToRead",
                principals=[iam.ArnPrincipal(role)],
                actions=["kms:Decrypt"],
                resources=["*"],  # in a key policy, "*" is this key
            )
        )
