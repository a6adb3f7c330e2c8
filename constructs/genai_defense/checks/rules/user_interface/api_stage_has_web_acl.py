"""No public entry without a web application firewall in front of it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Text, Unresolved, Value, dig


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
    resource_types=("AWS::ApiGateway::Stage",),
)
def api_stage_has_web_acl(stage: Resource, graph: TemplateGraph) -> Answer:
    """An association in any stack of the graph may name the stage."""
    api = stage.get("RestApiId")
    if isinstance(api, Reference) and dig(api.resource.get("EndpointConfiguration"), "Types") == ["PRIVATE"]:
        return NotApplicable()
    answer: Answer = NonCompliant("StageName", "no web ACL is associated with this stage")
    for association in graph.of_type("AWS::WAFv2::WebACLAssociation"):
        target = association.get("ResourceArn")
        if _names(target, stage):
            return Compliant(f"{association.logical_id} puts a web ACL in front of the stage")
        if isinstance(target, Unresolved):
            answer = Unknown("StageName", f"{association.logical_id} may name this stage, but {target.why}")
    return answer


def _names(arn: Value, stage: Resource) -> bool:
    if not isinstance(arn, Text):
        return False
    by_name = (stage.get("RestApiId"), f"/stages/{stage.get('StageName')}")
    return Reference(stage, "Ref") in arn.parts or arn.parts[-2:] == by_name
