"""WAF's statements: whether a request matches one."""

import base64
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from genai_defense.proofs.waf.addresses import Origin, forwarded, within
from genai_defense.proofs.waf.errors import NotEvaluableError
from genai_defense.proofs.waf.fields import seen
from genai_defense.proofs.waf.labels import carries
from genai_defense.proofs.waf.rates import RateCounter, aggregation_key
from genai_defense.proofs.waf.request import Request
from genai_defense.proofs.waf.transformations import transformed
from genai_defense.proofs.waf.web_acl import WebAcl

_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "EQ": operator.eq,
    "NE": operator.ne,
    "LE": operator.le,
    "LT": operator.lt,
    "GE": operator.ge,
    "GT": operator.gt,
}
_COUNTRY_LABEL = "awswaf:clientip:geo:country:"


@dataclass
class Evaluation:
    """One request on its way through one web ACL.

    Attributes:
        acl: The web ACL.
        request: The request.
        rates: Counts of the requests before it.
        rule: The rule that is being asked.
        labels: What the request carries so far, in order.
    """

    acl: WebAcl
    request: Request
    rates: RateCounter
    rule: str = ""
    labels: dict[str, None] = field(default_factory=dict[str, None])

    def matches(self, statement: Mapping[str, Any]) -> bool:
        """Whether the request matches a statement.

        Raises:
            NotEvaluableError: The statement is not known: it never counts as passed.
        """
        if len(statement) != 1:
            raise NotEvaluableError(
                f"Rule {self.rule}: a statement must be one, this has {sorted(statement)}."
            )
        ((kind, inner),) = statement.items()
        check = _STATEMENTS.get(kind)
        if check is None:
            raise NotEvaluableError(
                f"Rule {self.rule}: {kind} is not known; known are {', '.join(_STATEMENTS)}."
            )
        return check(self, inner)

    def any_text(self, statement: Mapping[str, Any], test: Callable[[bytes], bool]) -> bool:
        """Whether a part of the request, transformed, passes a test."""
        part = seen(statement["FieldToMatch"], self.request, self.acl.body_bytes())
        if part.decided is not None:
            return part.decided
        changes = statement["TextTransformations"]
        return any(test(transformed(text, changes)) for text in part.texts)


def _byte_match(evaluation: Evaluation, statement: Mapping[str, Any]) -> bool:
    wanted = _search_string(evaluation.rule, statement)
    position = statement["PositionalConstraint"]
    tests: Mapping[str, Callable[[bytes], bool]] = {
        "EXACTLY": lambda text: text == wanted,
        "STARTS_WITH": lambda text: text.startswith(wanted),
        "ENDS_WITH": lambda text: text.endswith(wanted),
        "CONTAINS": lambda text: wanted in text,
        "CONTAINS_WORD": lambda text: bool(
            re.search(rb"(?<![A-Za-z0-9_])" + re.escape(wanted) + rb"(?![A-Za-z0-9_])", text)
        ),
    }
    if position not in tests:
        raise NotEvaluableError(f"PositionalConstraint {position!r} is none that WAF has.")
    return evaluation.any_text(statement, tests[position])


def _search_string(rule: str, statement: Mapping[str, Any]) -> bytes:
    plain, encoded = statement.get("SearchString"), statement.get("SearchStringBase64")
    if isinstance(plain, str) and encoded is None and "{{resolve:" not in plain:
        return plain.encode()
    if isinstance(encoded, str) and plain is None:
        return base64.b64decode(encoded, validate=True)
    raise NotEvaluableError(
        f"Rule {rule}: the search string {plain if encoded is None else encoded!r} is known only at "
        "deployment. Give its value.",
    )


def _regex(evaluation: Evaluation, statement: Mapping[str, Any], expressions: list[str]) -> bool:
    try:
        compiled = [re.compile(expression.encode()) for expression in expressions]
    except re.error as error:
        raise NotEvaluableError(f"Python does not read one of {expressions}: {error}.") from error
    return evaluation.any_text(statement, lambda text: any(each.search(text) for each in compiled))


def _size(evaluation: Evaluation, statement: Mapping[str, Any]) -> bool:
    compare = _COMPARISONS.get(statement["ComparisonOperator"])
    if compare is None:
        raise NotEvaluableError(f"ComparisonOperator {statement['ComparisonOperator']!r} is none of WAF's.")
    size = int(statement["Size"])
    return evaluation.any_text(statement, lambda text: compare(len(text), size))


def _geo(evaluation: Evaluation, statement: Mapping[str, Any]) -> bool:
    if "ForwardedIPConfig" in statement:
        raise NotEvaluableError("The country of a forwarded address is not known.")
    country = evaluation.request.country
    if country is None:
        return False
    evaluation.labels[_COUNTRY_LABEL + country] = None
    return country in statement["CountryCodes"]


def _ip_set(evaluation: Evaluation, statement: Mapping[str, Any]) -> bool:
    networks = evaluation.acl.ip_set(statement["Arn"])
    config = statement.get("IPSetForwardedIPConfig")
    origin = (
        Origin((evaluation.request.client_address,))
        if config is None
        else forwarded(config, evaluation.request, config["Position"])
    )
    if origin.decided is not None:
        return origin.decided
    return any(within(address, networks) for address in origin.addresses)


def _rate(evaluation: Evaluation, statement: Mapping[str, Any]) -> bool:
    only = statement.get("ScopeDownStatement")
    if only is not None and not evaluation.matches(only):
        return False
    key = aggregation_key(statement, evaluation.request, evaluation.labels)
    if isinstance(key, bool):
        return key
    return evaluation.rates.exceeds(evaluation.rule, statement, key, evaluation.request.time)


_STATEMENTS: Mapping[str, Callable[[Evaluation, Any], bool]] = {
    "AndStatement": lambda evaluation, inner: all(evaluation.matches(each) for each in inner["Statements"]),
    "OrStatement": lambda evaluation, inner: any(evaluation.matches(each) for each in inner["Statements"]),
    "NotStatement": lambda evaluation, inner: not evaluation.matches(inner["Statement"]),
    "ByteMatchStatement": _byte_match,
    "GeoMatchStatement": _geo,
    "IPSetReferenceStatement": _ip_set,
    "LabelMatchStatement": lambda evaluation, inner: carries(evaluation.labels, inner),
    "RateBasedStatement": _rate,
    "RegexMatchStatement": lambda evaluation, inner: _regex(evaluation, inner, [inner["RegexString"]]),
    "RegexPatternSetReferenceStatement": lambda evaluation, inner: _regex(
        evaluation, inner, list(evaluation.acl.regex_set(inner["Arn"]))
    ),
    "SizeConstraintStatement": _size,
}
