"""Boundary 5: what is recorded about everything else, and who is called."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data import DataKey, KeyWatch
from genai_defense.organization import AlarmTopic, AuditTrail, ChatbotAlarms
from genai_defense.organization.singleton import Singleton
from genai_defense.settings import Settings
from stacks.application import ApplicationStack


class OrganizationStack(Stack):
    """The trail, the alarm topic with its three alarms, the watch over the keys.

    Attributes:
        alarm_topic: Where people hear of it.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        access_logs: s3.IBucket,
        application: ApplicationStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        retention = settings.retention
        key = DataKey(self, "TrailKey", data_class="trail and alarms", removal_policy=settings.removal_policy)
        key.allow_log_groups()
        if settings.baseline.trail is Singleton.CREATE:
            AuditTrail(
                self,
                "Trail",
                encryption_key=key,
                retention=retention.log_retention,
                locked_for=Duration.days(retention.audit_days),
                compliance=retention.audit_lock == "compliance",
                access_logs=access_logs,
                perimeter=settings.perimeter,
                removal_policy=settings.removal_policy,
            )
        topic = self.alarm_topic = AlarmTopic(self, "Alarms", encryption_key=key, email=settings.alarms.email)
        if settings.alarms.email is None:
            CfnOutput(self, "AlarmTopicToSubscribe", value=topic.topic.topic_arn)
        self.alarm_key = key
        KeyWatch(self, "KeyWatch", alarm_topic=topic.topic, encryption_key=key)
        ChatbotAlarms(
            self,
            "ChatbotAlarms",
            alarm_topic=topic.topic,
            guardrail=application.guardrail.private.function,
            refused_per_five_minutes=settings.alarms.refused_per_five_minutes,
            tokens_per_hour=settings.alarms.tokens_per_hour,
        )
