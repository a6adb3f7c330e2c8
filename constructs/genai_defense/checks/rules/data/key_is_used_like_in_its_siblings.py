"""Where all data lies under keys of one's own, the small stores do as well."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_ASKED = (
    "AWS::Events::EventBus",
    "AWS::Scheduler::Schedule",
    "AWS::StepFunctions::StateMachine",
    "AWS::VerifiedPermissions::PolicyStore",
)
_KEYS = {
    "AWS::DynamoDB::Table": "SSESpecification.KMSMasterKeyId",
    "AWS::Events::EventBus": "KmsKeyIdentifier",
    "AWS::Logs::LogGroup": "KmsKeyId",
    "AWS::SNS::Topic": "KmsMasterKeyId",
    "AWS::SQS::Queue": "KmsMasterKeyId",
    "AWS::Scheduler::Schedule": "KmsKeyArn",
    "AWS::SecretsManager::Secret": "KmsKeyId",
    "AWS::StepFunctions::StateMachine": "EncryptionConfiguration.KmsKeyId",
    "AWS::VerifiedPermissions::PolicyStore": "EncryptionSettings.KmsEncryptionSettings.Key",
}


def _has_key(resource: Resource, _graph: TemplateGraph) -> Held:
    value = resource.get(_KEYS[resource.type])
    return value if isinstance(value, Unresolved) else value is not None


_KEYED = {
    kind: Practice(
        property=_KEYS[kind],
        types=tuple(_KEYS),
        held=_has_key,
        otherwise="no key of one's own encrypts it",
        least=10,
    )
    for kind in _ASKED
}


@rule(
    id="OwaspLlm-KeyIsUsedLikeInItsSiblings",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The state machine, schedule, bus or policy store alone has no key of one's own.",
    explanation="What passes through it, arguments of tools, events and policies, cannot be shut off, and"
    " nobody sees who reads it.",
    remedy="Name a customer managed key as in all other resources.",
    source=Source("https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=_ASKED,
)
def key_is_used_like_in_its_siblings(resource: Resource, graph: TemplateGraph) -> Answer:
    """Stores with rules of their own count as siblings, and are not asked."""
    return as_siblings_do(resource, graph, _KEYED[resource.type])
