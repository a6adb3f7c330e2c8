"""Boundary 5: what is recorded about everything else, and who is called."""

from aws_cdk import Duration, Environment, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.organization import AlarmTopic, AuditTrail, ChatbotAlarms
from genai_defense.settings import Settings
from stacks.data import DataStack


class OrganizationStack(Stack):
    """The trail, the alarm topic and its three alarms."""

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: Settings, env: Environment, data: DataStack
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        retention = settings.retention
        lock = (
            s3.ObjectLockRetention.compliance
            if retention.audit_lock == "compliance"
            else s3.ObjectLockRetention.governance
        )
        key = DataKey(self, "TrailKey", data_class="trail and alarms", removal_policy=settings.removal_policy)
        key.allow_log_groups()
        AuditTrail(
            self,
            "Trail",
            encryption_key=key,
            retention=retention.log_retention,
            lock=lock(Duration.days(retention.audit_days)),
            access_log_bucket=data.audit.access_logs,
            removal_policy=settings.removal_policy,
        )
        topic = AlarmTopic(self, "Alarms", encryption_key=key, email=settings.alarms.email)
        ChatbotAlarms(
            self,
            "ChatbotAlarms",
            alarm_topic=topic.topic,
            refused_per_five_minutes=settings.alarms.refused_per_five_minutes,
            tokens_per_hour=settings.alarms.tokens_per_hour,
        )
