"""The claims about ways from public entries to models."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from genai_defense.proofs.every_way import in_every_way
from genai_defense.proofs.proof import Proof, Verdict
from genai_defense.proofs.request_path.entries import Entries, entries_of
from genai_defense.proofs.request_path.step import MODEL, Control, Guard, Place, Step
from genai_defense.proofs.request_path.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.read.deployment import Deployment
    from genai_defense.checks.template_graph import Resource, TemplateGraph

_IDS = {
    Control.WEB_ACL: "request-path-passes-web-acl",
    Control.AUTHORIZER: "request-path-passes-authorizer",
    Control.SCHEMA: "request-path-passes-schema",
    Control.GUARDRAIL: "request-path-passes-guardrail",
}
# A request that lacks one of these lacks it at the operation that it calls, so each operation is named.
_AT_OPERATION = (Control.AUTHORIZER, Control.SCHEMA)
_MOST_SHOWN = 20


def prove(deployment: Deployment) -> Iterator[Proof]:
    """Prove for each control that no request comes to a model without it.

    Args:
        deployment: The templates.
    """
    yield from in_every_way(deployment, partial(_prove, deployment))


def _prove(deployment: Deployment, graph: TemplateGraph) -> Iterator[Proof]:
    ways = Ways(graph)
    entries = entries_of(graph)
    reaching = [
        entry
        for entry in entries.public
        if ways.shortest(Place(entry), _everywhere, certain=False) is not None
    ]
    case = _Case(deployment, ways, entries, reaching)
    for control in Control:
        yield case.proof(control)


class _Case:
    """One deployment, with what a request can reach in it."""

    def __init__(
        self, deployment: Deployment, ways: Ways, entries: Entries, reaching: list[Resource]
    ) -> None:
        self._deployment = deployment
        self._ways = ways
        self._entries = entries
        self._reaching = reaching

    def proof(self, control: Control) -> Proof:
        claim = f"Every way from a public entry to a model passes {_article(control)}."
        if not self._reaching:
            return Proof(
                id=_IDS[control], claim=claim, verdict=Verdict.NOT_APPLICABLE, witness=self._nothing()
            )
        verdict, counterexamples = self._verdict(control, without="")
        return Proof(
            id=_IDS[control],
            claim=claim,
            verdict=verdict,
            counterexamples=tuple(counterexamples),
            witness=self._witness(),
            without={layer: self._verdict(control, without=layer)[0] for layer in self._layers(control)},
        )

    def _verdict(self, control: Control, *, without: str) -> tuple[Verdict, list[str]]:
        for certain, verdict in ((True, Verdict.FAILS), (False, Verdict.UNKNOWN)):
            found = [
                self._sentence(path, control, certain=certain)
                for entry in self._reaching
                for path in self._paths(Place(entry), control, without, certain=certain)
            ]
            if found:
                return verdict, found
        return Verdict.HOLDS, []

    def _paths(
        self, start: Place, control: Control, without: str, *, certain: bool
    ) -> Iterator[tuple[Place, ...]]:
        """Ways that miss a control; after each, the place that lacks it is closed to find the next."""
        closed: set[Place] = set()

        def passes(place: Place, step: Step) -> bool:
            return place not in closed and not any(
                _stands(guard, control, without, in_doubt=certain) for guard in step.guards
            )

        for _ in range(_MOST_SHOWN):
            path = self._ways.shortest(start, passes, certain=certain)
            if path is None:
                return
            yield path
            if control is Control.WEB_ACL:
                return
            closed.add(_lacking(path, control))

    def _layers(self, control: Control) -> list[str]:
        """The layers of a control on the ways that are there."""
        found: dict[str, None] = {}
        seen, queue = set[Place](), [Place(entry) for entry in self._reaching]
        while queue:
            here = queue.pop()
            if here in seen:
                continue
            seen.add(here)
            step = self._ways.at(here)
            found.update(dict.fromkeys(guard.layer for guard in step.guards if guard.control is control))
            queue.extend(way.to for way in step.ways)
        return sorted(found)

    def _sentence(self, path: tuple[Place, ...], control: Control, *, certain: bool) -> str:
        shown = " -> ".join(self._name(place) for place in path)
        if certain:
            return f"{shown}: no {control} on the way"
        why = "; ".join(dict.fromkeys(self._ways.doubts(path, control))) or "nobody can say"
        return f"{shown}: perhaps no {control} on the way ({why})"

    def _name(self, place: Place) -> str:
        if place.resource is None:
            return "a model"
        own, _ = self._deployment.author(place.resource)
        if own != place.resource.logical_id:
            own = f"{own} [{place.resource.logical_id}]"
        return f"{own} ({place.part})" if place.part else own

    def _names(self, resources: list[Resource]) -> str:
        return ", ".join(self._name(Place(each)) for each in resources) or "none"

    def _witness(self) -> str:
        parts = list[str]()
        for entry in self._reaching:
            path = self._ways.shortest(Place(entry), _everywhere, certain=False)
            parts.append(" -> ".join(self._name(place) for place in path or ()))
        others = [entry for entry in self._entries.public if entry not in self._reaching]
        parts.extend(f"{self._name(Place(each))} reaches no model" for each in others)
        parts.extend(
            f"{self._name(Place(each))} is not public ({why})" for each, why in self._entries.private
        )
        return "; ".join(parts)

    def _nothing(self) -> str:
        if not self._entries.public:
            return "; ".join(
                ["no public entry", *(f"{self._name(Place(e))}: {why}" for e, why in self._entries.private)]
            )
        return f"no public entry reaches a model: {self._names(self._entries.public)}"


def _everywhere(_place: Place, _step: Step) -> bool:
    return True


def _stands(guard: Guard, control: Control, without: str, *, in_doubt: bool) -> bool:
    return guard.control is control and guard.layer != without and (in_doubt or not guard.doubt)


def _lacking(path: tuple[Place, ...], control: Control) -> Place:
    """The place at which a control is looked for first when it is missing."""
    before_model = path[-2]
    if control not in _AT_OPERATION:
        return before_model
    return next((place for place in path if _is_operation(place)), before_model)


def _is_operation(place: Place) -> bool:
    return place.resource is not None and (
        (bool(place.part) and place != MODEL)
        or place.resource.type.endswith(
            ("::Method", "::Route", "::Listener", "::ListenerRule", "::DataSource")
        )
    )


def _article(control: Control) -> str:
    return f"an {control}" if control is Control.AUTHORIZER else f"a {control}"
