"""Labels, which rules put on a request and later rules look for."""

from collections.abc import Iterable, Mapping
from typing import Any

from genai_defense.proofs.waf.errors import NotEvaluableError


def carries(labels: Iterable[str], statement: Mapping[str, Any]) -> bool:
    """Whether one of the labels is what a `LabelMatchStatement` looks for.

    A label's name may be given with as many of the namespaces before it as it takes to tell it apart; a
    namespace with any neighbouring parts of it.

    Raises:
        NotEvaluableError: The scope is none that WAF has.
    """
    scope, key = statement["Scope"], str(statement["Key"])
    if scope == "LABEL":
        return any(label == key or label.endswith(f":{key}") for label in labels)
    if scope == "NAMESPACE":
        wanted = f":{key.strip(':')}:"
        return any(wanted in f":{label.rpartition(':')[0]}:" for label in labels)
    raise NotEvaluableError(f"The label scope {scope!r} is none that WAF has.")
