"""Finds the rules, selects them as packs, and asks them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from genai_defense.checks import rules
from genai_defense.checks.answer import STATUSES, Answer, NonCompliant, Unknown
from genai_defense.checks.rule import Rule
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What a rule finds wrong with a resource.

    Attributes:
        status: `non_compliant`, or `unknown` where the template does not say.
        location: Dotted path in the resource, from `Properties`; empty where the rule names none.
        message: What is wrong there, and what that allows.
    """

    status: str
    location: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """A rule's answer about one resource."""

    rule: Rule
    resource: Resource
    answer: Answer

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong, as every report says it, place by place; none where nothing is."""
        match self.answer:
            case NonCompliant():
                return tuple(self._fault(place.property, place.message) for place in self.answer.places())
            case Unknown(path, why):
                return (self._fault(path, why),)
            case _:
                return ()

    def _fault(self, path: str, what: str) -> Fault:
        return Fault(
            status=STATUSES[type(self.answer)],
            location=f"Properties.{path}" if path else "",
            message=f"{self.rule.info} {path}: {what}" if path else f"{self.rule.info} {what}",
        )


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A named selection of rules.

    Attributes:
        name: The namespace of its findings and acknowledgements.
        rules: Its rules, by id.
    """

    name: str
    rules: tuple[Rule, ...]

    def evaluate(self, graph: TemplateGraph) -> Iterator[Result]:
        """Ask every rule about every resource of its types."""
        for rule in self.rules:
            for resource in graph.of_type(*rule.resource_types):
                yield Result(rule=rule, resource=resource, answer=answer_of(rule, resource, graph))

    def results(self, graph: TemplateGraph) -> tuple[Result, ...]:
        """The same, remembered with the graph: whoever asks again pays nothing.

        Args:
            graph: The deployment.
        """
        return graph.remember(self.name, lambda: tuple(self.evaluate(graph)))


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule below `genai_defense.checks.rules`, by id.

    Raises:
        ValueError: A module holds none or several, an id is there twice, or the folder is another boundary's.
    """
    found: dict[str, Rule] = {}
    for module in walk_packages(rules.__path__, prefix=f"{rules.__name__}."):
        if module.ispkg:
            continue
        here = [value for value in vars(import_module(module.name)).values() if isinstance(value, Rule)]
        folder = module.name.split(".")[-2]
        if len(here) != 1 or here[0].id in found or here[0].boundary != folder:
            raise ValueError(
                f"{module.name} holds {[(rule.id, rule.boundary.value) for rule in here]}. A module holds"
                " exactly one rule, with an id of its own, in the folder of its boundary."
            )
        found[here[0].id] = here[0]
    return tuple(found[rule_id] for rule_id in sorted(found))


def answer_of(rule: Rule, resource: Resource, graph: TemplateGraph) -> Answer:
    """What a rule answers about a resource; unknown where the rule breaks down."""
    try:
        return rule.check(resource, graph)
    except Exception as error:  # noqa: BLE001 - a rule that breaks down must be a finding, whatever broke it
        return Unknown("", f"the rule broke down: {error!r}")


def _asks_about_deployments(rule: Rule) -> bool:
    return rule.resource_types == (DEPLOYMENT,)


OWASP_LLM = Pack(
    name="OwaspLlm", rules=tuple(rule for rule in all_rules() if not _asks_about_deployments(rule))
)
"""Every rule about a resource of generative-AI infrastructure."""

OWASP_LLM_BASELINE = Pack(
    name="OwaspLlm-Baseline", rules=tuple(rule for rule in all_rules() if _asks_about_deployments(rule))
)
"""What must be there at all in an account: rules about the deployment as a whole."""
