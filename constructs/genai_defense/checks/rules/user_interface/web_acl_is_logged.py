"""Where web ACLs are logged, all of them are."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, references

_LOGGING = "AWS::WAFv2::LoggingConfiguration"
_DESTINATIONS = {
    "AWS::KinesisFirehose::DeliveryStream": "DeliveryStreamName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
}
_PREFIX = "aws-waf-logs-"


def _is_logged(web_acl: Resource, graph: TemplateGraph) -> Held:
    named = [each.get("ResourceArn") for each in graph.of_type(_LOGGING)]
    if any(found.resource is web_acl for found in references(named)):
        return True
    return next((each for each in named if isinstance(each, Unresolved)), False)


_LOGGED = Practice(
    property="LoggingConfiguration",
    types=("AWS::WAFv2::WebACL",),
    held=_is_logged,
    otherwise="no logging configuration names it",
    least=1,
)


@rule(
    id="OwaspLlm-WebAclIsLogged",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="Nothing logs what the web ACL lets through and stops, though others are logged or a log for it is"
    " there.",
    explanation="Nobody can say who tried which prompts at which address, nor why somebody was refused; who"
    " answers to attacks by that log is blind.",
    remedy="Add an AWS::WAFv2::LoggingConfiguration whose ResourceArn is the web ACL.",
    source=Source("https://docs.aws.amazon.com/waf/latest/developerguide/logging.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("DE.CM", "PR.AA"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=_LOGGED.types,
)
def web_acl_is_logged(web_acl: Resource, graph: TemplateGraph) -> Answer:
    """A destination whose name begins as WAF demands it (aws-waf-logs-) is there for nothing else."""
    answers = [as_siblings_do(web_acl, graph, _LOGGED)]
    if _is_logged(web_acl, graph) is True:
        answers.append(Compliant("a logging configuration names it"))
    elif idle := _idle_destination(graph):
        answers.append(NonCompliant("LoggingConfiguration", f"nothing writes to {idle.logical_id}"))
    return worst(answers)


def _idle_destination(graph: TemplateGraph) -> Resource | None:
    used = {found.resource for each in graph.of_type(_LOGGING) for found in references(each.properties)}
    return next(
        (
            each
            for kind, name in _DESTINATIONS.items()
            for each in graph.of_type(kind)
            if each not in used and literally(each.get(name) or "").startswith(_PREFIX)
        ),
        None,
    )
