"""The way of a document over all stacks: who alone does what, what is locked, how long who waits."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SynthesizeProfile

pytestmark = pytest.mark.slow

Resources = Callable[[str], list[dict[str, Any]]]
TemplateOf = Callable[[str], dict[str, Any]]
_MARKS = ("AWS::GuardDuty::MalwareProtectionPlan", "AWS::S3Vectors", "AWS::Bedrock::KnowledgeBase")


def _granted(assembly: Path, action: str, target: str) -> set[str]:
    """Logical ids of the policies that allow an action on a resource whose logical id begins so."""
    return {
        name
        for name, entry in _allowing(assembly)
        if action in ([entry["Action"]] if isinstance(entry["Action"], str) else entry["Action"])
        and target in json.dumps(entry["Resource"])
    }


def _allowing(assembly: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(assembly.glob("*.template.json")):
        for name, resource in json.loads(path.read_text())["Resources"].items():
            if resource["Type"] == "AWS::IAM::ManagedPolicy":
                for entry in resource["Properties"]["PolicyDocument"]["Statement"]:
                    if entry["Effect"] == "Allow":
                        yield name, entry


def _function(resources: Resources, service: str) -> dict[str, Any]:
    (found,) = [
        entry["Properties"]
        for entry in resources("AWS::Lambda::Function")
        if entry["Properties"]["Handler"] == f"{service}.handler.handler"
    ]
    return dict(found)


def _named(policies: set[str], *prefixes: str) -> bool:
    return len(policies) == len(prefixes) and all(
        any(policy.startswith(prefix) for policy in policies) for prefix in prefixes
    )


def test_the_examiner_alone_may_write_what_the_knowledge_base_reads(assembly: Path) -> None:
    assert _named(_granted(assembly, "s3:PutObject", "DocumentsTrusted"), "DocumentsExaminerPolicy")


def test_the_knowledge_base_alone_may_read_passages(assembly: Path) -> None:
    assert _named(_granted(assembly, "s3:GetObject", "DocumentsTrusted"), "BasePolicy")


def test_nobody_may_read_a_quarantined_document(assembly: Path) -> None:
    for action in ("s3:GetObject", "s3:GetObjectVersion", "kms:Decrypt"):
        assert not _granted(assembly, action, "DocumentsQuarantine")
        assert not _granted(assembly, action, "QuarantineKey")


def test_only_the_scanner_and_the_examiner_may_read_what_has_landed(assembly: Path) -> None:
    readers = _granted(assembly, "s3:GetObjectVersion", "DocumentsLanding")
    assert _named(readers, "DocumentsScanPolicy", "DocumentsExaminerPolicy")


def test_only_contributors_and_the_scanners_trial_put_something_into_the_landing_bucket(
    assembly: Path,
) -> None:
    assert _named(
        _granted(assembly, "s3:PutObject", "DocumentsLanding"), "Contributors", "DocumentsScanPolicy"
    )


def test_two_of_the_four_buckets_are_locked_with_the_profiles_lock(
    template_of: TemplateOf, profile: str
) -> None:
    buckets = {
        name: body["Properties"]
        for name, body in template_of("Knowledge")["Resources"].items()
        if body["Type"] == "AWS::S3::Bucket" and "LoggingConfiguration" in body["Properties"]
    }
    assert len(buckets) == 4
    locked = {
        name: body["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
        for name, body in buckets.items()
        if "ObjectLockConfiguration" in body
    }
    assert _named(set(locked), "DocumentsTrusted", "DocumentsManifests")
    lock = {"dev": {"Mode": "GOVERNANCE", "Days": 1}, "prod": {"Mode": "COMPLIANCE", "Days": 365}}[profile]
    assert list(locked.values()) == [lock, lock]


def test_a_scan_result_is_hidden_six_times_as_long_as_its_examination_may_take(
    resources: Resources, template_of: TemplateOf
) -> None:
    timeout = _function(resources, "ingestion")["Timeout"]
    queues = [
        entry["Properties"]
        for name, entry in template_of("Ingestion")["Resources"].items()
        if name.startswith("PipelineQueue") and entry["Type"] == "AWS::SQS::Queue"
    ]
    (queue,) = queues
    assert queue["VisibilityTimeout"] >= 6 * timeout == 1800
    assert queue["RedrivePolicy"]["maxReceiveCount"] == 5


def test_results_of_this_bucket_alone_reach_the_queue_one_at_a_time(
    resources: Resources, template_of: TemplateOf
) -> None:
    template = template_of("Ingestion")["Resources"]
    (pattern,) = [
        entry["Properties"]["EventPattern"]
        for entry in template.values()
        if entry["Type"] == "AWS::Events::Rule" and "EventPattern" in entry["Properties"]
    ]
    assert pattern["source"] == ["aws.guardduty"]
    assert pattern["detail-type"] == ["GuardDuty Malware Protection Object Scan Result"]
    (bucket,) = pattern["detail"]["s3ObjectDetails"]["bucketName"]
    assert "DocumentsLanding" in json.dumps(bucket)
    (properties,) = [
        entry["Properties"]
        for entry in template.values()
        if entry["Type"] == "AWS::Lambda::EventSourceMapping"
    ]
    assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert properties["BatchSize"] == 1
    most = _function(resources, "ingestion")["ReservedConcurrentExecutions"]
    assert properties["ScalingConfig"]["MaximumConcurrency"] <= most


def test_no_document_expires_while_somebody_could_still_hear_of_it(template_of: TemplateOf) -> None:
    queues = [
        entry["Properties"]["MessageRetentionPeriod"]
        for name, entry in template_of("Ingestion")["Resources"].items()
        if name.startswith("Pipeline") and entry["Type"] == "AWS::SQS::Queue"
    ]
    (rules,) = [
        entry["Properties"]["LifecycleConfiguration"]["Rules"]
        for name, entry in template_of("Knowledge")["Resources"].items()
        if name.startswith("DocumentsLanding") and entry["Type"] == "AWS::S3::Bucket"
    ]
    assert rules[0]["ExpirationInDays"] * 24 * 3600 > max(queues)


def test_every_queue_of_dead_letters_of_the_pipeline_calls_people(template_of: TemplateOf) -> None:
    template = template_of("Ingestion")["Resources"]
    letters = {
        name
        for name, entry in template.items()
        if entry["Type"] == "AWS::SQS::Queue" and "DeadLetters" in name
    }
    alarms = [entry["Properties"] for entry in template.values() if entry["Type"] == "AWS::CloudWatch::Alarm"]
    watched = {
        one["Value"]["Fn::GetAtt"][0]
        for alarm in alarms
        for one in alarm["Dimensions"]
        if one["Name"] == "QueueName"
    }
    assert watched == letters
    assert len(letters) == 3
    assert {"DocumentNotIngested", "DocumentsWaiting"} <= {alarm["MetricName"] for alarm in alarms}
    assert all("Alarms" in str(alarm["AlarmActions"]) for alarm in alarms)


def test_both_functions_are_told_what_they_read(resources: Resources) -> None:
    shared = {"TRUSTED_BUCKET_NAME", "DOCUMENT_TABLE_NAME", "KNOWLEDGE_BASE_ID", "DATA_SOURCE_ID"}
    needed = {
        "ingestion": {
            *shared,
            "LANDING_BUCKET_NAME",
            "QUARANTINE_BUCKET_NAME",
            "MANIFEST_BUCKET_NAME",
            "ALERT_TOPIC_ARN",
            "MAX_DOCUMENT_BYTES",
            "MAX_PAGES",
        },
        "withdrawal": shared,
    }
    for service, names in needed.items():
        variables = _function(resources, service)["Environment"]["Variables"]
        assert names <= variables.keys()
        folder = Path(__file__).resolve().parents[2] / "lambda" / service
        sources = "".join(path.read_text() for path in folder.glob("*.py"))
        assert all(f'"{name}"' in sources for name in names), service


def test_the_pipelines_functions_reach_s3_only_for_what_they_do(template_of: TemplateOf) -> None:
    (endpoint,) = [
        entry["Properties"]
        for name, entry in template_of("Network")["Resources"].items()
        if entry["Type"] == "AWS::EC2::VPCEndpoint" and name.startswith("NetworkAuditRecords")
    ]
    statements = endpoint["PolicyDocument"]["Statement"]
    documents = [entry for entry in statements if "GenAiDefense-Knowledge" in json.dumps(entry["Resource"])]
    assert len(documents) == 6
    for entry in documents:
        role = entry["Condition"]["ArnEquals"]["aws:PrincipalArn"]["Fn::ImportValue"]
        assert "DocumentsExaminer" in role or "DocumentsWithdrawer" in role


def test_without_knowledge_nothing_of_it_is_there(
    synthesize_profile: SynthesizeProfile, tmp_path: Path
) -> None:
    synthesize_profile(tmp_path, "dev", {"knowledge": {"enabled": False}})
    stacks = {path.name.removesuffix(".template.json") for path in tmp_path.glob("*.template.json")}
    assert stacks.isdisjoint({"GenAiDefense-Knowledge", "GenAiDefense-Ingestion"})
    templates = [json.loads(path.read_text()) for path in tmp_path.glob("*.template.json")]
    resources = [resource for template in templates for resource in template["Resources"].values()]
    assert not [entry["Type"] for entry in resources if entry["Type"].startswith(_MARKS)]
    assert "knowledge-base" not in json.dumps(templates)


def test_on_opensearch_serverless_it_stands_without_a_finding(
    synthesize_profile: SynthesizeProfile, tmp_path: Path
) -> None:
    synthesize_profile(tmp_path, "prod", {"knowledge": {"vector_store": "opensearch-serverless"}})
    template = json.loads((tmp_path / "GenAiDefense-Knowledge.template.json").read_text())
    kinds = {entry["Type"] for entry in template["Resources"].values()}
    assert "AWS::OpenSearchServerless::Collection" in kinds
    assert not [kind for kind in kinds if kind.startswith("AWS::S3Vectors")]
