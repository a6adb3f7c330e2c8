"""A knowledge base reads the part of a bucket that was prepared for it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, items

_S3 = "DataSourceConfiguration.S3Configuration"
_PREFIXES = f"{_S3}.InclusionPrefixes"


@rule(
    id="OwaspLlm-DataSourceNamesItsPrefix",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The data source reads everything that is in its bucket, now and later.",
    explanation="Originals, reports and whatever somebody puts beside the prepared documents become answers.",
    remedy="Name the prefix of the prepared documents in InclusionPrefixes.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_S3DataSourceConfiguration.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0070",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::Bedrock::DataSource",),
)
def data_source_names_its_prefix(source: Resource, _graph: TemplateGraph) -> Answer:
    """Sources other than buckets are not judged."""
    if source.get(_S3) is None:
        return NotApplicable()
    prefixes = source.get(_PREFIXES)
    if isinstance(prefixes, Opaque):
        return Unknown(_PREFIXES, prefixes.why)
    if not [entry for entry in items(prefixes) if entry]:
        return NonCompliant(_PREFIXES, "it names no prefix")
    return Compliant("it reads below named prefixes only")
