"""What the model writes is never run as code in the page."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.content_security import policy_text, read_directives
from genai_defense.checks.distribution import HEADERS, headers_setting, page_headers
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, first_unresolved, shown

_OPEN = {"*", "http:", "https:", "data:", "blob:"}


@rule(
    id="OwaspLlm-DistributionForbidsInlineCode",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The page has no content security policy, or one that lets inline code run.",
    explanation="Markup that a model was made to write then runs as script in the user's session: it reads"
    " the conversation and the token and sends them away.",
    remedy="Attach a response headers policy whose ContentSecurityPolicy names script sources and has no"
    " unsafe- keyword.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02", "LLM05"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051.001", "AML.T0077"),
        nist_csf=("PR.PS", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::CloudFront::Distribution",),
)
def distribution_forbids_inline_code(distribution: Resource, _graph: TemplateGraph) -> Answer:
    """The default behavior serves the page; none of CloudFront's managed policies has such a header."""
    policy = page_headers(distribution)
    if isinstance(policy, Unresolved):
        return Unknown(HEADERS, policy.why)
    if not isinstance(policy, Resource):
        return NonCompliant(HEADERS, f"the response headers policy is {shown(policy)}")
    written = headers_setting(policy, "ContentSecurityPolicy.ContentSecurityPolicy")
    if unresolved := first_unresolved(written):
        return Unknown(HEADERS, f"the policy of {policy.logical_id} cannot be read: {unresolved.why}")
    fault = _fault(policy_text(written))
    if fault:
        return NonCompliant(HEADERS, f"the content security policy of {policy.logical_id} {fault}")
    return Compliant(f"{policy.logical_id} names the sources of scripts and forbids inline code")


def _fault(policy: str) -> str | None:
    directives = read_directives(policy)
    scripts = directives.get("script-src", directives.get("default-src"))
    if scripts is None:
        return "names no source of scripts"
    if "unsafe-" in policy:
        return "has an unsafe- keyword"
    if any(source in _OPEN for source in scripts):
        return "takes scripts from everywhere"
    return None
