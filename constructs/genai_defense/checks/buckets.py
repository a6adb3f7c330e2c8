"""What a bucket is for, who its policy shuts out, and how long it locks."""

import re
from collections.abc import Iterator

from genai_defense.checks.denials import everybody
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, references, whole

BUCKET = "AWS::S3::Bucket"
LOCK = "ObjectLockConfiguration.Rule.DefaultRetention"
TRAINING_DATA = ("dataset", "trainingdata", "evaluationdata", "finetuning")
_NEGATED = {"arnnotequals", "arnnotlike", "stringnotequals", "stringnotlike"}
_SOMEWHERE = "arn:aws:s3:::some-bucket/some/key"
_DAYS_A_YEAR = 365


def is_called(bucket: Resource, graph: TemplateGraph, *words: str) -> bool:
    """Whether a bucket's name or logical id has one of these words, and it is no bucket of access logs.

    Args:
        bucket: An `AWS::S3::Bucket`.
        graph: Its templates.
        words: In lower case, without separators.
    """
    literal = bucket.get("BucketName")
    names = (bucket.logical_id, literal if isinstance(literal, str) else "")
    plain = (re.sub(r"[^a-z]", "", name.lower()) for name in names)
    return any(word in name for name in plain for word in words) and not any(
        reference.resource is bucket
        for other in graph.referrers(bucket)
        if other.type == BUCKET
        for reference in references(other.get("LoggingConfiguration"))
    )


def bucket_statements(bucket: Resource, graph: TemplateGraph) -> Iterator[Statement]:
    """The statements of the policies of a bucket."""
    for policy in graph.referrers(bucket):
        if policy.type == "AWS::S3::BucketPolicy" and any(
            reference.resource is bucket for reference in references(policy.get("Bucket"))
        ):
            yield from statements(policy.get("PolicyDocument"), "PolicyDocument")


def denies_all_but_named(bucket: Resource, graph: TemplateGraph, action: str) -> bool | Opaque:
    """Whether a bucket's policy denies an action on all objects to everybody but named principals.

    Args:
        bucket: An `AWS::S3::Bucket`.
        graph: Its templates.
        action: Such as `s3:PutObject`.

    Returns:
        Opaque when no statement does, and one cannot be read.
    """
    found = list(bucket_statements(bucket, graph))
    if any(_shuts_out(statement, action) for statement in found):
        return True
    return next((each.body for each in found if isinstance(each.body, Opaque)), False)


def locked_days(bucket: Resource) -> int | Opaque | None:
    """How many days a new version is locked by default; None when it is not."""
    retention = bucket.get(LOCK)
    if retention is None or isinstance(retention, Opaque):
        return retention
    days, years = (whole(dig(retention, unit), default=0) for unit in ("Days", "Years"))
    if isinstance(days, Opaque) or isinstance(years, Opaque):
        return days if isinstance(days, Opaque) else years
    return days + years * _DAYS_A_YEAR or None


def _shuts_out(statement: Statement, action: str) -> bool:
    """A Deny for everybody that only an exemption of principals narrows, on every object."""
    if statement.may_allow or not statement.may_cover(action) or not statement.may_reach(_SOMEWHERE):
        return False
    conditions = dig(statement.body, "Condition")
    if isinstance(conditions, Opaque):
        return False
    exempting = all(
        operator.lower() in _NEGATED and isinstance(tests, dict) and all(map(_is_principal, tests))
        for operator, tests in (conditions.items() if isinstance(conditions, dict) else ())
    )
    return exempting and everybody(statement)


def _is_principal(key: str) -> bool:
    return key.lower() == "aws:principalarn" or key.lower().startswith("aws:principaltag/")
