"""What is withdrawn leaves the vectors, too."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-DataSourceForgetsWhatIsDeleted",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The data source leaves its vectors behind when it is deleted.",
    explanation="Passages of a source that was taken away, because it was poisoned or because somebody asked"
    " for it, stay in the store and can still be answered from.",
    remedy="Set DataDeletionPolicy to DELETE, or leave it out.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_CreateDataSource.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04", "LLM08", "LLM09"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0070",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Data Privacy", "Information Integrity"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::Bedrock::DataSource",),
)
def data_source_forgets_what_is_deleted(source: Resource, _graph: TemplateGraph) -> Answer:
    """DELETE is the default."""
    policy = source.get("DataDeletionPolicy")
    if isinstance(policy, Opaque):
        return Unknown("DataDeletionPolicy", policy.why)
    if policy == "RETAIN":
        return NonCompliant("DataDeletionPolicy", "it is RETAIN")
    return Compliant("vectors go with their source")
