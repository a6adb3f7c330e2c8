"""A database is neither deleted by one call nor without a copy."""

from genai_defense.checks.answer import Answer, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole

_DAYS = "BackupRetentionPeriod"


@rule(
    id="OwaspLlm-DatabaseSurvives",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The database can be deleted by one call, or keeps no backup for a week.",
    explanation="A mistyped name or a stolen role wipes the vectors and conversations, or what was poisoned"
    " cannot be undone.",
    remedy="Set DeletionProtection to true and BackupRetentionPeriod to 7 days or more.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM10"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=(
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::Neptune::DBCluster",
        "AWS::DocDB::DBCluster",
    ),
)
def database_survives(resource: Resource, graph: TemplateGraph) -> Answer:
    """An instance of a cluster has its cluster's settings; unset, backups are kept for one day."""
    if (
        resource.get("DBClusterIdentifier") is not None
        or resource.get("SourceDBInstanceIdentifier") is not None
    ):
        return NotApplicable()
    days = whole(resource.get(_DAYS), default=1)
    if isinstance(days, Opaque):
        return Unknown(_DAYS, days.why)
    if days < graph.bounds.backup_days:
        return NonCompliant(_DAYS, f"backups are kept for {days} days")
    return switched(resource, "DeletionProtection", to=True, default=False, why="one call deletes it")
