"""A service of AWS takes a role on behalf of this account only."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_TRUST = "AssumeRolePolicyDocument"
_SERVICES = ("bedrock.amazonaws.com", "bedrock-agentcore.amazonaws.com")
_BINDING = ("aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID")


@rule(
    id="OwaspLlm-ServiceActsForThisAccount",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="Bedrock may take the role on behalf of any account's agent, knowledge base, flow or runtime.",
    explanation="A stranger names the role in a resource of his own, and Bedrock reads or acts with it for"
    " him.",
    remedy="Demand aws:SourceAccount or aws:SourceArn in the trust policy.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::IAM::Role",),
)
def service_acts_for_this_account(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Services that act without a resource of the caller's, such as Lambda, need no such condition."""
    trust = resource.get(_TRUST)
    return worst(
        _judge(each) for each in statements(trust, _TRUST) if each.may_allow and _is_for_bedrock(each)
    )


def _is_for_bedrock(statement: Statement) -> bool:
    if isinstance(statement.body, Opaque) or isinstance(dig(statement.body, "Principal"), Opaque | str):
        return False
    return any(literally(each) in _SERVICES for each in items(dig(statement.body, "Principal.Service")))


def _judge(statement: Statement) -> Answer:
    if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
        return Unknown(f"{statement.path}.Condition", conditions.why)
    if any(values and "*" not in values for key in _BINDING if (values := statement.demanded(key))):
        return Compliant(f"{statement.path} names this account or a resource of it")
    return NonCompliant(f"{statement.path}.Condition", f"it demands neither {' nor '.join(_BINDING)}")
