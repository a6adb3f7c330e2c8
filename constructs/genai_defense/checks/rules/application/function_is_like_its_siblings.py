"""A protection that all functions of a deployment have is missing from none."""

import re
from collections.abc import Callable

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Amount, Held, Practice, as_siblings_do, given, of_their_order
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole

_FUNCTION = ("AWS::Lambda::Function",)
_OF_THE_CDK = re.compile(
    r"^Custom|^LogRetention[0-9a-f]{20}|^AWS679f53fac|^BucketNotificationsHandler|framework"
)
"""Functions that the CDK makes for its own custom resources: nobody can set their properties."""


def _own(path: str) -> Callable[[Resource, TemplateGraph], Held]:
    held = given(path)
    return lambda function, graph: None if _OF_THE_CDK.search(function.logical_id) else held(function, graph)


def _failures_are_kept(function: Resource, graph: TemplateGraph) -> Held:
    configurations = (o for o in graph.referrers(function) if o.type == "AWS::Lambda::EventInvokeConfig")
    return any(o.get("DestinationConfig.OnFailure") for o in configurations) or _own(
        "DeadLetterConfig.TargetArn"
    )(function, graph)


def _number(path: str) -> Callable[[Resource], int | Opaque | None]:
    return lambda function: None if function.get(path) is None else whole(function.get(path), default=0)


_TABLE = (
    Practice(
        property="KmsKeyArn",
        types=_FUNCTION,
        held=_own("KmsKeyArn"),
        otherwise="no key of one's own encrypts its environment",
    ),
    Practice(
        property="DeadLetterConfig",
        types=_FUNCTION,
        held=_failures_are_kept,
        otherwise="what it fails to work off is lost",
        least=5,
    ),
    Practice(
        property="ReservedConcurrentExecutions",
        types=_FUNCTION,
        held=_own("ReservedConcurrentExecutions"),
        otherwise="nothing bounds how many of it run at once",
        least=4,
    ),
    Practice(
        property="LoggingConfig.LogGroup",
        types=_FUNCTION,
        held=_own("LoggingConfig.LogGroup"),
        otherwise="it logs to a group that Lambda makes, without key and end",
    ),
    Practice(
        property="VpcConfig.SubnetIds",
        types=_FUNCTION,
        held=_own("VpcConfig.SubnetIds"),
        otherwise="it reaches the internet past every control of the network",
        least=5,
    ),
    Practice(
        property="TracingConfig.Mode",
        types=_FUNCTION,
        held=_own("TracingConfig.Mode"),
        otherwise="its runs leave no trace",
        least=4,
    ),
)
_AMOUNTS = (
    Amount(
        property="ReservedConcurrentExecutions",
        types=_FUNCTION,
        read=_number("ReservedConcurrentExecutions"),
        times=5,
        bound=100,
        otherwise="a flood takes the account's concurrency from all others",
    ),
    Amount(
        property="Timeout",
        types=_FUNCTION,
        read=_number("Timeout"),
        times=3,
        bound=600,
        otherwise="a run that hangs, or loops through a model, is paid for that long",
        least=10,
    ),
)


@rule(
    id="OwaspLlm-FunctionIsLikeItsSiblings",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The function differs in a protection from all other functions of the deployment.",
    explanation="What everybody else has was forgotten or taken away here: an attacker needs one function"
    " that is open, unbounded or silent.",
    remedy="Set the property as in the other functions, or acknowledge why this one differs.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=_FUNCTION,
)
def function_is_like_its_siblings(function: Resource, graph: TemplateGraph) -> Answer:
    """Only what nearly all have is asked for: a deployment without a practice is left alone."""
    return worst(
        (
            *(as_siblings_do(function, graph, practice) for practice in _TABLE),
            *(of_their_order(function, graph, amount) for amount in _AMOUNTS),
        )
    )
