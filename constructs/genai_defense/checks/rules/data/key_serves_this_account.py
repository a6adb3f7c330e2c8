"""A service of AWS uses a key on behalf of this account only."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items, references

_BINDING = {
    "aws:principalorgid",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "kms:calleraccount",
    "kms:viaservice",
}
_CONTEXT = "kms:encryptioncontext:"
_LOG_DELIVERY = "delivery.logs.amazonaws.com"


@rule(
    id="OwaspLlm-KeyServesThisAccount",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The policy of the key lets a service of AWS use it on anybody's behalf.",
    explanation="A stranger has a service encrypt or read with the key what is his, or yours, from an account"
    " of his own.",
    remedy="Demand aws:SourceAccount, aws:SourceArn or kms:EncryptionContext of what is yours.",
    source=Source("https://docs.aws.amazon.com/kms/latest/developerguide/least-privilege.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::KMS::Key",),
)
def key_serves_this_account(key: Resource, graph: TemplateGraph) -> Answer:
    """A statement for accounts and roles is no matter of this one; CloudFront's S3 log says no source."""
    exempt = {_LOG_DELIVERY} if _keeps_a_log_of_the_edge(key, graph) else set[str]()
    listed = (each for each in statements(key.get("KeyPolicy"), "KeyPolicy") if each.may_allow)
    return worst(_judge(each) for each in listed if _services(each) - exempt)


def _keeps_a_log_of_the_edge(key: Resource, graph: TemplateGraph) -> bool:
    """A log whose bucket is not in these templates may be under any key."""
    for front in graph.of_type("AWS::CloudFront::Distribution"):
        if (log := front.get("DistributionConfig.Logging")) is not None:
            buckets = {each.resource for each in references(log)}
            keys = {each.resource for bucket in buckets for each in references(bucket.properties)}
            if key in keys or not buckets:
                return True
    return False


def _services(statement: Statement) -> set[str]:
    principal = None if isinstance(statement.body, Opaque) else dig(statement.body, "Principal")
    return (
        {literally(each) for each in items(principal.get("Service"))}
        if isinstance(principal, dict)
        else set()
    )


def _judge(statement: Statement) -> Answer:
    if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
        return Unknown(f"{statement.path}.Condition", conditions.why)
    for operator, key, values in tested(statement):
        bound = key in _BINDING or key.startswith(_CONTEXT)
        if bound and not operator.endswith("ifexists") and "*" not in values:
            return Compliant(f"{statement.path} is bound by {key}")
    return NonCompliant(f"{statement.path}.Condition", "nothing says on whose behalf the service may come")
