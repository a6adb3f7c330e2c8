"""Agents, flows, prompts and data sources are encrypted under a key of one's own."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-BedrockWorkflowUsesCustomerManagedKey",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The agent, flow, prompt or data source is not encrypted under a customer managed key.",
    explanation="Instructions, sessions and chunks of documents are read by everybody who may read the"
    " resource; no key can be disabled in an incident.",
    remedy="Set CustomerEncryptionKeyArn (of a data source:"
    " ServerSideEncryptionConfiguration.KmsKeyArn) to a key of your own.",
    source=Source("https://docs.aws.amazon.com/bedrock/latest/userguide/data-encryption.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM07", "LLM02"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=(
        "AWS::Bedrock::Agent",
        "AWS::Bedrock::DataSource",
        "AWS::Bedrock::Flow",
        "AWS::Bedrock::Prompt",
    ),
)
def bedrock_workflow_uses_customer_managed_key(workflow: Resource, _graph: TemplateGraph) -> Answer:
    """Bedrock's own key, used without one, has a policy that nobody can change."""
    data_source = workflow.type == "AWS::Bedrock::DataSource"
    path = "ServerSideEncryptionConfiguration.KmsKeyArn" if data_source else "CustomerEncryptionKeyArn"
    return customer_managed_key(workflow.get(path), path)
