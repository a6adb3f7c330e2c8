"""A search index that is told who asks answers by it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_POLICY = "UserContextPolicy"
_TOKENS = "UserTokenConfigurations"


@rule(
    id="OwaspLlm-SearchKnowsItsUsers",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The index is half set up to know who asks.",
    explanation="Documents that only some may read are found, and quoted by the model, for everybody.",
    remedy="Set UserContextPolicy to USER_TOKEN and UserTokenConfigurations to the issuer of the tokens, both"
    " or neither.",
    source=Source(
        "https://docs.aws.amazon.com/kendra/latest/dg/create-index-access-control.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Kendra::Index",),
)
def search_knows_its_users(index: Resource, _graph: TemplateGraph) -> Answer:
    """Who uses neither filters by attributes in its own code, and is not asked."""
    policy, tokens = index.get(_POLICY), index.get(_TOKENS)
    for path, value in ((_POLICY, policy), (_TOKENS, tokens)):
        if isinstance(value, Opaque):
            return Unknown(path, value.why)
    if policy != "USER_TOKEN" and not tokens:
        return NotApplicable()
    if policy != "USER_TOKEN":
        return NonCompliant(_POLICY, f"it is {shown(policy)}: the tokens are ignored")
    if not tokens:
        return NonCompliant(_TOKENS, "no issuer of tokens is named")
    return Compliant("answers depend on the token of who asks")
