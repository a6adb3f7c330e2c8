"""Asks the rules of a web ACL about requests, one after the other."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from genai_defense.proofs.waf.errors import NotEvaluableError
from genai_defense.proofs.waf.rates import RateCounter
from genai_defense.proofs.waf.request import Request
from genai_defense.proofs.waf.statements import Evaluation
from genai_defense.proofs.waf.verdict import Action, ManagedGroup, Verdict
from genai_defense.proofs.waf.web_acl import WebAcl

_BLOCKED = 403
_BLOCK: Mapping[str, Any] = {"Block": {}}
_COUNT: Mapping[str, Any] = {"Count": {}}
_MANAGED = "ManagedRuleGroupStatement"
Supposed = Mapping[str, Sequence[str]]


class WebAclEvaluator:
    """A web ACL that remembers the requests that it has seen, for its rates.

    It evaluates the web ACL's own statements exactly as far as AWS documents them. Managed groups are not
    evaluated but named, since nobody outside AWS can say what they do. What it does not know, it refuses with
    `NotEvaluableError` instead of passing it. AWS counts rates some seconds late; this counts at once.

    Args:
        acl: The web ACL.
        rates: What was counted before, to go on with it after the web ACL has changed. Default: nothing.

    Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements.html,
        https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html (read
        2026-11-24).
    """

    def __init__(self, acl: WebAcl, rates: RateCounter | None = None) -> None:
        self.acl = acl
        self._rates = rates or RateCounter()

    def evaluate(self, request: Request, *, supposed: Supposed | None = None) -> Verdict:
        """What the web ACL does with a request.

        Args:
            request: The request. Later ones count later.
            supposed: To ask what would be if AWS's rules matched: managed group to the rules in it, each of
                which blocks unless the web ACL overrides it. Default: none of them matches.

        Raises:
            NotEvaluableError: The web ACL holds something that the evaluator does not know.
        """
        journey = _Journey(Evaluation(self.acl, request, self._rates), supposed or {})
        for rule in self.acl.rules():
            if (verdict := journey.ask(rule)) is not None:
                return verdict
        return journey.end(self.acl.properties["DefaultAction"], rule=None)


class _Journey:
    """One request, and what its way through the rules has brought so far."""

    def __init__(self, evaluation: Evaluation, supposed: Supposed) -> None:
        self._evaluation = evaluation
        self._supposed = supposed
        self._counted: list[str] = []
        self._not_evaluated: list[ManagedGroup] = []

    def ask(self, rule: Mapping[str, Any]) -> Verdict | None:
        """The verdict when this rule ends the way."""
        name, statement = str(rule["Name"]), rule["Statement"]
        self._evaluation.rule = name
        if _MANAGED in statement:
            return self._ask_group(rule, statement[_MANAGED])
        if not self._evaluation.matches(statement):
            return None
        for label in rule.get("RuleLabels", []):
            self._evaluation.labels[self._evaluation.acl.label_prefix + label["Name"]] = None
        return self._act(rule["Action"], name)

    def end(self, action: Mapping[str, Any], *, rule: str | None) -> Verdict:
        """The verdict of a terminating action."""
        ((kind, options),) = action.items()
        custom: Mapping[str, Any] = options.get("CustomResponse", {})
        return Verdict(
            action=cast("Action", kind.upper()),
            rule=rule,
            labels=tuple(self._evaluation.labels),
            counted=tuple(self._counted),
            not_evaluated=tuple(self._not_evaluated),
            status=int(custom.get("ResponseCode", _BLOCKED)) if kind == "Block" else None,
        )

    def _act(self, action: Mapping[str, Any], name: str) -> Verdict | None:
        if len(action) != 1 or next(iter(action)) not in ("Allow", "Block", "Count", "Captcha", "Challenge"):
            raise NotEvaluableError(f"Rule {name}: the action {sorted(action)} is none that WAF has.")
        if "Count" not in action:
            return self.end(action, rule=name)
        self._counted.append(name)
        return None

    def _ask_group(self, rule: Mapping[str, Any], group: Mapping[str, Any]) -> Verdict | None:
        only = group.get("ScopeDownStatement")
        if only is not None and not self._evaluation.matches(only):
            return None
        overrides: dict[str, Mapping[str, Any]] = {
            each["Name"]: each["ActionToUse"] for each in group.get("RuleActionOverrides", [])
        }
        overrides |= {each["Name"]: _COUNT for each in group.get("ExcludedRules", [])}
        whole = "Count" in rule["OverrideAction"]
        counted = tuple(name for name, action in overrides.items() if "Count" in action)
        self._not_evaluated.append(
            ManagedGroup(name=f"{group['VendorName']}/{group['Name']}", counted=("*",) if whole else counted)
        )
        for inner in self._supposed.get(group["Name"], ()):
            action = _COUNT if whole else overrides.get(inner, _BLOCK)
            if (verdict := self._act(action, f"{rule['Name']}/{inner}")) is not None:
                return verdict
        return None
