"""What is prepared for the log of model invocations is used by it."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.model_callers import policy_holders
from genai_defense.checks.policy import Statement, identity_statements, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, dig, items, references

_SERVICE = "bedrock.amazonaws.com"
_CUSTOM = ("Custom::", "AWS::CloudFormation::CustomResource")


@rule(
    id="OwaspLlm-InvocationLogUsesItsPlaces",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="Bedrock may write its invocation log here, and nothing tells it to.",
    explanation="Somebody prepared the log of model invocations and no setting turns it on, or it leaves out"
    " what is too large for one place: after an incident the prompts are missing.",
    remedy="Name the log group and the bucket in the custom resource that sets invocation logging"
    " (genai_defense.model.InvocationLog), or accept the finding where the account's owner set it.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "RS.AN"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::S3::BucketPolicy", "AWS::IAM::Role"),
)
def invocation_log_uses_its_places(resource: Resource, graph: TemplateGraph) -> Answer:
    """A bucket is told by its policy; a role, by writing log events for Bedrock and nothing else."""
    path, places = (
        _of_bucket(resource) if resource.type == "AWS::S3::BucketPolicy" else _of_role(resource, graph)
    )
    return worst(
        Compliant(f"a setting names {place.logical_id}")
        if any(user.type.startswith(_CUSTOM) for user in graph.referrers(place))
        else NonCompliant(path, f"no custom resource names {place.logical_id}")
        for place in dict.fromkeys(places)
    )


def _of_bucket(policy: Resource) -> tuple[str, list[Resource]]:
    bucket = policy.get("Bucket")
    if not isinstance(bucket, Reference):
        return "", []
    for statement in statements(policy.get("PolicyDocument"), "PolicyDocument"):
        service = items(dig(statement.body, "Principal.Service")) if isinstance(statement.body, dict) else []
        if service == [_SERVICE] and _allows(statement, "s3:PutObject"):
            return statement.path, [bucket.resource]
    return "", []


def _of_role(role: Resource, graph: TemplateGraph) -> tuple[str, list[Resource]]:
    if f"'{_SERVICE}'" not in str(role.get("AssumeRolePolicyDocument")):
        return "", []
    allowed = [
        statement
        for holder in policy_holders(role, graph)
        for statement in identity_statements(holder)
        if dig(statement.body, "Effect") == "Allow"
    ]
    if any("bedrock:" in str(dig(statement.body, "Action")) for statement in allowed):
        return "", []
    return "AssumeRolePolicyDocument", list(_log_groups(allowed))


def _log_groups(allowed: list[Statement]) -> Iterator[Resource]:
    for statement in allowed:
        if _allows(statement, "logs:PutLogEvents"):
            for found in references(dig(statement.body, "Resource")):
                if found.resource.type == "AWS::Logs::LogGroup":
                    yield found.resource


def _allows(statement: Statement, action: str) -> bool:
    return dig(statement.body, "Effect") == "Allow" and statement.may_cover(action)
