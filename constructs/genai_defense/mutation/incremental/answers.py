"""What rules answer about changed templates, with as few questions as possible."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.bounds import DEFAULT_BOUNDS, Bounds
from genai_defense.checks.judge import Key, results_of
from genai_defense.checks.pack import answer_of
from genai_defense.checks.template_graph import Template
from genai_defense.checks.variants import variants
from genai_defense.mutation.incremental.exchange import Exchange
from genai_defense.mutation.incremental.graph import RESOURCES, LiveGraph
from genai_defense.mutation.incremental.reads import existence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from genai_defense.checks.rule import Rule
    from genai_defense.checks.template_graph import Conditions
    from genai_defense.mutation.incremental.reads import Fact

Answers: TypeAlias = "dict[Key, Answer | None]"
"""None where there is no such resource."""


class IncrementalAnswers:
    """Answers about some templates, and about what they become by a change.

    Every answer is traced to what it was read from: entries of resources, lists of a type, referrers. After a
    change only answers that read something different are asked for again. A change of anything but
    resources, or of which conditions there are, is asked in full.

    Args:
        templates: The templates of one deployment.
        rules: Whom to ask.
        bounds: Numeric limits that rules compare with. Default: the documented ones.
    """

    def __init__(
        self, templates: Sequence[Template], rules: Sequence[Rule], bounds: Bounds = DEFAULT_BOUNDS
    ) -> None:
        self._templates = {one.name: one for one in templates}
        self._rules, self._bounds = tuple(rules), bounds
        self._conditions = list(variants(templates))
        self._ways = [_Way(templates, self._rules, holding, bounds) for holding in self._conditions]
        keys = dict.fromkeys(key for way in self._ways for key in way.answers)
        self.unchanged: Mapping[Key, Answer] = {
            key: worst(way.answers[key] for way in self._ways if key in way.answers) for key in keys
        }

    def differing(self, bodies: Mapping[str, Mapping[str, Any]]) -> Answers:
        """Answers that a change makes different.

        Args:
            bodies: The templates that change, by name, as they are then. What did not change in them is the
                same object as before.
        """
        asked = None if self._needs_all(bodies) else self._asked_again(bodies)
        if asked is None:
            asked = self.in_full(bodies)
        return {key: answer for key, answer in asked.items() if answer != self.unchanged.get(key)}

    def in_full(self, bodies: Mapping[str, Mapping[str, Any]]) -> Answers:
        """Every answer about the changed templates, and None for those that are no more."""
        results = results_of(self._changed(bodies), self._rules, self._bounds)
        return {**dict.fromkeys(self.unchanged), **{key: one.answer for key, one in results.items()}}

    def _changed(self, bodies: Mapping[str, Mapping[str, Any]]) -> list[Template]:
        return [
            Template(name, bodies.get(name, one.body), one.nested_in) for name, one in self._templates.items()
        ]

    def _needs_all(self, bodies: Mapping[str, Mapping[str, Any]]) -> bool:
        for name, body in bodies.items():
            before = self._templates[name].body
            if any(before.get(key) is not body.get(key) for key in {*before, *body} - {RESOURCES}):
                return True
        conditional = any(self._templates[name].section("Conditions") for name in bodies)
        return conditional and list(variants(self._changed(bodies))) != self._conditions

    def _asked_again(self, bodies: Mapping[str, Mapping[str, Any]]) -> Answers | None:
        by_way: list[Answers] = []
        for way in self._ways:
            answers = way.asked_again(bodies)
            if answers is None:
                return None
            by_way.append(answers)
        merged: Answers = {}
        for key in dict.fromkeys(key for answers in by_way for key in answers):
            given = [
                answer
                for way, answers in zip(self._ways, by_way, strict=True)
                if (answer := answers[key] if key in answers else way.answers.get(key)) is not None
            ]
            merged[key] = worst(given) if given else None
        return merged


class _Way:
    """One way to deploy the templates: what their conditions are is settled."""

    def __init__(
        self, templates: Sequence[Template], rules: Sequence[Rule], conditions: Conditions, bounds: Bounds
    ) -> None:
        self._graph = LiveGraph(templates, conditions, bounds)
        self._exchange = Exchange(self._graph)
        self._exports = self._graph.export_facts()
        self._rules = {rule.id: rule for rule in rules}
        self._by_type: dict[str, list[Rule]] = defaultdict(list)
        self._readers: dict[Fact, list[Key]] = defaultdict(list)
        self.answers: dict[Key, Answer] = {}
        for rule in rules:
            for kind in rule.resource_types:
                self._by_type[kind].append(rule)
            for resource in self._graph.of_type(*rule.resource_types):
                key = rule.id, resource.template.name, resource.logical_id
                with self._graph.reads.noted() as facts:
                    self.answers[key] = answer_of(rule, resource, self._graph)
                for fact in facts | {existence_of(*key[1:])}:
                    self._readers[fact].append(key)

    def asked_again(self, bodies: Mapping[str, Mapping[str, Any]]) -> Answers | None:
        """What was asked again; None where all must be."""
        with self._exchange.made(bodies) as different:
            if different.facts & self._exports:
                return None
            keys = self._reading(different.facts)
            for resource in different.added:
                name, logical_id = resource.template.name, resource.logical_id
                keys |= dict.fromkeys((rule.id, name, logical_id) for rule in self._by_type[resource.type])
            return {key: self._ask(key) for key in keys}

    def _reading(self, facts: Iterable[Fact]) -> dict[Key, None]:
        return dict.fromkeys(key for fact in facts for key in self._readers.get(fact, ()))

    def _ask(self, key: Key) -> Answer | None:
        rule_id, template, logical_id = key
        rule = self._rules[rule_id]
        resource = self._graph.resource(template, logical_id, rule.resource_types)
        return None if resource is None else answer_of(rule, resource, self._graph)
