"""All constructs of the two areas in one foreign stack, under the four packs and CDK's own validator."""

from collections import Counter
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from genai_defense.checks.nag_packs import add_check_packs
from genai_defense.checks.report import ValidationReport, read_validation_report
from genai_defense.checks.stale import stale_acknowledgements
from genai_defense.data import DataKey
from genai_defense.egress import AllowedDomain, ApplicationNetwork, InspectedEgress, PrivateEndpoint
from genai_defense.organization import (
    AlarmTopic,
    AuditTrail,
    ChatbotAlarms,
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


def _build(stack: cdk.Stack) -> None:
    key = DataKey(stack, "Key", data_class="everything of this stack")
    key.allow_log_groups()
    network = ApplicationNetwork(
        stack, "Network", availability_zones=["eu-west-1a", "eu-west-1b"], encryption_key=key
    )
    endpoint = PrivateEndpoint(
        stack,
        "Sts",
        vpc=network.vpc,
        service=ec2.InterfaceVpcEndpointAwsService.STS,
        statements=[
            iam.PolicyStatement(
                principals=[iam.AccountRootPrincipal()],
                actions=["sts:AssumeRole"],
                resources=[stack.format_arn(service="iam", region="", resource="role", resource_name="rows")],
            ),
        ],
    )
    endpoint.allow_from(
        ec2.SecurityGroup(
            stack, "Client", vpc=network.vpc, allow_all_outbound=False, description="Calls the endpoint."
        )
    )
    InspectedEgress(
        stack,
        "Egress",
        vpc=network.vpc,
        egress_cidr=network.egress_cidr,
        allowed_domains=[AllowedDomain.exact("docs.aws.amazon.com")],
        encryption_key=key,
    )
    topic = AlarmTopic(stack, "Topic", encryption_key=key, email="security@example.com")
    ChatbotAlarms(stack, "Alarms", alarm_topic=topic.topic)
    AuditTrail(stack, "Trail", encryption_key=key, locked_for=cdk.Duration.days(1))
    _watch_the_account(stack, key, topic)


def _watch_the_account(stack: cdk.Stack, key: DataKey, topic: AlarmTopic) -> None:
    ThreatDetection(stack, "ThreatDetection")
    FindingHub(stack, "FindingHub")
    ExternalAccessAnalyzer(stack, "ExternalAccess")
    UnusedAccessAnalyzer(stack, "UnusedAccess")
    recorder = ResourceRecorder(stack, "Recorder", encryption_key=key, create_service_role=True).recorder
    ControlConformance(stack, "Conformance", recorder=recorder)
    SensitiveDataSession(stack, "SensitiveData")
    SensitiveDataScan(
        stack,
        "Scan",
        buckets=[s3.Bucket.from_bucket_name(stack, "Documents", "documents")],
        encryption_key=key,
        alarm_topic=topic.topic,
        allowed_pattern="A-[0-9]{4}",
    )
    SpendWatch(
        stack,
        "Spend",
        alarm_topic=topic.topic,
        monthly_limit=100,
        monitor_arn=ServiceSpendMonitor(stack, "SpendMonitor").monitor.attr_monitor_arn,
    )


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The foreign app, synthesized under the packs."""
    outdir = tmp_path_factory.mktemp("assembly")
    app = cdk.App(outdir=str(outdir))
    _build(cdk.Stack(app, "Foreign", env=cdk.Environment(account="111122223333", region="eu-west-1")))
    add_check_packs(app)
    app.synth()
    return outdir


@pytest.fixture(scope="module")
def report(assembly: Path) -> ValidationReport:
    """What the packs and the validator said."""
    return read_validation_report(assembly)


def test_no_finding_is_open_and_every_pack_ran(report: ValidationReport) -> None:
    assert report.open == ()
    assert report.failures == ()
    assert {"NIST.800.53.R5", "HIPAA.Security", "PCI.DSS.321"} <= {f.pack for f in report.acknowledged}


def test_acknowledgements_are_these_each_on_its_own_resource(report: ValidationReport) -> None:
    assert all(finding.is_narrow for finding in report.acknowledged)
    kept = ("/Trail/Records/", "/Recorder/")
    ours = [f for f in report.acknowledged if not any(part in f.construct_path for part in kept)]
    packs = ("NIST.800.53.R5", "HIPAA.Security", "PCI.DSS.321")
    assert Counter((f.rule, f.construct_path) for f in ours if f.pack in packs) == Counter(
        (f"{pack}-{rule}", path)
        for pack in packs
        for rule, path in (
            ("VPCDefaultSecurityGroupClosed", "Foreign/Network/Vpc"),
            ("VPCNoUnrestrictedRouteToIGW", "Foreign/Egress/PublicToInternet"),
        )
    )
    assert {f.rule for f in ours if f.pack not in packs} == {
        "W3010",
        "AwsSolutions-SQS3",
        "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:macie2:eu-west-1:111122223333:classification-job/*]",
    }


def test_no_acknowledgement_is_stale(assembly: Path) -> None:
    assert stale_acknowledgements(assembly) == ()
