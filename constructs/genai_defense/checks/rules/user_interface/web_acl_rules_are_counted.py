"""What a web ACL does can be seen, and what it saw is kept out of sight where all else is."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag
from genai_defense.checks.web_acls import rules_of

_LEAST = 3
_TYPES = ("AWS::WAFv2::WebACL", "AWS::WAFv2::RuleGroup")
_METRICS, _SAMPLES = "VisibilityConfig.CloudWatchMetricsEnabled", "VisibilityConfig.SampledRequestsEnabled"


@rule(
    id="OwaspLlm-WebAclRulesAreCounted",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A rule of the web ACL is not counted, or alone keeps samples of requests.",
    explanation="An attack that the rule stops, or no longer stops, moves no metric, so no alarm sees it;"
    " samples show users' tokens to whoever reads the console.",
    remedy="Set CloudWatchMetricsEnabled to true, and SampledRequestsEnabled as in the other rules.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=_TYPES,
)
def web_acl_rules_are_counted(web_acl: Resource, graph: TemplateGraph) -> Answer:
    """Samples are a finding only where all other rules of the deployment are without."""
    others = [entry for each in graph.of_type(*_TYPES) for _, entry in _parts(each)]
    sampled = [flag(dig(entry, _SAMPLES), default=True) for entry in others]
    unsampled = sampled.count(False) >= _LEAST and len(sampled) - sampled.count(False) == 1
    return worst(_seen(path, entry, unsampled=unsampled) for path, entry in _parts(web_acl))


def _parts(web_acl: Resource) -> Iterator[tuple[str, Value]]:
    yield "", web_acl.properties
    yield from rules_of(web_acl)


def _seen(path: str, entry: Value, *, unsampled: bool) -> Answer:
    prefix = f"{path}." if path else ""
    counted, sampled = flag(dig(entry, _METRICS), default=True), flag(dig(entry, _SAMPLES), default=False)
    if isinstance(counted, Opaque):
        return Unknown(f"{prefix}{_METRICS}", counted.why)
    if not counted:
        return NonCompliant(f"{prefix}{_METRICS}", "CloudWatchMetricsEnabled is false: no alarm can see it")
    if sampled is True and unsampled:
        return NonCompliant(f"{prefix}{_SAMPLES}", "it alone keeps samples of what users send")
    return Compliant("it is counted")
