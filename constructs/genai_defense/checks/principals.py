"""Whom a policy that stands on a resource lets in."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.policy import Statement
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, flag, items

_DEMANDING = {
    "arnequals",
    "arnlike",
    "ipaddress",
    "stringequals",
    "stringequalsignorecase",
    "stringlike",
}
# Each of these says on whose behalf, from which account or from which network a call comes.
_NARROWING = {
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpcsourceip",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
}
# Whoever comes through a mount target stands in the VPC.
_MOUNTED = "elasticfilesystem:accessedviamounttarget"


def names_principals(statement: Statement) -> Answer:
    """Whether a statement denies, or names whom it allows, or narrows everybody by a condition."""
    if isinstance(statement.body, Opaque):
        return Unknown(statement.path, statement.body.why)
    effect, principal = dig(statement.body, "Effect"), dig(statement.body, "Principal")
    named = items(dig(principal, "AWS")) if isinstance(principal, dict) else items(principal)
    for value in (effect, *named):
        if isinstance(value, Unresolved):
            return Unknown(f"{statement.path}.Principal", value.why)
    if effect == "Deny" or ("*" not in named and principal is not None):
        return Compliant(f"{statement.path} names its principals, or denies")
    return _narrowed(statement)


def is_for_aws_services(statement: Statement) -> bool:
    """Whether a statement demands that the caller is a service of AWS, whatever its principal is."""
    return any(
        operator == "bool" and key == "aws:principalisawsservice" and flag(values[0], default=False) is True
        for operator, key, values in tested(statement)
        if values
    )


def tested(statement: Statement) -> Iterator[tuple[str, str, list[Value]]]:
    """Operator, key (both in lower case) and values of each test of a statement's conditions."""
    conditions = dig(statement.body, "Condition")
    for operator, tests in conditions.items() if isinstance(conditions, dict) else ():
        for key, values in tests.items() if isinstance(tests, dict) else ():
            yield operator.lower(), key.lower(), items(values)


def _narrowed(statement: Statement) -> Answer:
    conditions = dig(statement.body, "Condition")
    if isinstance(conditions, Opaque):
        return Unknown(f"{statement.path}.Condition", conditions.why)
    for operator, key, values in tested(statement):
        if operator in _DEMANDING and key in _NARROWING and not {"*", "0.0.0.0/0", "::/0"} & _texts(values):
            return Compliant(f"{statement.path} narrows its principals by {key}")
        if operator == "bool" and key == _MOUNTED and flag(values[0] if values else None, default=False):
            return Compliant(f"{statement.path} is for mounts in the VPC")
    return NonCompliant(f"{statement.path}.Principal", "everybody, and no condition on account or role")


def _texts(values: list[Value]) -> set[str]:
    return {value for value in values if isinstance(value, str)}
