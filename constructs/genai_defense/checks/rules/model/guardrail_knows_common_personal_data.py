"""A guardrail that looks for personal data looks for what nearly every chat meets, and what logs mask."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.guardrail_bounds import LEAST_PERSONAL_DATA, SECRETS
from genai_defense.checks.policy import wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items, typed_items

_POLICY = "SensitiveInformationPolicyConfig"
_ENTITIES = f"{_POLICY}.PiiEntitiesConfig"
_BROAD = 4
"""A guardrail with so many kinds beside secrets is to know people, and whoever is known has a telephone."""
# What CloudWatch Logs calls what a guardrail knows by another name. Names and addresses are left out:
# a chat needs them, and a log does not.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL-managed-data-identifiers.html
# (read 2026-11-24).
_MASKED_IN_LOGS = {
    "CreditCardNumber": "CREDIT_DEBIT_CARD_NUMBER",
    "DriversLicense-US": "DRIVER_ID",
    "EmailAddress": "EMAIL",
    "PassportNumber-US": "US_PASSPORT_NUMBER",
    "PhoneNumber-US": "PHONE",
    "Ssn-US": "US_SOCIAL_SECURITY_NUMBER",
}


@rule(
    id="OwaspLlm-GuardrailKnowsCommonPersonalData",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The guardrail looks for some personal data, and not for a kind that it will surely meet.",
    explanation="Card numbers and addresses of other people stand in answers and conversations; that a log"
    " masks them helps nobody who reads the answer.",
    remedy=f"Add {' and '.join(LEAST_PERSONAL_DATA)} to PiiEntitiesConfig, and each kind that a log group of"
    " the deployment masks.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_knows_common_personal_data(guardrail: Resource, graph: TemplateGraph) -> Answer:
    """Only a guardrail that lists kinds is asked, and a pattern of one's own may stand for any of them."""
    entities = guardrail.get(_ENTITIES)
    kinds = [kind for _, kind, _ in typed_items(entities, _ENTITIES)]
    hidden = isinstance(entities, Opaque) or any(isinstance(kind, Opaque) for kind in kinds)
    if hidden or all(kind in SECRETS for kind in kinds) or guardrail.get(f"{_POLICY}.RegexesConfig"):
        return NotApplicable()
    broad = len({str(kind) for kind in kinds if kind not in SECRETS}) >= _BROAD
    wanted = (*LEAST_PERSONAL_DATA, "PHONE") if broad else LEAST_PERSONAL_DATA
    missing = [
        NonCompliant(_ENTITIES, f"{kind} is not among the entities") for kind in wanted if kind not in kinds
    ]
    missing += [
        NonCompliant(_ENTITIES, f"{kind} is masked in {group}, and is not among the entities")
        for kind, group in _masked(graph)
        if kind not in (*kinds, *wanted)
    ]
    return worst(missing) if missing else Compliant("it knows what nearly every chat meets")


def _masked(graph: TemplateGraph) -> Iterator[tuple[str, str]]:
    """What log groups mask, and the first of them that does."""
    seen: set[str] = set()
    for group in graph.of_type("AWS::Logs::LogGroup"):
        for statement in items(group.get("DataProtectionPolicy.Statement")):
            for identifier in items(dig(statement, "DataIdentifier")):
                kind = _MASKED_IN_LOGS.get(wildcards(identifier).rpartition("/")[2])
                if kind is not None and kind not in seen:
                    seen.add(kind)
                    yield kind, group.logical_id
