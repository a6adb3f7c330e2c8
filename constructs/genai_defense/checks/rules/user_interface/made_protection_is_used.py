"""A protection that somebody made protects something."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant
from genai_defense.checks.outputs import is_handed_out
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_MADE = (
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::RequestValidator",
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::CloudFront::Function",
    "AWS::CloudFront::KeyGroup",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::Lambda::CodeSigningConfig",
    "AWS::WAFv2::WebACL",
)
# What watches it, or lets it call a function, does not put it in front of anything.
_BESIDE = (
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::Lambda::Permission",
    "AWS::WAFv2::LoggingConfiguration",
)


@rule(
    id="OwaspLlm-MadeProtectionIsUsed",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The template makes something that protects an entry, and nothing uses it.",
    explanation="Signed addresses, an authorizer, headers or a web ACL look as if they stood: they were made,"
    " and taken off, or never put on.",
    remedy="Attach it to what it was made for, or delete it.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/SecurityAndPrivateContent.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=_MADE,
)
def made_protection_is_used(made: Resource, graph: TemplateGraph) -> Answer:
    """What an output names is for somebody else to use."""
    users = [each for each in graph.referrers(made) if each.type not in _BESIDE]
    if users:
        return Compliant(f"{users[0].logical_id} uses it")
    if is_handed_out(made, graph):
        return Compliant("an output hands it to somebody else")
    return NonCompliant("", "nothing uses it")
