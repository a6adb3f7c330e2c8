"""Who attacks and who is blocked is readable to those whom a key lets in."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_KEYS = {"AWS::Events::EventBus": "KmsKeyIdentifier", "AWS::SNS::Topic": "KmsMasterKeyId"}


@rule(
    id="OwaspLlm-SecurityMessagesUseCustomerManagedKey",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The event bus or topic is not encrypted under a customer managed key.",
    explanation="Users, addresses and reasons of security events lie under a key that nobody can restrict,"
    " and alarms cannot publish to a topic under the service's own key at all, so that nobody hears them.",
    remedy="Name a KMS key of your own: KmsKeyIdentifier of a bus, KmsMasterKeyId of a topic.",
    source=Source(
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=tuple(_KEYS),
)
def security_messages_use_customer_managed_key(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Queues are not asked: theirs is a choice between two sound keys."""
    path = _KEYS[resource.type]
    return customer_managed_key(resource.get(path), path)
