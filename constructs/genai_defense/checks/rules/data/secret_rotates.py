"""A secret that leaks is good for a while, not for ever."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.routes import refers_to
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, references, whole

_STORES = (
    "AWS::Bedrock::",
    "AWS::DMS::",
    "AWS::DocDB::",
    "AWS::ElastiCache::",
    "AWS::Neptune::",
    "AWS::OpenSearchService::",
    "AWS::RDS::",
    "AWS::Redshift::",
    "AWS::SecretsManager::SecretTargetAttachment",
)
_DAYS, _YEAR = "RotationRules.AutomaticallyAfterDays", 366


@rule(
    id="OwaspLlm-SecretRotates",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The secret is never rotated, or once in years.",
    explanation="A password, token or API key that was once logged, prompted or copied opens the store or"
    " service for ever.",
    remedy="Add an AWS::SecretsManager::RotationSchedule with rotation rules.",
    source=Source(
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::SecretsManager::Secret",),
)
def secret_rotates(resource: Resource, graph: TemplateGraph) -> Answer:
    """One schedule that names the secret, or manages it with its database, is enough.

    A key that somebody else's service gave out is no matter of a schedule: no function can rotate it.
    """
    for schedule in graph.of_type("AWS::SecretsManager::RotationSchedule"):
        if any(found.resource is resource for found in references(schedule.get("SecretId"))):
            return _in_time(schedule)
        attached = schedule.get("SecretId")
        if isinstance(attached, Reference) and refers_to(attached.resource.get("SecretId"), resource):
            return _in_time(schedule)
    if resource.get("GenerateSecretString") is None and not _is_of_a_store(resource, graph):
        return NotApplicable()
    return NonCompliant("RotationSchedule", "no schedule rotates the secret")


def _in_time(schedule: Resource) -> Answer:
    days = whole(schedule.get(_DAYS), default=0)
    if isinstance(days, Opaque):
        return Unknown(_DAYS, days.why)
    if days > _YEAR:
        return NonCompliant(_DAYS, f"{schedule.logical_id} lets it last for {days} days")
    return Compliant(f"{schedule.logical_id} rotates it")


def _is_of_a_store(secret: Resource, graph: TemplateGraph) -> bool:
    """Whether a database, cache or knowledge base of these templates signs in with it."""
    return any(user.type.startswith(_STORES) for user in graph.referrers(secret))
