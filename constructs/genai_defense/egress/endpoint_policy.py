"""What the policy of a VPC endpoint must look like before it may be attached."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from aws_cdk import aws_iam as iam

_IDENTITY_KEYS = frozenset({"aws:principalarn", "aws:principalaccount"})
_POSITIVE_OPERATORS = frozenset({"stringequals", "stringlike", "arnequals", "arnlike"})


def check_statements(path: str, statements: Sequence[iam.PolicyStatement]) -> None:
    """Refuse an interface endpoint's policy that lets anybody, or any action, through.

    Args:
        path: The endpoint, for the error's text.
        statements: The whole policy.

    Raises:
        ValueError: No statement, a wildcard action, or an Allow for everybody without a condition.
    """
    for allowed in _allows(path, statements):
        if _is_everybody(allowed.get("Principal")) and not allowed.get("Condition"):
            raise ValueError(
                f"{path}: the endpoint policy allows everybody to {_shown(allowed)}. Name the principals, "
                "or add a condition on aws:PrincipalArn or aws:PrincipalAccount."
            )


def check_gateway_statements(path: str, statements: Sequence[iam.PolicyStatement]) -> None:
    """Refuse a gateway endpoint's policy that AWS would reject, or that lets anybody through.

    Args:
        path: The endpoint, for the error's text.
        statements: The whole policy.

    Raises:
        ValueError: No statement, a wildcard action, another principal than `*`, or an Allow without a
        condition that
            names accounts or principals.
    """
    for allowed in _allows(path, statements):
        if not _is_everybody(allowed.get("Principal")):
            raise ValueError(
                f"{path}: a gateway endpoint takes only the principal *, but the policy names "
                f"{allowed.get('Principal')} for {_shown(allowed)}. Use iam.AnyPrincipal() with a "
                "condition on aws:PrincipalArn."
            )
        if not _names_principals(allowed.get("Condition", {})):
            raise ValueError(
                f"{path}: the endpoint policy allows everybody to {_shown(allowed)}. Add a condition on "
                "aws:PrincipalArn or aws:PrincipalAccount with StringEquals, StringLike, ArnEquals or "
                "ArnLike."
            )


def _allows(path: str, statements: Sequence[iam.PolicyStatement]) -> Iterator[Mapping[str, Any]]:
    if not statements:
        raise ValueError(
            f"{path}: no policy statement given, and AWS's default policy lets everything through. Give "
            "at least one iam.PolicyStatement with the actions and resources that are needed."
        )
    for statement in statements:
        document: Mapping[str, Any] = statement.to_json()
        if document["Effect"] != "Allow":
            continue
        if "Action" not in document or any("*" in action for action in _listed(document["Action"])):
            raise ValueError(
                f"{path}: the endpoint policy allows {_shown(document)}. Name each action; a wildcard "
                "also admits what AWS adds later."
            )
        yield document


def _is_everybody(principal: object) -> bool:
    return principal in ("*", {"AWS": "*"}, {"AWS": ["*"]})


def _names_principals(condition: Mapping[str, Mapping[str, object]]) -> bool:
    return any(
        operator.lower() in _POSITIVE_OPERATORS and key.lower() in _IDENTITY_KEYS and _names_somebody(value)
        for operator, keys in condition.items()
        for key, value in keys.items()
    )


def _names_somebody(value: object) -> bool:
    values = _listed(cast("str | Iterable[str]", value))
    return bool(values) and all(each.strip("*") for each in values)


def _shown(document: Mapping[str, Any]) -> str:
    return ", ".join(_listed(document.get("Action", "all actions but NotAction")))


def _listed(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
