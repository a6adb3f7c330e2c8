"""Boundary 5: what is recorded about everything else, and who is called."""

from aws_cdk import Duration, Environment, Stack
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.organization import AlarmTopic, AuditTrail, ChatbotAlarms
from genai_defense.settings import Settings
from stacks.application import ApplicationStack


class OrganizationStack(Stack):
    """The trail, the alarm topic and its three alarms."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        application: ApplicationStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        retention = settings.retention
        key = DataKey(self, "TrailKey", data_class="trail and alarms", removal_policy=settings.removal_policy)
        key.allow_log_groups()
        AuditTrail(
            self,
            "Trail",
            encryption_key=key,
            retention=retention.log_retention,
            locked_for=Duration.days(retention.audit_days),
            compliance=retention.audit_lock == "compliance",
            removal_policy=settings.removal_policy,
        )
        topic = AlarmTopic(self, "Alarms", encryption_key=key, email=settings.alarms.email)
        ChatbotAlarms(
            self,
            "ChatbotAlarms",
            alarm_topic=topic.topic,
            guardrail=application.guardrail.private.function,
            refused_per_five_minutes=settings.alarms.refused_per_five_minutes,
            tokens_per_hour=settings.alarms.tokens_per_hour,
        )
