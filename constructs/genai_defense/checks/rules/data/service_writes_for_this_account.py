"""A service of AWS writes to a store on behalf of this account only."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import literally
from genai_defense.checks.resource_policies import resource_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_BINDING = {
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:principalorgid",
    "s3:x-amz-acl",
}
_BY_NAME = ("logdelivery.elasticloadbalancing.amazonaws.com", "logdelivery.elb.amazonaws.com")


@rule(
    id="OwaspLlm-ServiceWritesForThisAccount",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The policy lets a service of AWS in on anybody's behalf.",
    explanation="A stranger points his own bucket, rule, trail or topic at the store, and fills it with what"
    " the chatbot then reads or what hides his traces.",
    remedy="Demand aws:SourceArn or aws:SourceAccount.",
    source=Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=(
        "AWS::S3::BucketPolicy",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::SecretsManager::ResourcePolicy",
        "AWS::Logs::ResourcePolicy",
    ),
)
def service_writes_for_this_account(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Log delivery that demands an ACL is the older form of the same; load balancers know no such key."""
    return worst(
        _judge(each) for each in resource_statements(resource) if each.may_allow and _is_for_service(each)
    )


def _is_for_service(statement: Statement) -> bool:
    if isinstance(statement.body, Opaque) or not isinstance(dig(statement.body, "Principal"), dict):
        return False
    named = [literally(each) for each in items(dig(statement.body, "Principal.Service"))]
    return any(name not in _BY_NAME for name in named)


def _judge(statement: Statement) -> Answer:
    if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
        return Unknown(f"{statement.path}.Condition", conditions.why)
    for operator, key, values in tested(statement):
        if key in _BINDING and not operator.endswith("ifexists") and "*" not in values:
            return Compliant(f"{statement.path} is bound by {key}")
    return NonCompliant(f"{statement.path}.Condition", "nothing says on whose behalf the service may come")
