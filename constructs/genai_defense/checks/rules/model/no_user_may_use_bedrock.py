"""People and programs reach models by roles, never as a user with keys that do not end."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.bypasses import GUARDRAIL_CHANGES, WAYS_AROUND
from genai_defense.checks.model_access import INVOKE_ACTIONS, UNGUARDED_POLICIES
from genai_defense.checks.policy import Statement, identity_statements, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, items, references

_USES = (*INVOKE_ACTIONS, *WAYS_AROUND, *GUARDRAIL_CHANGES)


@rule(
    id="OwaspLlm-NoUserMayUseBedrock",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="An IAM user may use Bedrock.",
    explanation="The user's access key does not end; found in a repository or a log, it calls models until"
    " somebody notices the bill.",
    remedy="Give the permission to a role, and let people and programs assume it.",
    source=Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012", "AML.T0055"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::IAM::User",),
)
def no_user_may_use_bedrock(user: Resource, graph: TemplateGraph) -> Answer:
    """Inline, attached, by AWS; groups are judged where they stand."""
    for statement in _statements(user, graph):
        if isinstance(statement.body, Opaque):
            return Unknown(statement.path, statement.body.why)
        if statement.may_allow and any(map(statement.may_cover, _USES)):
            return NonCompliant(statement.path, "it allows the user to use Bedrock")
    for index, arn in enumerate(items(user.get("ManagedPolicyArns"))):
        if wildcards(arn).rsplit("/", 1)[-1] in UNGUARDED_POLICIES:
            return NonCompliant(f"ManagedPolicyArns.{index}", "it allows the user to use Bedrock")
    return Compliant("no policy of the user allows Bedrock")


def _statements(user: Resource, graph: TemplateGraph) -> Iterator[Statement]:
    yield from identity_statements(user)
    for attached in references(user.get("ManagedPolicyArns")):
        yield from identity_statements(attached.resource)
    for policy in graph.referrers(user):
        users = items(policy.get("Users")) + items(policy.get("UserName"))
        if any(reference.resource is user for each in users for reference in references(each)):
            yield from identity_statements(policy)
