"""A program asks other services encrypted."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.environments import ENVIRONMENT_TYPES, variables
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_ADDRESS = re.compile(r"^(https?|wss?)://(?:[^/@\s]*@)?([^/:\s]+)", re.IGNORECASE)
# A single label, a private name or address: mTLS or the network may protect these.
_PRIVATE = re.compile(
    r"^([^.]+|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*)$"
    r"|\.(internal|local|localhost|svc|test)$",
    re.IGNORECASE,
)
_NO_ADDRESS = re.compile(r"NAMESPACE|SCHEMA|XMLNS|ONTOLOGY|VOCABULARY")


@rule(
    id="OwaspLlm-EnvironmentAddressesAreEncrypted",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A variable sends the code to an address without TLS.",
    explanation="Prompts, answers and keys cross the network in the clear, and whoever answers in the"
    " service's place is believed.",
    remedy="Use the https:// (or wss://) address.",
    source=Source(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_encrypt.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03", "ASI07"),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=ENVIRONMENT_TYPES,
)
def environment_addresses_are_encrypted(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Private names are left to the network; a name for a vocabulary is no address."""
    return worst(
        _judge(name, path, value) for path, name, value in variables(resource) if isinstance(value, str)
    )


def _judge(name: str, path: str, value: str) -> Answer:
    found = _ADDRESS.match(value)
    if found is None or _NO_ADDRESS.search(name.upper()):
        return NotApplicable()
    if found[1].lower() in ("http", "ws") and not _PRIVATE.search(found[2]):
        return NonCompliant(path, f"{name} is {found[1]}://{found[2]}")
    return Compliant("its addresses are encrypted, or private")
