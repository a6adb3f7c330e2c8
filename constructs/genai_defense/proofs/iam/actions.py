"""Which actions stand for all others: patterns of actions tell no two actions apart that these do not."""

import re
from collections.abc import Iterable, Iterator

from genai_defense.checks.policy import Statement
from genai_defense.checks.values import dig, items
from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.named import every_clause

_OTHER = "…"
_INSIDE = re.compile(r"([^:*?]+:)\*([^*?]+)\*")


class Actions:
    """The actions that the policies of a deployment name, and one that stands for the rest of each pattern.

    Args:
        account: The policies.
    """

    def __init__(self, account: Account) -> None:
        self._patterns: dict[str, str] = {}
        for clause in (*every_clause(account), *account.resource_clauses):
            self._take(clause.statement)

    def _take(self, statement: Statement) -> None:
        for pattern in patterns(statement):
            self._patterns.setdefault(pattern.lower(), pattern)

    def standing_for(self, changed: Iterable[Clause] | None) -> tuple[str, ...] | None:
        """The actions that stand for all that the statements are about.

        Args:
            changed: The statements; None for all that there is.

        Returns:
            None where a pattern has a wildcard elsewhere than at its end, so that they do not stand for all.
        """
        listed = list(changed or ())
        theirs = {p.lower(): p for clause in listed for p in patterns(clause.statement)}
        excluding = changed is None or any(
            dig(clause.statement.body, "NotAction") is not None for clause in listed
        )
        wide = ["*"] if excluding else [p for p in theirs if _is_wild(p)]
        known = self._patterns | theirs
        odd = {p.partition(":")[0]: p for p in known if _is_odd(p)}
        asked = known if wide else theirs
        for p in (p for p in known if _is_odd(p) and any(_may_meet(p, each) for each in wide)):
            if _INSIDE.fullmatch(p) is None or odd[p.partition(":")[0]] != p:
                return None
        found = {_stands_for(p) for p in asked.values() if not _is_odd(p)}
        return tuple(sorted({*found, *_rest(wide), *_inside(odd.values(), known.values() if wide else ())}))


def patterns(statement: Statement) -> Iterator[str]:
    """What a statement names as `Action` or `NotAction`."""
    for field in ("Action", "NotAction"):
        for each in items(dig(statement.body, field)):
            if isinstance(each, str):
                yield each


def _rest(wide: list[str]) -> set[str]:
    return {f"{_OTHER}:{_OTHER}"} if "*" in wide else set()


def _inside(odd: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Actions that match a service's one pattern with a text between wildcards, and each other pattern."""
    starts = {p[:-1] for p in known if p.endswith("*") and not _is_odd(p)}
    for pattern in odd:
        if found := _INSIDE.fullmatch(pattern):
            service, inner = found.groups()
            for start in (service, *starts):
                longer = start if start.lower().startswith(service.lower()) else service
                if longer.lower().startswith(start.lower()):
                    yield f"{longer}{_OTHER}{inner}{_OTHER}"


def _stands_for(pattern: str) -> str:
    """An action that matches a pattern, and no longer one."""
    if pattern == "*":
        return f"{_OTHER}:{_OTHER}"
    return pattern[:-1] + _OTHER if pattern.endswith("*") else pattern


def _is_wild(pattern: str) -> bool:
    return "*" in pattern or "?" in pattern


def _is_odd(pattern: str) -> bool:
    return _is_wild(pattern.removesuffix("*"))


def _may_meet(one: str, other: str) -> bool:
    services = one.partition(":")[0], other.partition(":")[0]
    return services[0] == services[1] or any(map(_is_wild, services))
