"""A database knows its callers by their roles, not by a password."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph

_SETTINGS = {
    "AWS::OpenSearchService::Domain": "AdvancedSecurityOptions.Enabled",
    "AWS::RDS::DBCluster": "EnableIAMDatabaseAuthentication",
    "AWS::RDS::DBInstance": "EnableIAMDatabaseAuthentication",
    "AWS::Neptune::DBCluster": "IamAuthEnabled",
}


@rule(
    id="OwaspLlm-DatabaseAsksWhoIsCalling",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The database takes passwords only, or the search domain has no access control of its own.",
    explanation="A password in an environment or a prompt opens the vector store; whoever reaches the domain"
    " reads every index.",
    remedy="Set EnableIAMDatabaseAuthentication; set AdvancedSecurityOptions.Enabled of a domain.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=tuple(_SETTINGS),
)
def database_asks_who_is_calling(resource: Resource, _graph: TemplateGraph) -> Answer:
    """An instance of a cluster has its cluster's setting; engines without it are not asked."""
    if resource.get("DBClusterIdentifier") is not None:
        return NotApplicable()
    engine = resource.get("Engine")
    if isinstance(engine, str) and not engine.startswith(
        ("aurora", "mysql", "postgres", "mariadb", "neptune")
    ):
        return NotApplicable()
    return switched(
        resource, _SETTINGS[resource.type], to=True, default=False, why="callers are not told apart"
    )
