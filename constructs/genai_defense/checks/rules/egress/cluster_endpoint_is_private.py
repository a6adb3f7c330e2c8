"""The control plane of a cluster is reached from known networks."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, flag, items

_NETWORKS = "ResourcesVpcConfig.PublicAccessCidrs"


@rule(
    id="OwaspLlm-ClusterEndpointIsPrivate",
    boundary=Boundary.EGRESS,
    level=Level.ERROR,
    info="The cluster's API server answers every address on the internet.",
    explanation="One stolen token, from anywhere, runs containers beside the models with their roles and"
    " secrets.",
    remedy="Set EndpointPublicAccess to false, or name networks in PublicAccessCidrs.",
    source=Source("https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EKS::Cluster",),
)
def cluster_endpoint_is_private(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Unset, the endpoint is public and open to every address."""
    public = flag(resource.get("ResourcesVpcConfig.EndpointPublicAccess"), default=True)
    if isinstance(public, Opaque):
        return Unknown("ResourcesVpcConfig.EndpointPublicAccess", public.why)
    if not public:
        return Compliant("the endpoint is private")
    networks = resource.get(_NETWORKS)
    if isinstance(networks, Unresolved):
        return Unknown(_NETWORKS, networks.why)
    if not networks or {"0.0.0.0/0", "::/0"} & {each for each in items(networks) if isinstance(each, str)}:
        return NonCompliant(_NETWORKS, "every address reaches the API server")
    return Compliant("only named networks reach the API server")
