"""No distribution without a web application firewall in front of it."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, shown

_PROPERTY = "DistributionConfig.WebACLId"
_ARN = re.compile(r"arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global/webacl/.+")


@rule(
    id="OwaspLlm-DistributionHasWebAcl",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The distribution is reachable without passing a web ACL.",
    explanation="The distribution is the chatbot's front door: floods, bots and known exploits pass it"
    " and cost tokens behind it; what knows the clients' addresses stands only here.",
    remedy="Set WebACLId to the ARN of a web ACL of the scope CLOUDFRONT (us-east-1).",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034", "AML.T0049"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::CloudFront::Distribution",),
)
def distribution_has_web_acl(distribution: Resource, _graph: TemplateGraph) -> Answer:
    """The ARN of a web ACL of WAFv2; an id of WAF Classic protects nothing any more."""
    web_acl = distribution.get(_PROPERTY)
    if isinstance(web_acl, Reference) and web_acl.resource.type == "AWS::WAFv2::WebACL":
        scope = web_acl.resource.get("Scope")
        if scope == "CLOUDFRONT" and web_acl.attribute == "Arn":
            return Compliant(f"{web_acl.resource.logical_id} stands in front of the distribution")
        return NonCompliant(_PROPERTY, f"it is {web_acl.attribute} of a web ACL of the scope {shown(scope)}")
    if isinstance(web_acl, Opaque):
        return Unknown(_PROPERTY, web_acl.why)
    if isinstance(web_acl, str) and _ARN.fullmatch(web_acl):
        return Compliant("a web ACL of the scope CLOUDFRONT stands in front of the distribution")
    return NonCompliant(_PROPERTY, f"it is {shown(web_acl)}, which names no web ACL of the scope CLOUDFRONT")
