"""A permission to invoke models names them, one by one."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.model_access import may_invoke_models
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Text, Unresolved, Value, dig, items, shown

_ARN_FIELDS = 5


@rule(
    id="OwaspLlm-InvokeModelNamesModels",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The policy allows calls to models that nobody approved: its ARN ends in a pattern.",
    explanation="Models of unknown origin, licence, price and safety answer in the application's name,"
    " today's and those that are added to the account later.",
    remedy="Name each foundation model and inference profile in Resource; only the Region may be a pattern.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_id-based-policy-examples.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04", "LLM10"),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0010", "AML.T0040"),
        nist_csf=("PR.AA", "GV.SC"),
        nist_ai_600_1=("Value Chain and Component Integration",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def invoke_model_names_models(resource: Resource, _graph: TemplateGraph) -> Answer:
    """The worst resource of any statement counts."""
    return worst(
        answer
        for statement in identity_statements(resource)
        if may_invoke_models(statement)
        for answer in _judge(statement)
    )


def _judge(statement: Statement) -> Iterator[Answer]:
    if isinstance(statement.body, Opaque):
        yield Unknown(statement.path, statement.body.why)
        return
    named = items(dig(statement.body, "Resource"))
    if not named:
        yield NonCompliant(f"{statement.path}.NotResource", "every model but the listed ones is allowed")
    for index, arn in enumerate(named):
        yield _one(f"{statement.path}.Resource.{index}", arn)


def _one(path: str, arn: Value) -> Answer:
    if isinstance(arn, Unresolved):
        return Unknown(path, arn.why)
    parts = arn.parts if isinstance(arn, Text) else (arn if isinstance(arn, str) else "reference",)
    # Behind the account stands the model; what the deployment fills in there is one name.
    text = "".join(part if isinstance(part, str) else "{}" for part in parts)
    if "*" in (model := text.split(":", _ARN_FIELDS)[-1]) or "?" in model:
        return NonCompliant(path, f"{shown(arn)} covers models that nobody named")
    unresolved = next((part for part in parts if isinstance(part, Unresolved)), None)
    return Unknown(path, unresolved.why) if unresolved else Compliant(f"{path} names one model")
