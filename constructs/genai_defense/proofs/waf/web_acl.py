"""A web ACL together with what it refers to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from genai_defense.proofs.waf.errors import NotEvaluableError
from genai_defense.proofs.waf.request import Entry

_ALWAYS_8_KB = (Entry.APPLICATION_LOAD_BALANCER, Entry.APPSYNC)
_DEFAULT_KB = 16


@dataclass(frozen=True, kw_only=True)
class WebAcl:
    """A web ACL.

    Attributes:
        properties: The properties of an `AWS::WAFv2::WebACL`, with plain values only.
        entry: What it stands in front of.
        ip_sets: ARN, as the rules name it, to the networks of the set.
        regex_sets: ARN, as the rules name it, to the expressions of the set.
        label_prefix: What its rules put before their labels.
    """

    properties: Mapping[str, Any]
    entry: Entry
    ip_sets: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    regex_sets: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    label_prefix: str = "awswaf:111122223333:webacl:acl:"

    def rules(self) -> list[Mapping[str, Any]]:
        """The rules in the order in which WAF asks them."""
        rules: list[Mapping[str, Any]] = list(self.properties.get("Rules", []))
        return sorted(rules, key=lambda rule: int(rule["Priority"]))

    def body_bytes(self) -> int:
        """How much of a body WAF sees at this entry."""
        if self.entry in _ALWAYS_8_KB:
            return 8 * 1024
        bodies: Mapping[str, Any] = self.properties.get("AssociationConfig", {}).get("RequestBody", {})
        limit = str(bodies.get(self.entry, {}).get("DefaultSizeInspectionLimit", f"KB_{_DEFAULT_KB}"))
        unit, _, number = limit.partition("_")
        if unit != "KB" or not number.isdigit():
            raise NotEvaluableError(f"The inspection limit {limit!r} is none that WAF has.")
        return int(number) * 1024

    def ip_set(self, arn: object) -> Sequence[str]:
        """The networks of a set."""
        return _found(self.ip_sets, arn, "IP set")

    def regex_set(self, arn: object) -> Sequence[str]:
        """The expressions of a set."""
        return _found(self.regex_sets, arn, "regex pattern set")


def _found(sets: Mapping[str, Sequence[str]], arn: object, kind: str) -> Sequence[str]:
    if not isinstance(arn, str) or arn not in sets:
        raise NotEvaluableError(f"The {kind} {arn!r} is not at hand; at hand are {sorted(sets)}.")
    return sets[arn]
