"""A finding that archives itself is seen by nobody."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items


@rule(
    id="OwaspLlm-AnalyzerHidesNoPublicAccess",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The access analyzer archives findings about public access by itself.",
    explanation="A bucket of documents, a key or a function that everybody can reach is found, and the"
    " finding is put away unread.",
    remedy="Remove the archive rule, or give it a filter that names the one resource that is meant"
    " to be public.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-archive-rules.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0024",),
        nist_csf=("PR.AA", "DE.AE"),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::AccessAnalyzer::Analyzer",),
)
def analyzer_hides_no_public_access(analyzer: Resource, _graph: TemplateGraph) -> Answer:
    """A rule that names resources is somebody's decision about these."""
    rules = items(analyzer.get("ArchiveRules"))
    for index, archive_rule in enumerate(rules):
        path = f"ArchiveRules.{index}"
        filters = [archive_rule] if isinstance(archive_rule, Opaque) else items(dig(archive_rule, "Filter"))
        for entry in filters:
            if isinstance(entry, Opaque):
                return Unknown(path, entry.why)
        if not any(_names_resources(entry) for entry in filters) and any(map(_about_public, filters)):
            return NonCompliant(path, "findings about public access are archived, whatever the resource")
    return Compliant("no rule puts away what everybody can reach")


def _names_resources(entry: Value) -> bool:
    return dig(entry, "Property") == "resource"


def _about_public(entry: Value) -> bool:
    wanted = [str(value).lower() for value in items(dig(entry, "Eq"))]
    return dig(entry, "Property") == "isPublic" and "true" in wanted
