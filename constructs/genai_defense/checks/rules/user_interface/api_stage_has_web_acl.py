"""No public entry without a web application firewall in front of it."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.api_stages import makes_no_stage
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Text, Value, dig
from genai_defense.checks.web_acls import before


@rule(
    id="OwaspLlm-ApiStageHasWebAcl",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The API stage is reachable without passing a web ACL.",
    explanation="Floods, oversized bodies and known exploits reach the API directly; every request that gets"
    " through costs tokens.",
    remedy="Associate a regional web ACL with the stage (AWS::WAFv2::WebACLAssociation).",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html",
        "2026-11-23",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034", "AML.T0049"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment"),
)
def api_stage_has_web_acl(stage: Resource, graph: TemplateGraph) -> Answer:
    """An association in any stack of the graph may name the stage."""
    api = stage.get("RestApiId")
    if makes_no_stage(stage, graph):
        return NotApplicable()
    if isinstance(api, Reference) and dig(api.resource.get("EndpointConfiguration"), "Types") == ["PRIVATE"]:
        return NotApplicable()
    return before(graph, property_="StageName", names=lambda arn: _names(arn, stage))


def _names(arn: Value, stage: Resource) -> bool:
    if not isinstance(arn, Text):
        return False
    if Reference(stage, "Ref") in arn.parts:
        return True
    name = stage.get("StageName")
    tail = [f"/stages/{name}"] if isinstance(name, str) else ["/stages/", name]
    by_name = [stage.get("RestApiId"), *tail]
    return list(arn.parts[-len(by_name) :]) == by_name
