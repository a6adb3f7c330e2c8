"""The files of the page are read through the distribution, or not at all."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved, Value, dig, items

_WEBSITE = "s3-website"


@rule(
    id="OwaspLlm-DistributionOriginUsesAccessControl",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The distribution reads a bucket without origin access control.",
    explanation="Then the bucket is open to more than the distribution: its files are read, or in the"
    " worst case replaced, past web ACL and headers, and a changed page takes every token that is typed"
    " into it.",
    remedy="Give the S3 origin an OriginAccessControlId, and take no website endpoint as origin.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM03"),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0049",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::CloudFront::Distribution",),
)
def distribution_origin_uses_access_control(distribution: Resource, _graph: TemplateGraph) -> Answer:
    """A website endpoint takes public readers; an access identity cannot read under a key of one's own."""
    origins = distribution.get("DistributionConfig.Origins")
    if isinstance(origins, Opaque):
        return Unknown("DistributionConfig.Origins", origins.why)
    answer: Answer = NotApplicable()
    for index, origin in enumerate(items(origins)):
        judged = _judge(origin, f"DistributionConfig.Origins.{index}")
        if isinstance(judged, NonCompliant | Unknown):
            return judged
        if isinstance(judged, Compliant):
            answer = judged
    return answer


def _judge(origin: Value, path: str) -> Answer:
    domain = dig(origin, "DomainName")
    website = isinstance(domain, Reference) and domain.attribute == "WebsiteURL"
    if website or _WEBSITE in wildcards(domain):
        return NonCompliant(f"{path}.DomainName", "the origin is a website endpoint, which everybody reads")
    if dig(origin, "S3OriginConfig") is None:
        # Website endpoints speak HTTP only.
        secure = dig(origin, "CustomOriginConfig.OriginProtocolPolicy") == "https-only"
        if isinstance(domain, Opaque) and not secure and wildcards(domain) == "*":
            return Unknown(f"{path}.DomainName", domain.why)
        return NotApplicable()
    control = dig(origin, "OriginAccessControlId")
    if isinstance(control, Unresolved):
        return Unknown(f"{path}.OriginAccessControlId", control.why)
    if not control:
        return NonCompliant(f"{path}.OriginAccessControlId", "the S3 origin has no origin access control")
    return Compliant("every S3 origin is read through origin access control")
