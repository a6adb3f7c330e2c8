"""The role of a knowledge base reaches named buckets and named models."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_callers import policy_holders
from genai_defense.checks.policy import Statement, identity_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference

# What the role needs, each with a resource that nobody named.
_USES = {
    "bedrock:InvokeModel": "arn:aws:bedrock:us-east-1::foundation-model/some.other-model",
    "s3:GetObject": "arn:aws:s3:::some-other-bucket/some/key",
    "s3vectors:QueryVectors": "arn:aws:s3vectors:us-east-1:123456789012:bucket/some-other/index/some-other",
    "secretsmanager:GetSecretValue": "arn:aws:secretsmanager:us-east-1:123456789012:secret:some-other",
}


@rule(
    id="OwaspLlm-KnowledgeBaseRoleIsNarrow",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The knowledge base's role reaches buckets, models, vectors or secrets that nobody named.",
    explanation="A data source that somebody adds then reads any bucket of the account into the chatbot's"
    " answers, unscanned and past every tenant filter.",
    remedy="Name the bucket and prefix, the embedding model, the index and the secret in Resource.",
    source=Source("https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06", "LLM08"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Bedrock::KnowledgeBase",),
)
def knowledge_base_role_is_narrow(base: Resource, graph: TemplateGraph) -> Answer:
    """A role from elsewhere is not read."""
    role = base.get("RoleArn")
    if not isinstance(role, Reference):
        return NotApplicable()
    wide = worst(
        answer
        for holder in policy_holders(role.resource, graph)
        for statement in identity_statements(holder)
        for answer in _judge(holder, statement)
    )
    return Compliant("its role names what it reaches") if isinstance(wide, NotApplicable) else wide


def _judge(holder: Resource, statement: Statement) -> Iterator[Answer]:
    if not statement.may_allow:
        return
    if isinstance(statement.body, Opaque):
        yield Unknown(f"RoleArn: {holder.logical_id}.{statement.path}", statement.body.why)
        return
    for action, other in _USES.items():
        if statement.may_cover(action) and statement.may_reach(other):
            yield NonCompliant(
                f"RoleArn: {holder.logical_id}.{statement.path}", f"{action} reaches what nobody named"
            )
