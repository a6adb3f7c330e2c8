"""What leaves through an endpoint arrives at resources of ours."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.endpoint_policies import allows, opaque, service_of
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, items

_NAMED = (
    "bedrock-agent",
    "bedrock-agent-runtime",
    "bedrock-runtime",
    "dynamodb",
    "events",
    "execute-api",
    "kinesis-streams",
    "kms",
    "lambda",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
)
_OURS = ("aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths")


@rule(
    id="OwaspLlm-EndpointNamesItsResources",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The endpoint's policy reaches every resource of its service.",
    explanation="Injected instructions write what the model sees to a bucket, queue, topic or function of the"
    " attacker's account, or ask a model or knowledge base that nobody approved, over the private way.",
    remedy="Name resources, or demand aws:ResourceAccount or aws:ResourceOrgID.",
    source=Source(
        "https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::VPCEndpoint",),
)
def endpoint_names_its_resources(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Only services whose resources take calls from other accounts, and Bedrock, where they are models."""
    if service_of(resource) not in _NAMED:
        return NotApplicable()
    return worst(_judge(each) for each in allows(resource))


def _judge(statement: Statement) -> Answer:
    if hidden := opaque(statement):
        return hidden
    if any(
        "*" in (literally(each), literally(each).rsplit(":", 1)[-1])
        for each in items(dig(statement.body, "Resource"))
    ):
        if any(statement.demanded(key) for key in _OURS):
            return Compliant(f"{statement.path} demands resources of ours")
        return NonCompliant(f"{statement.path}.Resource", "it reaches every resource, of every account")
    return Compliant(f"{statement.path} names its resources")
