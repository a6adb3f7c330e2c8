"""A database has no address on the internet."""

from genai_defense.checks.answer import Answer, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import named, switched
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_SWITCHED = ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::Redshift::Cluster")
_DOMAINS = ("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain")


@rule(
    id="OwaspLlm-DatabaseIsPrivate",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The database or search domain can be reached from the internet.",
    explanation="A guessed or leaked password is enough to read and poison what the chatbot answers from.",
    remedy="Set PubliclyAccessible to false; give a search domain VPCOptions.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding",
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
    resource_types=(*_SWITCHED, *_DOMAINS),
)
def database_is_private(resource: Resource, _graph: TemplateGraph) -> Answer:
    """An instance whose template does not say follows its subnets, which a default VPC makes public."""
    if resource.type in _DOMAINS:
        if isinstance(options := resource.get("VPCOptions"), Unresolved):
            return Unknown("VPCOptions", options.why)
        return named(resource, "VPCOptions", why="its endpoint is on the internet")
    unsaid = resource.get("DBSubnetGroupName") is None and resource.type == "AWS::RDS::DBInstance"
    clustered = resource.get("DBClusterIdentifier") is not None
    return switched(
        resource,
        "PubliclyAccessible",
        to=False,
        default=unsaid and not clustered,
        why="it has an address on the internet",
    )
