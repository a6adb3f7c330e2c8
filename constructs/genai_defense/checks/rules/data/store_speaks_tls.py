"""Between a store and its clients nothing is in the clear."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph

# Property, to what it is when nobody sets it.
_SEARCH = {"DomainEndpointOptions.EnforceHTTPS": False, "NodeToNodeEncryptionOptions.Enabled": False}
_SETTINGS = {
    "AWS::ElastiCache::ReplicationGroup": {"TransitEncryptionEnabled": False},
    "AWS::Elasticsearch::Domain": _SEARCH,
    "AWS::MemoryDB::Cluster": {"TLSEnabled": True},
    "AWS::OpenSearchService::Domain": _SEARCH,
}


@rule(
    id="OwaspLlm-StoreSpeaksTls",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The store takes connections, or speaks among its nodes, without TLS.",
    explanation="Vectors, cached answers and sessions can be read and changed on the network.",
    remedy="Turn encryption in transit on, and let the store refuse anything else.",
    source=Source(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_encrypt.html",
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
    resource_types=tuple(_SETTINGS),
)
def store_speaks_tls(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Each store has one or several switches for it."""
    return worst(
        switched(resource, path, to=True, default=default, why="connections may be in the clear")
        for path, default in _SETTINGS[resource.type].items()
    )
