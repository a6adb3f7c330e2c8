"""What no directive of the content security policy names comes from named hosts as well."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.content_security import directives_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import first_unresolved

_CSP = "ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy"
_OPEN = {"*", "http:", "https:", "data:", "blob:"}


@rule(
    id="OwaspLlm-PageLoadsFromNamedHosts",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The content security policy has no default-src, or one that takes everything.",
    explanation="An image, a frame or a connection that a model writes into its answer carries the"
    " conversation to any host.",
    remedy="Begin the policy with default-src 'none' or 'self', and open what the page needs by its own"
    " directive.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM05"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0077",),
        nist_csf=("PR.PS", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::CloudFront::ResponseHeadersPolicy",),
)
def page_loads_from_named_hosts(policy: Resource, _graph: TemplateGraph) -> Answer:
    """A policy that is about frames only, say, is left alone: another rule asks for sources of scripts."""
    header = policy.get(_CSP)
    if unresolved := first_unresolved(header):
        return Unknown(_CSP, unresolved.why)
    directives = directives_of(header)
    sources = directives.get("default-src")
    if sources is None:
        if not any(name.endswith("-src") for name in directives):
            return NotApplicable()
        return NonCompliant(_CSP, "there is no default-src: what no directive names comes from everywhere")
    if found := sorted(_OPEN.intersection(sources)):
        return NonCompliant(_CSP, f"default-src takes {found[0]}")
    return Compliant("default-src names its hosts")
