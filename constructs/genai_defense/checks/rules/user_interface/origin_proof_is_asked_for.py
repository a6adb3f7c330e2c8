"""The secret by which a distribution proves itself is asked for."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items
from genai_defense.checks.web_acls import before_origin, stopping_statements


@rule(
    id="OwaspLlm-OriginProofIsAskedFor",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The distribution sends a secret header to an API, and the web ACL before the API does not"
    " ask for it.",
    explanation="Whoever knows the default address of the API goes round the distribution, its web ACL and"
    " its log.",
    remedy="Block in the web ACL of the API what does not have the header, by a NotStatement around a"
    " ByteMatchStatement.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html",
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
    resource_types=("AWS::CloudFront::Distribution",),
)
def origin_proof_is_asked_for(distribution: Resource, graph: TemplateGraph) -> Answer:
    """An API without a web ACL in the templates may ask by an authorizer of its own."""
    answer: Answer = NotApplicable()
    for index, origin in enumerate(items(distribution.get("DistributionConfig.Origins"))):
        secrets = [dig(each, "HeaderName") for each in _secret_headers(origin)]
        names = {name.lower() for name in secrets if isinstance(name, str)}
        for web_acl in before_origin(origin, graph) if names else ():
            if names.isdisjoint(_asked_for(web_acl)):
                where = f"DistributionConfig.Origins.{index}.OriginCustomHeaders"
                return NonCompliant(where, f"{web_acl.logical_id} does not ask for {min(names)}")
            answer = Compliant("the web ACL of the API asks for the header")
    return answer


def _secret_headers(origin: Value) -> list[Value]:
    """What only a deployment knows is a secret, or made from one."""
    headers = items(None if isinstance(origin, Opaque) else dig(origin, "OriginCustomHeaders"))
    return [
        each for each in headers if isinstance(each, dict) and isinstance(each.get("HeaderValue"), Opaque)
    ]


def _asked_for(web_acl: Resource) -> set[str]:
    """The headers without which a rule stops a request, in lower case."""
    found: set[str] = set()
    for _, statement in stopping_statements(web_acl):
        absent = dig(statement, "NotStatement.Statement") if isinstance(statement, dict) else None
        match = dig(absent, "ByteMatchStatement") if isinstance(absent, dict) else None
        name = dig(match, "FieldToMatch.SingleHeader.Name") if isinstance(match, dict) else None
        if isinstance(name, str):
            found.add(name.lower())
    return found
