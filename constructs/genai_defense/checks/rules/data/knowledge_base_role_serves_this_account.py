"""Bedrock becomes the role of a knowledge base for one's own account only."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, first_unresolved

_BINDING = ("aws:SourceAccount", "aws:SourceArn")
_TRUST = "AssumeRolePolicyDocument"


@rule(
    id="OwaspLlm-KnowledgeBaseRoleServesThisAccount",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="Bedrock may become the knowledge base's role on behalf of any account.",
    explanation="Somebody else's knowledge base that names this role has Bedrock read your documents for him:"
    " the confused deputy.",
    remedy="Demand aws:SourceAccount, and aws:SourceArn of your knowledge bases, in the role's trust policy.",
    source=Source("https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Bedrock::KnowledgeBase",),
)
def knowledge_base_role_serves_this_account(base: Resource, _graph: TemplateGraph) -> Answer:
    """A role from elsewhere is not read."""
    role = base.get("RoleArn")
    if not isinstance(role, Reference) or role.resource.type != "AWS::IAM::Role":
        return NotApplicable()
    listed = list(statements(role.resource.get(_TRUST), _TRUST))
    return worst(_judge(role.resource, each) for each in listed if each.may_allow)


def _judge(role: Resource, statement: Statement) -> Answer:
    path = f"RoleArn: {role.logical_id}.{statement.path}"
    if isinstance(statement.body, Opaque):
        return Unknown(path, statement.body.why)
    if any(statement.demanded(key) for key in _BINDING):
        return Compliant("the trust policy names the account or its knowledge bases")
    if unresolved := first_unresolved(statement.body):
        return Unknown(path, unresolved.why)
    return NonCompliant(path, f"it demands neither {' nor '.join(_BINDING)}")
