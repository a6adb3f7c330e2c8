"""No connection to the chatbot with a protocol that is broken."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag, shown

_STRONG = {"TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"}
_PATH = "DistributionConfig.ViewerCertificate"


@rule(
    id="OwaspLlm-DistributionRequiresTls12",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The distribution takes connections with TLS 1.0 or 1.1, or with ciphers of TLS 1.2 that are no"
    " longer strong.",
    explanation="A connection with an old protocol or cipher can be read, tokens and conversations with it.",
    remedy="Give the distribution a name and a certificate of its own, and MinimumProtocolVersion"
    " TLSv1.2_2021 or later.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
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
def distribution_requires_tls_1_2(distribution: Resource, _graph: TemplateGraph) -> Answer:
    """CloudFront fixes TLSv1 on its own certificate, whatever the template says beside it."""
    certificate = distribution.get(_PATH)
    if isinstance(certificate, Opaque):
        return Unknown(_PATH, certificate.why)
    own = flag(distribution.get(f"{_PATH}.CloudFrontDefaultCertificate"), default=certificate is None)
    version = distribution.get(f"{_PATH}.MinimumProtocolVersion")
    for name, value in (("CloudFrontDefaultCertificate", own), ("MinimumProtocolVersion", version)):
        if isinstance(value, Opaque):
            return Unknown(f"{_PATH}.{name}", value.why)
    if own is True:
        return NonCompliant(_PATH, "the certificate is CloudFront's own, on which AWS fixes TLSv1")
    if version in _STRONG:
        return Compliant(f"MinimumProtocolVersion is {version}")
    return NonCompliant(f"{_PATH}.MinimumProtocolVersion", f"MinimumProtocolVersion is {shown(version)}")
