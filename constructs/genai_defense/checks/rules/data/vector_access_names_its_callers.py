"""Who may do what with the vectors is named."""

from collections.abc import Iterable, Iterator, Mapping

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.json_text import json_text
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, Value, dig, items, shown

_EVERYTHING = ("*", "collection/*", "index/*", "index/*/*")


@rule(
    id="OwaspLlm-VectorAccessNamesItsCallers",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The data access policy gives collections to everybody of an account, or everything to somebody.",
    explanation="Any role of the account, or an ingestion job that was taken over, reads, changes and deletes"
    " what every tenant's answers come from.",
    remedy="Name roles under Principal and the needed actions, such as aoss:ReadDocument, under Permission.",
    source=Source(
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html",
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
    resource_types=("AWS::OpenSearchServerless::AccessPolicy",),
)
def vector_access_names_its_callers(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A parameter for a role is a role."""
    parsed = json_text(resource.get("Policy"))
    if isinstance(parsed, Unresolved):
        return Unknown("Policy", parsed.why)
    return worst((*_wide(parsed), Compliant("callers and actions are named")))


def _wide(entries: Iterable[Mapping[str, Value]]) -> Iterator[Answer]:
    for entry in entries:
        for principal in items(entry.get("Principal")):
            if str(principal).endswith((":root", "*")):
                yield NonCompliant("Policy", f"{principal} is everybody of an account")
        for part in items(entry.get("Rules")):
            for named in items(dig(part, "Resource")):
                if str(named) in _EVERYTHING:
                    yield NonCompliant("Policy", f"{named} is every collection of the account")
            if any(str(each) in ("aoss:*", "*") for each in items(dig(part, "Permission"))):
                yield NonCompliant("Policy", f"all actions on {shown(dig(part, 'Resource'))} are allowed")
