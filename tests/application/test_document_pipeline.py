"""The pipeline in a foreign stack: brought keys and network, one queue, two functions."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk.assertions import Template

from genai_defense.application import DocumentLimits, DocumentPipeline, FunctionHosting
from genai_defense.data import DocumentStores, KnowledgeBase, object_lock
from ingestion.event import is_look

Synth = Callable[[], Template]


@pytest.fixture
def pipeline(stack: cdk.Stack, hosting: FunctionHosting, log_key: kms.Key) -> DocumentPipeline:
    """A pipeline under keys of the foreign stack's own."""
    documents = DocumentStores(
        stack,
        "Documents",
        encryption_key=log_key,
        quarantine_key=kms.Key(stack, "QuarantineKey"),
        lock=object_lock(cdk.Duration.days(1), compliance=False),
    )
    return DocumentPipeline(
        stack,
        "Pipeline",
        hosting=hosting,
        documents=documents,
        knowledge_base=KnowledgeBase(stack, "Base", documents=documents),
        alerts=sns.Topic(stack, "People", master_key=kms.Key(stack, "PeopleKey")),
        limits=DocumentLimits(max_document_mib=2, max_pages=7),
    )


def _functions(template: Template) -> dict[str, dict[str, Any]]:
    return {
        entry["Properties"]["Handler"]: entry["Properties"]
        for entry in template.find_resources("AWS::Lambda::Function").values()
    }


@pytest.mark.usefixtures("pipeline")
def test_it_works_in_a_foreign_stack(template: Synth) -> None:
    functions = _functions(template())
    assert functions.keys() == {"ingestion.handler.handler", "withdrawal.handler.handler"}
    ingestion = functions["ingestion.handler.handler"]
    assert (ingestion["MemorySize"], ingestion["Timeout"]) == (1024, 300)
    variables = ingestion["Environment"]["Variables"]
    assert (variables["MAX_DOCUMENT_BYTES"], variables["MAX_PAGES"]) == (str(2 * 1024 * 1024), "7")
    for function in functions.values():
        assert function["VpcConfig"]["SubnetIds"]
        assert function["Role"]["Fn::GetAtt"][0].startswith("Documents")


@pytest.mark.usefixtures("pipeline")
def test_queue_and_dead_letters_lie_under_the_given_key(template: Synth) -> None:
    synthesized = template()
    queues = {
        name: entry["Properties"]
        for name, entry in synthesized.find_resources("AWS::SQS::Queue").items()
        if name.startswith("Pipeline") and "Private" not in name
    }
    assert len(queues) == 2
    for properties in queues.values():
        assert "ForeignKey" in str(properties["KmsMasterKeyId"])


@pytest.mark.usefixtures("pipeline")
def test_people_hear_of_a_quarantined_document_on_the_topic_that_they_listen_to(template: Synth) -> None:
    """A topic of its own would have nobody on it; this one also carries the alarms."""
    synthesized = template()
    ((topic, _),) = synthesized.find_resources("AWS::SNS::Topic").items()
    told = _functions(synthesized)["ingestion.handler.handler"]["Environment"]["Variables"]
    assert told["ALERT_TOPIC_ARN"] == {"Ref": topic}
    granted = {
        statement["Sid"]: statement
        for policy in synthesized.find_resources("AWS::IAM::ManagedPolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if "Sid" in statement
    }
    assert granted["TellOfQuarantine"]["Action"] == "sns:Publish"
    assert granted["TellOfQuarantine"]["Resource"] == {"Ref": topic}
    assert "PeopleKey" in str(granted["KeyThroughTheTopic"]["Resource"])


@pytest.mark.usefixtures("pipeline")
def test_eventbridge_sends_for_these_rules_only(template: Synth) -> None:
    policies = template().find_resources("AWS::SQS::QueuePolicy").values()
    sending = [
        entry
        for policy in policies
        for entry in policy["Properties"]["PolicyDocument"]["Statement"]
        if entry.get("Principal") == {"Service": "events.amazonaws.com"}
    ]
    assert len(sending) == 2, "the queue, and the dead letters for what could not be delivered"
    for entry in sending:
        assert entry["Action"] == "sqs:SendMessage"
        sources = str(entry["Condition"]["ArnEquals"]["aws:SourceArn"])
        assert "PipelineScanResults" in sources
        assert "PipelineLookForWhatWaits" in sources


@pytest.mark.usefixtures("pipeline")
def test_every_hour_the_function_is_told_to_look_for_what_waits(template: Synth) -> None:
    (rule,) = [
        entry["Properties"]
        for entry in template().find_resources("AWS::Events::Rule").values()
        if "ScheduleExpression" in entry["Properties"]
    ]
    assert rule["ScheduleExpression"] == "rate(1 hour)"
    (target,) = rule["Targets"]
    assert is_look(target["Input"])
    assert target["DeadLetterConfig"]


def test_who_may_withdraw_may_invoke_one_function(
    stack: cdk.Stack, pipeline: DocumentPipeline, template: Synth
) -> None:
    pipeline.withdrawal.grant_invoke(iam.ManagedPolicy(stack, "Operators"))
    (policy,) = [
        entry
        for name, entry in template().find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith("Operators")
    ]
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Action"] == "lambda:InvokeFunction"
    assert "PipelineWithdrawal" in str(statement["Resource"])
