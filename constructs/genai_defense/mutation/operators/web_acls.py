"""WAF: rules, actions, rates, managed groups, what they look at, logs."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import Path
from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped, times
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places, removal
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_array, is_object

_ACL = ("AWS::WAFv2::WebACL", "AWS::WAFv2::RuleGroup")
_RULES = "Rules.*"
_ALLOW: dict[str, Any] = {"Allow": {}}
_COUNT: dict[str, Any] = {"Count": {}}
_TELLING = {
    "AWSManagedRulesAdminProtectionRuleSet": "AdminProtection_URIPATH",
    "AWSManagedRulesAmazonIpReputationList": "AWSManagedIPReputationList",
    "AWSManagedRulesAnonymousIpList": "AnonymousIPList",
    "AWSManagedRulesBotControlRuleSet": "CategoryScrapingFramework",
    "AWSManagedRulesCommonRuleSet": "CrossSiteScripting_BODY",
    "AWSManagedRulesKnownBadInputsRuleSet": "Log4JRCE_BODY",
    "AWSManagedRulesSQLiRuleSet": "SQLi_BODY",
}
"""A managed group, and a rule of it that stops attacks."""

RULE = dropped("waf-rule-out", CONVENTIONAL, _ACL, _RULES, "The rule {} is gone.")
COUNT = changed(
    "waf-rule-counts",
    CONVENTIONAL,
    _ACL,
    f"{_RULES}.Action",
    lambda raw: _COUNT if is_object(raw) and not {"Allow", "Count"} & raw.keys() else None,
    "The rule {} only counts.",
)
GROUP_COUNTS = changed(
    "waf-group-counts",
    CONVENTIONAL,
    _ACL,
    f"{_RULES}.OverrideAction",
    {"Count": {}},
    "The group {} only counts.",
)
RATE = changed(
    "waf-rate-up",
    CONVENTIONAL,
    _ACL,
    f"{_RULES}.Statement.RateBasedStatement.Limit",
    times(1000, most=2_000_000_000),
    "{} takes a thousand times more.",
)
SCOPE_DOWN = changed(
    "waf-rate-of-one-path",
    CONVENTIONAL,
    _ACL,
    f"{_RULES}.Statement.RateBasedStatement",
    lambda raw: {**raw, "ScopeDownStatement": _only("/never")} if is_object(raw) else None,
    "{} counts one path only.",
)
GROUP_SCOPED = changed(
    "waf-group-of-one-path",
    CONVENTIONAL,
    _ACL,
    f"{_RULES}.Statement.ManagedRuleGroupStatement",
    lambda raw: {**raw, "ScopeDownStatement": _only("/never")} if is_object(raw) else None,
    "{} looks at one path only.",
)
DEFAULT = changed(
    "waf-lets-in-by-default",
    CONVENTIONAL,
    _ACL[0],
    "DefaultAction",
    lambda raw: _ALLOW if is_object(raw) and "Block" in raw else None,
    "What no rule knows comes in.",
)
SIZE = changed(
    "waf-size-up",
    CONVENTIONAL,
    _ACL,
    f"{_RULES}.Statement.SizeConstraintStatement.Size",
    times(1000, most=20_000_000_000),
    "{} takes bodies a thousand times as large.",
)
METRICS = changed(
    "waf-metrics-off",
    CONVENTIONAL,
    _ACL,
    f"{_RULES}.VisibilityConfig.CloudWatchMetricsEnabled",
    value=False,
    sentence="No alarm can see {}.",
)
REDACTED = dropped(
    "waf-log-field-in-the-clear",
    CONVENTIONAL,
    "AWS::WAFv2::LoggingConfiguration",
    "RedactedFields.*",
    "A field stands in the log in the clear ({}).",
)
DATA_PROTECTION = dropped(
    "waf-data-in-the-clear",
    CONVENTIONAL,
    _ACL[0],
    "DataProtectionConfig",
    "What users send stands in the clear in logs and samples.",
)
SAMPLES = changed(
    "waf-samples-on",
    CONVENTIONAL,
    _ACL,
    f"{_RULES}.VisibilityConfig.SampledRequestsEnabled",
    value=True,
    sentence="Requests that {} saw can be read in the console.",
)


def _only(path: str) -> dict[str, Any]:
    return {
        "ByteMatchStatement": {
            "FieldToMatch": {"UriPath": {}},
            "PositionalConstraint": "EXACTLY",
            "SearchString": path,
            "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
        }
    }


def _objects(node: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if is_object(node):
        yield path, node
        for key, inner in node.items():
            yield from _objects(inner, (*path, key))
    elif is_array(node):
        for index, inner in enumerate(node):
            yield from _objects(inner, (*path, index))


@operator(id="waf-rule-of-group-counts", mutant_class=CONVENTIONAL, resource_types=_ACL)
def excluded(site: Site) -> Iterator[Weakening]:
    """A telling rule of each managed group."""
    for place in places(site.properties, f"{_RULES}.Statement.ManagedRuleGroupStatement"):
        group = place.value if is_object(place.value) else {}
        rule = _TELLING.get(str(group.get("Name")))
        present = entries(group.get("RuleActionOverrides"))
        if rule is not None and rule not in [entry.get("Name") for entry in present if is_object(entry)]:
            counting: dict[str, Any] = {"Name": rule, "ActionToUse": {"Count": {}}}
            added = [*present, counting]
            yield site.weakening(
                f"{rule} only counts.", site.edit((*place.path, "RuleActionOverrides"), added)
            )


@operator(id="waf-large-requests-pass", mutant_class=CONVENTIONAL, resource_types=_ACL)
def oversize(site: Site) -> Iterator[Weakening]:
    """Each statement about what may be too large to look at."""
    for path, node in _objects(site.get("Rules"), ("Rules",)):
        if node.get("OversizeHandling") == "MATCH":
            for weaker in ("CONTINUE", "NO_MATCH"):
                yield site.weakening(
                    f"What is too large to look at is {weaker} in rule {path[1]}.",
                    site.edit((*path, "OversizeHandling"), weaker),
                )


@operator(id="waf-alternative-out", mutant_class=CONVENTIONAL, resource_types=_ACL)
def alternative(site: Site) -> Iterator[Weakening]:
    """Each alternative of each rule that has several."""
    for path, node in _objects(site.get("Rules"), ("Rules",)):
        either = node.get("OrStatement")
        listed = either.get("Statements") if is_object(either) else None
        if is_array(listed) and len(listed) > 2:  # noqa: PLR2004 - fewer are no alternatives
            for index in range(len(listed)):
                yield site.weakening(
                    f"Alternative {index + 1} of rule {path[1]} is gone.",
                    removal(site, (*path, "OrStatement", "Statements", index)),
                )


@operator(id="waf-lets-in-first", mutant_class=CONVENTIONAL, resource_types=_ACL[:1])
def let_in(site: Site) -> Iterator[Weakening]:
    """A rule before all others lets in whoever asks for it."""
    rules = site.get("Rules")
    if not is_array(rules) or not all(is_object(rule) for rule in rules):
        return
    statement = {
        "ByteMatchStatement": {
            "FieldToMatch": {"SingleHeader": {"Name": "x-debug"}},
            "PositionalConstraint": "EXACTLY",
            "SearchString": "1",
            "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
        }
    }
    seen = {"CloudWatchMetricsEnabled": True, "MetricName": "Debug", "SampledRequestsEnabled": False}
    first: dict[str, Any] = {
        "Name": "Debug",
        "Priority": 0,
        "Action": {"Allow": {}},
        "Statement": statement,
        "VisibilityConfig": seen,
    }
    later = [
        {**rule, "Priority": rule["Priority"] + 1} if isinstance(rule.get("Priority"), int) else rule
        for rule in rules
    ]
    yield site.weakening("A header lets everything in.", site.edit(("Rules",), [first, *later]))


@operator(
    id="waf-log-drops-blocks", mutant_class=CONVENTIONAL, resource_types=("AWS::WAFv2::LoggingConfiguration",)
)
def log_filter(site: Site) -> Iterator[Weakening]:
    """The log leaves out what was blocked."""
    condition = {"ActionCondition": {"Action": "BLOCK"}}
    dropping = {"Behavior": "DROP", "Conditions": [condition], "Requirement": "MEETS_ANY"}
    weaker = {"DefaultBehavior": "KEEP", "Filters": [dropping]}
    if site.get("LoggingFilter") != weaker:
        yield site.weakening("What was blocked is not logged.", site.edit(("LoggingFilter",), weaker))
