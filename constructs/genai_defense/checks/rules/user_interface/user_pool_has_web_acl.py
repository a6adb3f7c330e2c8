"""No sign-in without a web application firewall in front of it."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Value
from genai_defense.checks.web_acls import before


@rule(
    id="OwaspLlm-UserPoolHasWebAcl",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The user pool is reachable without passing a web ACL.",
    explanation="Passwords are guessed and sign-ins flooded at the speed of the attacker; whoever gets in"
    " spends the quota and reads the conversations of somebody else.",
    remedy="Associate a regional web ACL with the user pool (AWS::WAFv2::WebACLAssociation).",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012", "AML.T0029"),
        nist_csf=("PR.AA", "PR.IR"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Cognito::UserPool",),
)
def user_pool_has_web_acl(user_pool: Resource, graph: TemplateGraph) -> Answer:
    """An association in any stack of the graph may name the pool."""

    def names(arn: Value) -> bool:
        return isinstance(arn, Reference) and arn.resource is user_pool and arn.attribute == "Arn"

    return before(graph, property_="UserPoolName", names=names)
