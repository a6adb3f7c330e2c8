"""What goes into or out of a store is encrypted on its way."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.denials import everybody
from genai_defense.checks.policies_on import POLICY_TYPES, policies_on
from genai_defense.checks.policy import Statement
from genai_defense.checks.principals import tested
from genai_defense.checks.resource_policies import resource_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag

# What is done with each kind of store: a Deny of something else protects nothing.
_USES = {
    "AWS::S3::Bucket": "s3:GetObject",
    "AWS::SNS::Topic": "sns:Publish",
    "AWS::SQS::Queue": "sqs:SendMessage",
}


@rule(
    id="OwaspLlm-StoreDemandsTls",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="No statement of the policy refuses calls without TLS.",
    explanation="A client that is misconfigured, or made to be, sends documents or messages in the clear past"
    " whoever listens.",
    remedy="Deny all actions where aws:SecureTransport is false.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit",
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
    resource_types=tuple(POLICY_TYPES),
)
def store_demands_tls(resource: Resource, graph: TemplateGraph) -> Answer:
    """The statement may stand in any policy on the store."""
    opaque: Answer | None = None
    for policy in policies_on(resource, graph):
        for statement in resource_statements(policy):
            if isinstance(statement.body, Opaque):
                opaque = Unknown("Policy", statement.body.why)
            elif _is_for_everybody(statement, resource) and any(
                _refuses(*test) for test in tested(statement)
            ):
                return Compliant(f"{policy.logical_id} refuses calls without TLS")
    return opaque or NonCompliant("Policy", "no statement denies calls without TLS")


def _is_for_everybody(statement: Statement, store: Resource) -> bool:
    denies = dig(statement.body, "Effect") == "Deny" and everybody(statement)
    return denies and statement.may_cover(_USES[store.type])


def _refuses(operator: str, key: str, values: list[Value]) -> bool:
    """A call without TLS has no version of it: a test of the version holds for it only with IfExists."""
    plain = operator.removesuffix("ifexists") == "bool" and key == "aws:securetransport"
    old = operator.startswith("numericlessthan") and operator.endswith("ifexists") and key == "s3:tlsversion"
    return (plain and flag(values[0], default=True) is False) or old
