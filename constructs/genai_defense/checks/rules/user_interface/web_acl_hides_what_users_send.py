"""Where web ACLs hide what users send from their logs, all of them do."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Practice, as_siblings_do, given
from genai_defense.checks.template_graph import Resource, TemplateGraph

_HIDDEN = Practice(
    property="DataProtectionConfig",
    types=("AWS::WAFv2::WebACL",),
    held=given("DataProtectionConfig.DataProtections"),
    otherwise="what users send stands in logs and samples",
    least=2,
)


@rule(
    id="OwaspLlm-WebAclHidesWhatUsersSend",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The web ACL alone protects none of the fields of a request.",
    explanation="Parts of prompts, passwords and tokens stand in logs and samples, for everybody who reads"
    " those.",
    remedy="Set DataProtectionConfig as in the other web ACLs.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/data-protection-masking.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012", "AML.T0055"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::WAFv2::WebACL",),
)
def web_acl_hides_what_users_send(web_acl: Resource, graph: TemplateGraph) -> Answer:
    """Two others are enough: the protection is rare, and nobody sets it twice by chance."""
    return as_siblings_do(web_acl, graph, _HIDDEN)
