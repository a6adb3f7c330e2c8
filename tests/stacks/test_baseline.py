"""Bar: whatever an account can have only once is a setting, and each setting does what it says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from genai_defense.organization import AlarmTopic
from genai_defense.settings import Settings, load_settings
from stacks.baseline import BaselineStack
from tests.conftest import ROOT

# Every CloudFormation type of which an account and Region take one, with the setting that governs it.
SINGLETONS = {
    "AWS::AccessAnalyzer::Analyzer": "baseline",
    "AWS::ApiGateway::Account": "api_gateway_account_role",
    "AWS::Bedrock::EnforcedGuardrailConfiguration": "model.enforce_on_account",
    "AWS::CE::AnomalyMonitor": "baseline.spend_monitor",
    "AWS::CloudTrail::Trail": "baseline.trail",
    "AWS::Config::ConfigurationRecorder": "baseline.resource_recorder",
    "AWS::Config::DeliveryChannel": "baseline.resource_recorder",
    "AWS::EC2::VPCBlockPublicAccessOptions": "",
    "AWS::GuardDuty::Detector": "baseline.threat_detection",
    "AWS::GuardDuty::Master": "",
    "AWS::IAM::ServiceLinkedRole": "baseline.config_service_role",
    "AWS::Inspector::AssessmentTarget": "",
    "AWS::Logs::AccountPolicy": "",
    "AWS::Macie::Session": "baseline.sensitive_data",
    "AWS::S3::AccountPublicAccessBlock": "",
    "AWS::SecurityHub::Hub": "baseline.finding_hub",
    "AWS::SecurityHub::HubV2": "",
    "AWS::XRay::ResourcePolicy": "",
}
ANALYZERS = {"ACCOUNT": "external_access_analyzer", "ACCOUNT_UNUSED_ACCESS": "unused_access_analyzer"}
Template = dict[str, Any]


def _settings(**change: str) -> Settings:
    profiles: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]["profiles"]
    profiles["dev"]["baseline"] |= change
    return load_settings(profiles)


def _baseline(**change: str) -> Template:
    app = cdk.App()
    env = cdk.Environment(region="us-east-1")
    shared = cdk.Stack(app, "Shared", env=env)
    stack = BaselineStack(
        app,
        "Baseline",
        settings=_settings(**change),
        env=env,
        alarm_topic=AlarmTopic(shared, "Alarms", encryption_key=kms.Key(shared, "Key")),
        access_logs=s3.Bucket.from_bucket_name(shared, "AccessLogs", "access-logs"),
        document_buckets=[s3.Bucket.from_bucket_name(shared, "Documents", "documents")],
    )
    return dict(assertions.Template.from_stack(stack).to_json())


def _governing(resource: dict[str, Any]) -> str | None:
    setting = SINGLETONS.get(resource["Type"])
    if setting == "baseline":
        return f"baseline.{ANALYZERS[resource['Properties']['Type']]}"
    return setting


def _governed(template: Template) -> list[str]:
    found = (_governing(resource) for resource in template["Resources"].values())
    return [setting for setting in found if setting is not None]


@pytest.fixture(scope="module")
def created() -> Template:
    """The baseline of the profile that creates everything."""
    return _baseline()


def test_no_singleton_of_the_app_is_without_a_setting(assembly_of: Callable[[str], Path]) -> None:
    for profile in ("dev", "prod"):
        for path in assembly_of(profile).glob("*.template.json"):
            for name, resource in json.loads(path.read_text())["Resources"].items():
                assert _governing(resource) != "", f"{path.stem}/{name}: {resource['Type']} needs a setting"


def test_dev_creates_each_of_them_once(created: Template) -> None:
    governed = _governed(created)
    assert len(governed) == 9
    assert len(set(governed)) == 8, "recorder and channel go together, all others stand alone"


@pytest.mark.parametrize("choice", ["existing", "off"])
@pytest.mark.parametrize(
    "setting",
    [
        "threat_detection",
        "finding_hub",
        "resource_recorder",
        "config_service_role",
        "external_access_analyzer",
        "unused_access_analyzer",
        "sensitive_data",
        "spend_monitor",
    ],
)
def test_each_can_be_somebody_elses_or_nobodys(created: Template, setting: str, choice: str) -> None:
    """The one is gone and said in the outputs, and nothing else is lost with it."""
    if (setting, choice) == ("config_service_role", "off"):
        template = _baseline(config_service_role="off", resource_recorder="existing")
        assert "baseline.config_service_role" not in _governed(template)
        return
    template = _baseline(**{setting: choice})
    gone = {f"baseline.{setting}"}
    if setting == "resource_recorder":
        # Without a recorder there is nothing that the role would be for.
        gone.add("baseline.config_service_role")
    assert set(_governed(created)) - set(_governed(template)) == gone
    assert template["Outputs"][setting.title().replace("_", "")]["Value"] == choice


@pytest.mark.parametrize(("choice", "packs"), [("create", 1), ("existing", 1), ("off", 0)])
def test_the_conformance_pack_needs_a_recorder_whoever_made_it(choice: str, packs: int) -> None:
    kinds = [resource["Type"] for resource in _baseline(resource_recorder=choice)["Resources"].values()]
    assert kinds.count("AWS::Config::ConformancePack") == packs


@pytest.mark.parametrize(("choice", "scans"), [("create", 1), ("existing", 1), ("off", 0)])
def test_documents_are_looked_through_where_macie_is(choice: str, scans: int) -> None:
    kinds = [resource["Type"] for resource in _baseline(sensitive_data=choice)["Resources"].values()]
    assert kinds.count("AWS::Scheduler::Schedule") == scans


def test_an_existing_monitor_is_subscribed_to_by_its_arn() -> None:
    arn = "arn:aws:ce::111122223333:anomalymonitor/abc"
    template = _baseline(spend_monitor="existing", spend_monitor_arn=arn)
    (subscription,) = (
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::CE::AnomalySubscription"
    )
    assert subscription["MonitorArnList"] == [arn]


def test_an_account_in_use_gets_a_budget_and_nothing_that_it_may_have(
    assembly_of: Callable[[str], Path],
) -> None:
    """The profile `prod` leaves all of it to the organization."""
    template: Template = json.loads((assembly_of("prod") / "GenAiDefense-Baseline.template.json").read_text())
    assert _governed(template) == []
    kinds = {resource["Type"] for resource in template["Resources"].values()}
    assert {"AWS::Budgets::Budget", "AWS::Config::ConformancePack"} <= kinds
