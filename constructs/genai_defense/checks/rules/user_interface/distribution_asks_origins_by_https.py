"""Between the edge and the application nobody reads along."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved, Value, dig, items, shown


@rule(
    id="OwaspLlm-DistributionAsksOriginsByHttps",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The distribution asks an origin over plain HTTP, or with a protocol that is broken.",
    explanation="Questions, answers and tokens cross the internet between edge and origin for"
    " everybody on the way to read.",
    remedy="Set OriginProtocolPolicy to https-only, with TLSv1.2 as the only entry of OriginSSLProtocols.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
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
def distribution_asks_origins_by_https(distribution: Resource, _graph: TemplateGraph) -> Answer:
    """A VPC origin stays inside AWS; a website endpoint of S3 is another rule's."""
    answer: Answer = NotApplicable()
    origins = distribution.get("DistributionConfig.Origins")
    if isinstance(origins, Unresolved):
        return Unknown("DistributionConfig.Origins", origins.why)
    for index, origin in enumerate(items(origins)):
        config = None if isinstance(origin, Opaque) else dig(origin, "CustomOriginConfig")
        if config is None or _is_website(dig(origin, "DomainName")):
            continue
        judged = _judge(config, f"DistributionConfig.Origins.{index}.CustomOriginConfig")
        if not isinstance(judged, Compliant):
            return judged
        answer = judged
    return answer


def _judge(config: Value, path: str) -> Answer:
    policy, protocols = dig(config, "OriginProtocolPolicy"), dig(config, "OriginSSLProtocols")
    for name, value in (("OriginProtocolPolicy", policy), ("OriginSSLProtocols", protocols)):
        if isinstance(value, Opaque):
            return Unknown(f"{path}.{name}", value.why)
    if policy != "https-only":
        return NonCompliant(f"{path}.OriginProtocolPolicy", f"OriginProtocolPolicy is {shown(policy)}")
    if broken := [name for name in items(protocols) if name in {"SSLv3", "TLSv1", "TLSv1.1"}]:
        return NonCompliant(f"{path}.OriginSSLProtocols", f"{shown(broken[0])} may be spoken")
    return Compliant("origins are asked by HTTPS only")


def _is_website(domain: Value) -> bool:
    website = isinstance(domain, Reference) and domain.attribute == "WebsiteURL"
    return website or "s3-website" in wildcards(domain)
