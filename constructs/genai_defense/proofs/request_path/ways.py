"""Every way of a request, followed as far as somebody asks."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

from genai_defense.checks.values import Opaque, references
from genai_defense.proofs.mentions import mentions
from genai_defense.proofs.request_path.guards import guards_of
from genai_defense.proofs.request_path.links import BACKWARD, FORWARD, PLACES, ROLES
from genai_defense.proofs.request_path.operations import at_operation, ways_to_operations
from genai_defense.proofs.request_path.rights import call, ways_by_role, ways_of_role
from genai_defense.proofs.request_path.step import MODEL, Control, Guard, Place, Step, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from genai_defense.checks.template_graph import Resource, TemplateGraph

_APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")
# Whoever gets there has a model before him.
_ANSWERING = {
    "AWS::Bedrock::Agent",
    "AWS::Bedrock::Flow",
    "AWS::SageMaker::Endpoint",
}
# Without these the integration is known only at deployment.
_LEADING = {
    "AWS::ApiGateway::Method": "Integration.Uri",
    "AWS::ApiGatewayV2::Integration": "IntegrationUri",
    "AWS::ApiGatewayV2::Route": "Target",
    "AWS::Lambda::Url": "TargetFunctionArn",
}


class Ways:
    """The ways of requests through one deployment.

    Args:
        graph: The deployment.
    """

    def __init__(self, graph: TemplateGraph) -> None:
        self._graph = graph
        self._steps: dict[Place, Step] = {}
        self._enforced = next(graph.of_type("AWS::Bedrock::EnforcedGuardrailConfiguration"), None)

    def at(self, place: Place) -> Step:
        """What stands at a place, and where it leads."""
        if place not in self._steps:
            self._steps[place] = self._step(place)
        return self._steps[place]

    def shortest(
        self, start: Place, passes: Callable[[Place, Step], bool], *, certain: bool
    ) -> tuple[Place, ...] | None:
        """The shortest way from a place to a model.

        Args:
            start: Where the request comes in.
            passes: Whether a request may go through a place.
            certain: Whether only ways count that are there without doubt.
        """
        before: dict[Place, Place | None] = {start: None}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            if here == MODEL:
                return _back(here, before)
            step = self.at(here)
            if not passes(here, step):
                continue
            for way in step.ways:
                if way.to not in before and not (certain and way.doubt):
                    before[way.to] = here
                    queue.append(way.to)
        return None

    def doubts(self, path: Collection[Place], control: Control) -> Iterator[str]:
        """What is not certain on a path: that it leads on, or that a control stands on it."""
        for here, there in pairwise(path):
            step = self.at(here)
            yield from (way.doubt for way in step.ways if way.to == there and way.doubt)
            yield from (each.doubt for each in step.guards if each.control is control and each.doubt)

    def _step(self, place: Place) -> Step:
        resource = place.resource
        if resource is None:
            return Step()
        if resource.type == "AWS::IAM::Role":
            step = (
                call(place, self._graph)
                if place.part
                else Step((), tuple(ways_of_role(resource, self._graph)))
            )
            return self._with_account(step)
        if place.part:
            return at_operation(place, self._graph)
        step = Step(tuple(guards_of(resource, self._graph)), tuple(dict.fromkeys(self._ways(resource))))
        return self._with_account(step)

    def _with_account(self, step: Step) -> Step:
        """The account's own guardrail stands before every call to a model."""
        if self._enforced is None or not any(way.to == MODEL for way in step.ways):
            return step
        return Step(
            (*step.guards, Guard(Control.GUARDRAIL, "guardrail that the account enforces")), step.ways
        )

    def _ways(self, resource: Resource) -> Iterator[Way]:
        yield from self._linked(resource)
        if resource.type in _APIS:
            yield from ways_to_operations(resource)
        if path := ROLES.get(resource.type):
            yield from ways_by_role(resource.get(path), self._graph)
        if resource.type in _ANSWERING:
            yield Way(MODEL)
        if path := _LEADING.get(resource.type):
            leading = resource.get(path)
            if isinstance(leading, Opaque) and not any(mentions(resource, path, self._graph)):
                yield Way(MODEL, f"{path}: {leading.why}")

    def _linked(self, resource: Resource) -> Iterator[Way]:
        for path in FORWARD.get(resource.type, ()):
            for target in mentions(resource, path, self._graph):
                if target.type in PLACES and not _is_role_of_aws(resource, target):
                    yield Way(Place(target))
        for kind, path in BACKWARD.get(resource.type, ()):
            for taker in self._graph.of_type(kind):
                if any(found.resource is resource for found in references(taker.get(path))):
                    yield Way(Place(taker))


def _is_role_of_aws(source: Resource, target: Resource) -> bool:
    """A role is a place only where somebody is given its rights, not where a service uses it."""
    return target.type == "AWS::IAM::Role" and source.type != "AWS::Cognito::IdentityPoolRoleAttachment"


def _back(end: Place, before: dict[Place, Place | None]) -> tuple[Place, ...]:
    path, here = list[Place](), end
    while True:
        path.append(here)
        earlier = before[here]
        if earlier is None:
            return tuple(reversed(path))
        here = earlier
