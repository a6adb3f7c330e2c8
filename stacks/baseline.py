"""Boundary 5: what watches the whole account, in a stack of its own that the chatbot does not wait for."""

from collections.abc import Sequence

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.organization import (
    AlarmTopic,
    ControlConformance,
    ExternalAccessAnalyzer,
    FindingHub,
    ResourceRecorder,
    SensitiveDataScan,
    SensitiveDataSession,
    ServiceSpendMonitor,
    SpendWatch,
    ThreatDetection,
    UnusedAccessAnalyzer,
)
from genai_defense.organization.singleton import Singleton
from genai_defense.settings import Settings

_CREATE, _OFF = Singleton.CREATE, Singleton.OFF


class BaselineStack(Stack):
    """Detectors, recorders and analyzers, each created, existing or off, and the budget for Bedrock."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        alarm_topic: AlarmTopic,
        access_logs: s3.IBucket,
        document_buckets: Sequence[s3.IBucket] = (),
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        self._settings = settings
        chosen = settings.baseline
        if chosen.threat_detection is _CREATE:
            ThreatDetection(self, "ThreatDetection")
        if chosen.finding_hub is _CREATE:
            FindingHub(self, "FindingHub")
        if chosen.external_access_analyzer is _CREATE:
            ExternalAccessAnalyzer(self, "ExternalAccess")
        if chosen.unused_access_analyzer is _CREATE:
            UnusedAccessAnalyzer(self, "UnusedAccess")
        self._record_resources(access_logs)
        self._find_sensitive_data(document_buckets, alarm_topic)
        self._watch_spend(alarm_topic)
        for name, choice in chosen.not_created.items():
            CfnOutput(
                self,
                name.title().replace("_", ""),
                description=f"baseline.{name}: whether somebody else has it, or nobody.",
                value=choice.value,
            )

    def _record_resources(self, access_logs: s3.IBucket) -> None:
        chosen, removal = self._settings.baseline, self._settings.removal_policy
        recorder = None
        if chosen.resource_recorder is _CREATE:
            recorder = ResourceRecorder(
                self,
                "ResourceRecorder",
                encryption_key=DataKey(
                    self,
                    "RecorderKey",
                    data_class="resource history",
                    used_through=["s3"],
                    removal_policy=removal,
                ),
                create_service_role=chosen.config_service_role is _CREATE,
                access_logs=access_logs,
                perimeter=self._settings.perimeter,
                removal_policy=removal,
            ).recorder
        if chosen.resource_recorder is not _OFF:
            ControlConformance(self, "Conformance", recorder=recorder)

    def _find_sensitive_data(self, buckets: Sequence[s3.IBucket], alarm_topic: AlarmTopic) -> None:
        chosen, removal = self._settings.baseline, self._settings.removal_policy
        session = None
        if chosen.sensitive_data is _CREATE:
            session = SensitiveDataSession(self, "SensitiveData")
        if chosen.sensitive_data is not _OFF and buckets:
            key = DataKey(
                self,
                "ScanKey",
                data_class="names of document buckets",
                used_through=["scheduler", "sqs"],
                removal_policy=removal,
            )
            scan = SensitiveDataScan(
                self,
                "DocumentScan",
                buckets=buckets,
                encryption_key=key,
                alarm_topic=alarm_topic.topic,
                decrypts=chosen.macie_decrypts or chosen.sensitive_data is Singleton.EXISTING,
                allowed_pattern=chosen.allowed_pattern,
            )
            if session is not None:
                scan.node.add_dependency(session)

    def _watch_spend(self, alarm_topic: AlarmTopic) -> None:
        chosen = self._settings.baseline
        monitor_arn = chosen.spend_monitor_arn
        if chosen.spend_monitor is _CREATE:
            monitor_arn = ServiceSpendMonitor(self, "SpendMonitor").monitor.attr_monitor_arn
        SpendWatch(
            self,
            "Spend",
            alarm_topic=alarm_topic.topic,
            monthly_limit=chosen.bedrock_budget,
            services=chosen.bedrock_services,
            monitor_arn=monitor_arn,
            anomaly_impact=chosen.anomaly_impact,
        )
