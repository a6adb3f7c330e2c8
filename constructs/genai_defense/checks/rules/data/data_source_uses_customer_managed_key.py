"""What a knowledge base keeps while it ingests lies under a key of one's own."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_KEY = "ServerSideEncryptionConfiguration.KmsKeyArn"


@rule(
    id="OwaspLlm-DataSourceUsesCustomerManagedKey",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The data source of a knowledge base names no customer managed key.",
    explanation="Documents lie under a key of AWS while they are ingested: nobody can disable it in an"
    " incident, and no key policy says who may use it.",
    remedy=f"Set {_KEY} to a key of your own, and let the knowledge base's role use it.",
    source=Source("https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0057"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Bedrock::DataSource",),
)
def data_source_uses_customer_managed_key(source: Resource, _graph: TemplateGraph) -> Answer:
    """Without one, Bedrock uses a key that it owns."""
    return customer_managed_key(source.get(_KEY), _KEY)
