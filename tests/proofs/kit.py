"""The kit's own templates, to be bent, and what a prover says about them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.template_graph import Template
from genai_defense.proofs.proof import Proof

Body: TypeAlias = dict[str, Any]
Prover: TypeAlias = Callable[[Deployment], Iterable[Proof]]


class Kit:
    """The templates of a synthesized assembly, each by the short name of its stack.

    Args:
        assembly: The folder.
    """

    def __init__(self, assembly: Path) -> None:
        self.templates: dict[str, Body] = {stack: json.loads(text) for stack, text in _read(assembly).items()}

    def of_type(self, kind: str) -> Iterator[tuple[str, Body]]:
        """Logical id and body of the resources of a type, in all stacks."""
        for template in self.templates.values():
            for name, body in list(template["Resources"].items()):
                if body["Type"] == kind:
                    yield name, body

    def one(self, kind: str, part: str = "") -> Body:
        """The properties of the one resource of a type whose logical id has a part."""
        ((_, body),) = ((name, body) for name, body in self.of_type(kind) if part in name)
        properties: Body = body["Properties"]
        return properties

    def drop(self, kind: str, part: str = "") -> None:
        """Take every such resource out."""
        gone = [name for name, _ in self.of_type(kind) if part in name]
        assert gone
        for template in self.templates.values():
            for name in gone:
                template["Resources"].pop(name, None)

    def add(self, stack: str, name: str, kind: str, properties: Body) -> None:
        """Put a resource into a stack."""
        self.templates[stack]["Resources"][name] = {"Type": kind, "Properties": properties}

    def proofs(self, prove: Prover) -> Mapping[str, Proof]:
        """What a prover says, by the claims' ids."""
        return {proof.id: proof for proof in prove(self.deployment)}

    @property
    def deployment(self) -> Deployment:
        """The templates as they are now."""
        return Deployment(
            path="kit",
            templates=tuple(
                Template(f"kit/GenAiDefense-{stack}.template.json", body)
                for stack, body in self.templates.items()
            ),
        )


def template_proofs(prove: Prover, body: Body) -> Mapping[str, Proof]:
    """What a prover says about one template, by the claims' ids."""
    deployment = Deployment(path="here", templates=(Template("here", body),))
    return {proof.id: proof for proof in prove(deployment)}


@cache
def _read(assembly: Path) -> dict[str, str]:
    return {
        path.name.removeprefix("GenAiDefense-").removesuffix(".template.json"): path.read_text()
        for path in sorted(assembly.glob("*.template.json"))
    }
