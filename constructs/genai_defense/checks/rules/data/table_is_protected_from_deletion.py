"""A table is not deleted by one call."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag


@rule(
    id="OwaspLlm-TableIsProtectedFromDeletion",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The table can be deleted by one call.",
    explanation="A stolen role or a mistyped name removes conversations, quotas and approvals at once;"
    " point-in-time recovery of a deleted table ends after 35 days.",
    remedy="Set DeletionProtectionEnabled to true.",
    source=Source(
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::DynamoDB::Table",),
)
def table_is_protected_from_deletion(table: Resource, _graph: TemplateGraph) -> Answer:
    """A deletion policy holds against CloudFormation only; this holds against everybody."""
    protected = flag(table.get("DeletionProtectionEnabled"), default=False)
    if isinstance(protected, Opaque):
        return Unknown("DeletionProtectionEnabled", protected.why)
    if not protected:
        return NonCompliant("DeletionProtectionEnabled", "one call deletes the table with all rows")
    return Compliant("the table refuses to be deleted")
