"""A browser that once knew the chatbot never speaks HTTP to it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.distribution import HEADERS, headers_setting, page_headers
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, shown, whole

# Managed policies with security headers; all of them say one year.
_MANAGED = {
    "67f7725c-6f97-4210-82d7-5512b31e9d03",
    "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
    "e61eb60c-9c35-4d20-a928-2b84e02af89c",
}


@rule(
    id="OwaspLlm-DistributionPinsHttps",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The page does not tell browsers to come back by HTTPS only.",
    explanation="The first request of a visit can be caught on HTTP and led to a copy of the page, which"
    " takes the sign-in.",
    remedy="Attach a response headers policy with StrictTransportSecurity of at least one year.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0024",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::CloudFront::Distribution",),
)
def distribution_pins_https(distribution: Resource, graph: TemplateGraph) -> Answer:
    """The default behavior serves the page."""
    policy = page_headers(distribution)
    if isinstance(policy, Unresolved):
        return Unknown(HEADERS, policy.why)
    if isinstance(policy, str) and policy in _MANAGED:
        return Compliant("a managed policy of CloudFront says one year")
    if not isinstance(policy, Resource):
        return NonCompliant(HEADERS, f"the response headers policy is {shown(policy)}")
    age = whole(headers_setting(policy, "StrictTransportSecurity.AccessControlMaxAgeSec"), default=0)
    if isinstance(age, Opaque):
        return Unknown(HEADERS, f"the age in {policy.logical_id} cannot be read: {age.why}")
    least = graph.bounds.https_pin_seconds
    if age < least:
        return NonCompliant(
            HEADERS, f"{policy.logical_id} holds browsers to HTTPS for {age} s; at least {least} are needed"
        )
    return Compliant(f"{policy.logical_id} holds browsers to HTTPS for {age} s")
