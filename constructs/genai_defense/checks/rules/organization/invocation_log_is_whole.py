"""The log of model invocations leaves nothing out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.json_text import json_text
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, Value, flag, json_object

_ACTION = "putmodelinvocationloggingconfiguration"
_BUCKET = re.compile("bucket|s3", re.IGNORECASE)
# Vectors say little to a reader, so leaving them out is a choice.
_KINDS = ("textDataDeliveryEnabled", "imageDataDeliveryEnabled")


@rule(
    id="OwaspLlm-InvocationLogIsWhole",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The log of model invocations leaves something out.",
    explanation="After an incident the prompts or pictures that count are missing: switched off, or too large"
    " for the one place that is named.",
    remedy="Deliver texts and images, and name a bucket beside the log group: bodies above 100 KB go only"
    " there.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "RS.AN"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("Custom::AWS", "Custom::ModelInvocationLogging", "Custom::BedrockInvocationLogging"),
)
def invocation_log_is_whole(setting: Resource, _graph: TemplateGraph) -> Answer:
    """Of the CDK's own custom resource the call is read; of others, the names of properties."""
    if setting.type != "Custom::AWS":
        properties = setting.properties
        names = [name for name in json_object(properties) or {} if name != "ServiceToken"]
        return worst((*_switched_off("", properties), _has_bucket("", names)))
    answers: list[Answer] = []
    for call in ("Create", "Update"):
        config = _config_of(setting.get(call))
        if config is not None:
            answers += (*_switched_off(call, config), _has_bucket(call, [*config, *_inner(config)]))
    return worst(answers)


def _config_of(call: Value) -> Mapping[str, Any] | None:
    read = json_text(call)
    for body in [] if isinstance(read, Unresolved) else read:
        config = json_object((json_object(body.get("parameters")) or {}).get("loggingConfig"))
        if str(body.get("action")).lower() == _ACTION and config is not None:
            return config
    return None


def _inner(config: Mapping[str, Any]) -> Iterator[str]:
    for value in config.values():
        yield from json_object(value) or {}


def _switched_off(path: str, config: object) -> Iterator[Answer]:
    for name, value in (json_object(config) or {}).items():
        for kind in _KINDS:
            if name.lower() == kind.lower() and flag(value, default=True) is False:
                yield NonCompliant(path or name, f"{kind} is off")


def _has_bucket(path: str, names: list[str]) -> Answer:
    if any(_BUCKET.search(name) for name in names):
        return Compliant("a bucket takes what is too large for a log group")
    return (
        NonCompliant(path, "no bucket takes what is too large for a log group") if names else NotApplicable()
    )
