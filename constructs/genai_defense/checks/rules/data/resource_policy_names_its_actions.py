"""Who is let in by a store's policy may do what it says, not everything."""

from collections.abc import Iterator

from genai_defense.checks import reach
from genai_defense.checks.allowing import allowing
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement
from genai_defense.checks.principals import tested
from genai_defense.checks.resource_policies import RESOURCE_POLICIES
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Pseudo, Value, dig, items

_USE = ("kms:encryptioncontext", "kms:grant", "kms:viaservice")


@rule(
    id="OwaspLlm-ResourcePolicyNamesItsActions",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The policy on the resource allows every action to somebody.",
    explanation="A writer that was taken over reads, deletes and reshares the store that it only ever"
    " appended to.",
    remedy="Name the actions that the caller needs.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::KMS::Key", "AWS::ApiGateway::RestApi", *RESOURCE_POLICIES),
)
def resource_policy_names_its_actions(resource: Resource, graph: TemplateGraph) -> Answer:
    """The own account as a whole is let in by IAM policies in turn, which other rules read.

    Unless a condition says how the key is used: who uses it by a service does not administer it.
    """
    return worst(answer for each in allowing(resource, graph) for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    if isinstance(statement.body, Opaque):
        yield Unknown(statement.path, statement.body.why)
        return
    principal = dig(statement.body, "Principal")
    named = items(dig(principal, "AWS")) if isinstance(principal, dict) and "Service" not in principal else []
    if named and all(_is_own_account(each) for each in named) and not _is_about_use(statement):
        return
    for index, action in enumerate(items(dig(statement.body, "Action"))):
        if reach.literally(action).rpartition(":")[2] == "*":
            yield NonCompliant(
                f"{statement.path}.Action.{index}",
                f"{reach.literally(action)} is every action, for {reach.named(principal)}",
            )
        else:
            yield Compliant(f"{statement.path} names its actions")


def _is_about_use(statement: Statement) -> bool:
    return any(key.startswith(_USE) for _, key, _ in tested(statement))


def _is_own_account(principal: Value) -> bool:
    return isinstance(principal, Pseudo) or reach.literally(principal).endswith(":root")
