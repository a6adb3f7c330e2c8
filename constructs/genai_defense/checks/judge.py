"""Asks packs about a deployment, in every way in which it can be deployed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from genai_defense.checks.answer import STATUSES, Compliant, worst
from genai_defense.checks.bounds import DEFAULT_BOUNDS, Bounds
from genai_defense.checks.pack import Fault, Pack, Result
from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.rule import Rule
from genai_defense.checks.template_graph import Template, TemplateGraph
from genai_defense.checks.variants import variants


@dataclass(frozen=True, kw_only=True)
class Found:
    """A rule's finding at one place of a resource.

    Attributes:
        rule: The rule's id.
        level: `error` or `warning`.
        status: `non_compliant`, or `unknown` where the template does not say.
        resource: Logical id, as the author of the template wrote it.
        resource_type: Its type there.
        path: Dotted path in the resource; empty where the rule names none.
        message: What is wrong there, and what that allows.
        remedy: What to change.
        template: The template that declares it.
        construct_path: The CDK construct; empty for other templates.
        acknowledged: Why somebody accepts it, or None while it is open.
        known: Whether a baseline has it.
    """

    rule: str
    level: str
    status: str
    resource: str
    resource_type: str
    path: str
    message: str
    remedy: str
    template: str
    construct_path: str
    acknowledged: str | None = None
    known: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it counts: neither acknowledged nor in the baseline."""
        return self.acknowledged is None and not self.known


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A rule that a resource keeps, and by what."""

    rule: str
    resource: str
    resource_type: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the rules say about one deployment.

    Attributes:
        path: What was checked.
        findings: All of them, acknowledged ones too.
        evidence: What was found to be in order.
        counts: For each rule that was asked, how many resources got which answer.
        resources: Number of resources.
    """

    path: str
    findings: tuple[Found, ...]
    evidence: tuple[Evidence, ...]
    counts: dict[str, dict[str, int]]
    resources: int


Key: TypeAlias = tuple[str, str, str]
"""Rule, template and logical id: what one answer is about."""


def results_of(
    templates: Sequence[Template], rules: Sequence[Rule], bounds: Bounds = DEFAULT_BOUNDS
) -> dict[Key, Result]:
    """What rules answer about every resource of their types, at worst of all ways to deploy the templates.

    Args:
        templates: Templates that are deployed together.
        rules: Whom to ask, in this order.
        bounds: Numeric limits that rules compare with. Default: the documented ones.
    """
    asked = Pack(name="asked", rules=tuple(rules))
    results: dict[Key, Result] = {}
    for conditions in variants(templates):
        for result in asked.evaluate(TemplateGraph(templates, conditions, bounds)):
            key = result.rule.id, result.resource.template.name, result.resource.logical_id
            earlier = results.get(key)
            if earlier is None:
                results[key] = result
            elif (answer := worst([earlier.answer, result.answer])) != earlier.answer:
                results[key] = replace(result, answer=answer)
    return results


def judge(deployment: Deployment, packs: Iterable[Pack], bounds: Bounds = DEFAULT_BOUNDS) -> Judgement:
    """Ask every rule of the packs, once, about every resource of its types.

    Of the ways in which conditions allow to deploy it, the worst answer about a resource counts.

    Args:
        deployment: What to check.
        packs: Whose rules; a rule of several is asked once.
        bounds: Numeric limits that rules compare with. Default: the documented ones.
    """
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    results = results_of(deployment.templates, [rules[rule_id] for rule_id in sorted(rules)], bounds)
    counts = {rule_id: dict.fromkeys(STATUSES.values(), 0) for rule_id in sorted(rules)}
    for result in results.values():
        counts[result.rule.id][STATUSES[type(result.answer)]] += 1
    return Judgement(
        path=deployment.path,
        findings=tuple(found for result in results.values() for found in _found(result, deployment)),
        evidence=tuple(kept for result in results.values() if (kept := _evidence(result, deployment))),
        counts=counts,
        resources=sum(len(template.section("Resources")) for template in deployment.templates),
    )


def _found(result: Result, deployment: Deployment) -> Iterator[Found]:
    for fault in result.faults:
        yield _found_at(fault, result, deployment)


def _found_at(fault: Fault, result: Result, deployment: Deployment) -> Found:
    logical_id, kind = deployment.author(result.resource)
    generated = "" if logical_id == result.resource.logical_id else f" (in {result.resource!r})"
    return Found(
        rule=result.rule.id,
        level=result.rule.level.value,
        status=fault.status,
        resource=logical_id,
        resource_type=kind,
        path=fault.location,
        message=f"{fault.message}{generated}",
        remedy=result.rule.remedy,
        template=result.resource.template.name,
        construct_path=result.resource.construct_path,
        acknowledged=deployment.reason(result.rule.id, result.resource),
    )


def _evidence(result: Result, deployment: Deployment) -> Evidence | None:
    match result.answer:
        case Compliant(evidence):
            logical_id, kind = deployment.author(result.resource)
            return Evidence(rule=result.rule.id, resource=logical_id, resource_type=kind, message=evidence)
        case _:
            return None
