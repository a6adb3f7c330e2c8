"""Who writes locked data cannot take the lock off."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.buckets import locked_days
from genai_defense.checks.model_callers import policy_holders
from genai_defense.checks.policy import Statement, identity_statements, matches
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, dig, items, references

_WRITES = "s3:PutObject"
_UNLOCKS = ("s3:BypassGovernanceRetention", "s3:DeleteObjectVersion", "s3:PutBucketObjectLockConfiguration")
_SOMEWHERE = "arn:aws:s3:::some-bucket/some/key"


@rule(
    id="OwaspLlm-LockedDataIsUnlockedByNoWriter",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="A role that writes into a locked bucket may also unlock it or delete locked versions.",
    explanation="Whoever takes over the role replaces data sets or records and removes the versions that"
    " would show it.",
    remedy="Give s3:BypassGovernanceRetention, s3:DeleteObjectVersion and the lock's configuration to another"
    " role, or to nobody.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html#object-lock-retention-modes",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def locked_data_is_unlocked_by_no_writer(bucket: Resource, graph: TemplateGraph) -> Answer:
    """The roles of the templates are asked; a statement that cannot be read counts as unknown."""
    if locked_days(bucket) is None:
        return NotApplicable()
    return worst(
        [
            Compliant("no role that writes into it may unlock it"),
            *(answer for role in graph.of_type("AWS::IAM::Role") for answer in _judge(role, bucket, graph)),
        ]
    )


def _judge(role: Resource, bucket: Resource, graph: TemplateGraph) -> Iterator[Answer]:
    granted = [
        statement
        for holder in policy_holders(role, graph)
        for statement in identity_statements(holder)
        if isinstance(statement.body, Opaque) or _reaches(statement, bucket)
    ]
    if opaque := next((each.body for each in granted if isinstance(each.body, Opaque)), None):
        yield Unknown("", f"{role.logical_id} has a policy that is opaque: {opaque.why}")
        return
    if _may(granted, _WRITES):
        for action in _UNLOCKS:
            if _may(granted, action):
                yield NonCompliant("", f"{role.logical_id} writes into it, and may {action}")


def _may(granted: list[Statement], action: str) -> bool:
    denied = any(
        not each.may_allow and each.may_cover(action) and dig(each.body, "Condition") is None
        for each in granted
    )
    return not denied and any(each.may_allow and each.may_cover(action) for each in granted)


def _reaches(statement: Statement, bucket: Resource) -> bool:
    resources = items(dig(statement.body, "Resource"))
    if not resources:
        return True
    return any(
        any(found.resource is bucket for found in references(each))
        if isinstance(each, Opaque) and not isinstance(each, Unresolved)
        else matches(each, _SOMEWHERE)
        for each in resources
    )
