"""What the constructs and the functions in lambda/ must say alike, since neither can import the other."""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms

from chat.settings import Settings as ChatSettings
from conversations.request import COMMENT_CHARS, RATINGS, Feedback
from conversations.settings import Settings as ConversationsSettings
from function_environment.limits import MESSAGE_BYTES, MESSAGE_CHARS, reserved_tokens
from genai_defense.application.api_route import CONVERSATION_ID_PATTERN
from genai_defense.application.conversations_function import FEEDBACK
from genai_defense.data.user_table import USER_TAG
from genai_defense.limits import MAX_MESSAGE_CHARS, TOKENS_BESIDE_THE_ANSWER
from genai_defense.organization import AlarmTopic, ChatbotAlarms
from guardrail.request import STREAM_RESOURCE
from guardrail.settings import Settings as GuardrailSettings

LAMBDA = Path(__file__).resolve().parents[2] / "lambda"


def _environment(assembly: Path, service: str) -> dict[str, str]:
    """What Lambda would hand to the function, with a placeholder for what only a deployment knows."""
    for path in assembly.glob("*.template.json"):
        for resource in json.loads(path.read_text())["Resources"].values():
            environment: dict[str, Any] = resource.get("Properties", {}).get("Environment", {})
            variables: dict[str, Any] = environment.get("Variables", {})
            if variables.get("POWERTOOLS_SERVICE_NAME") == service:
                return {name: value if isinstance(value, str) else "1" for name, value in variables.items()}
    raise AssertionError(f"no function of the service {service}")


def test_each_function_starts_with_the_environment_that_it_is_given(assembly: Path) -> None:
    guardrail = GuardrailSettings.from_environment(_environment(assembly, "guardrail"))
    chat = ChatSettings.from_environment(_environment(assembly, "chat"))
    own = ConversationsSettings.from_environment(_environment(assembly, "conversations"))
    assert guardrail.max_output_tokens == chat.max_output_tokens
    assert guardrail.requests_per_day == own.requests_per_day
    assert guardrail.tokens_per_day == own.tokens_per_day
    assert guardrail.allowed_link_hosts == chat.allowed_link_hosts == {"docs.aws.amazon.com"}


def test_a_message_has_one_greatest_length() -> None:
    assert MAX_MESSAGE_CHARS == MESSAGE_CHARS


def test_the_smallest_quota_is_what_the_function_reserves() -> None:
    assert reserved_tokens(MESSAGE_BYTES, 0) == TOKENS_BESIDE_THE_ANSWER


def test_feedback_has_one_form() -> None:
    properties = FEEDBACK.properties
    assert properties["rating"].enum == list(RATINGS)
    assert properties["comment"].max_length == COMMENT_CHARS
    assert set(properties) == {field.name for field in fields(Feedback)}


@pytest.mark.parametrize("file", ["guardrail/request.py", "chat/turn.py", "conversations/request.py"])
def test_a_conversation_id_has_one_form(file: str) -> None:
    assert CONVERSATION_ID_PATTERN.strip("^$") in (LAMBDA / file).read_text()


def test_the_session_tag_that_binds_rows_is_the_one_that_the_function_sets() -> None:
    assert f'"Key": "{USER_TAG}"' in (LAMBDA / "user_session" / "credentials.py").read_text()


def test_alarms_watch_metrics_that_the_functions_write(
    assembly_of: Callable[[str], Path],
    stack: cdk.Stack,
    log_key: kms.Key,
) -> None:
    written = "".join(path.read_text() for path in (LAMBDA / "guardrail").glob("*.py"))
    topic = AlarmTopic(stack, "Topic", encryption_key=log_key)
    alarms = ChatbotAlarms(stack, "Alarms", alarm_topic=topic.topic)
    environment = _environment(assembly_of("dev"), "guardrail")
    for metric in (alarms.metric_refused(), alarms.metric_failed_closed(), alarms.metric_tokens_spent()):
        assert re.search(rf'"{metric.metric_name}"', written), metric.metric_name
        assert metric.namespace == environment["POWERTOOLS_METRICS_NAMESPACE"]
        assert metric.dimensions == {"service": environment["POWERTOOLS_SERVICE_NAME"]}


def test_the_streamed_route_is_the_one_that_the_function_streams(assembly: Path) -> None:
    """Any other path gets its answer whole, and this one would be no response of API Gateway's without it."""
    streamed: list[dict[str, Any]] = []
    paths: dict[str, str] = {}
    for path in assembly.glob("*Application*.template.json"):
        resources: dict[str, Any] = json.loads(path.read_text())["Resources"]
        for name, entry in resources.items():
            if entry["Type"] == "AWS::ApiGateway::Resource":
                paths[name] = entry["Properties"]["PathPart"]
            if entry["Type"] == "AWS::ApiGateway::Method":
                mode = entry["Properties"]["Integration"].get("ResponseTransferMode")
                streamed += [entry["Properties"]] if mode == "STREAM" else []
    (method,) = streamed
    assert paths[method["ResourceId"]["Ref"]] == STREAM_RESOURCE.rpartition("/")[2]
    assert "response-streaming-invocations" in json.dumps(method["Integration"]["Uri"])
