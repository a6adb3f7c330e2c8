"""Runs provers: reads, proves, writes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeAlias, cast

from genai_defense.checks.read.deployment import Deployment, read_deployments
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.proofs.formats.writers import WRITERS
from genai_defense.proofs.names import ProofFormat, ProverName
from genai_defense.proofs.proof import Proof, Verdict
from genai_defense.proofs.proven import Proven

Prover: TypeAlias = Callable[[Deployment], Iterable[Proof]]
Tell: TypeAlias = Callable[[str], None]


class Outcome(NamedTuple):
    """What the provers came to.

    Attributes:
        report: The report, in its format.
        fails: Whether a claim fails or is unknown.
    """

    report: str
    fails: bool


def available() -> tuple[ProverName, ...]:
    """The provers of this package, in the order in which they run."""
    return tuple(name for name in ProverName if find_spec(_module(name)) is not None)


def prover(name: ProverName) -> Prover:
    """Import one prover; each costs its own libraries only."""
    return cast("Prover", import_module(_module(name)).prove)


def run_proofs(
    paths: Sequence[Path],
    names: Sequence[ProverName],
    form: ProofFormat,
    organization: Path | None,
    tell: Tell,
) -> Outcome:
    """Prove every path on its own.

    Args:
        paths: Templates and cloud assemblies.
        names: Which provers; none for all.
        form: How the report is written.
        organization: Template or assembly of the organization's policies, which join every path.
        tell: Is told what is being proven.

    Raises:
        UnusableInputError: A path cannot be read. Nothing is proven then.
    """
    joining = read_deployments(organization) if organization else []
    deployments = [_joined(one, joining) for path in paths for one in read_deployments(path)]
    chosen = [name for name in available() if not names or name in names]
    proven = tuple(Proven(path=one.path, proofs=tuple(_prove(one, chosen, tell))) for one in deployments)
    return Outcome(
        report=WRITERS[form](proven),
        fails=any(proof.fails for one in proven for _, proof in one.proofs),
    )


def _module(name: ProverName) -> str:
    return f"{__package__}.{name.value.replace('-', '_')}"


def _joined(deployment: Deployment, others: Iterable[Deployment]) -> Deployment:
    """The deployment with the templates of others, which keep their names."""
    templates = {template.name: template for template in deployment.templates}
    for other in others:
        templates.update({template.name: template for template in other.templates})
    return replace(deployment, templates=tuple(templates.values()))


def _prove(
    deployment: Deployment, names: Iterable[ProverName], tell: Tell
) -> Iterator[tuple[ProverName, Proof]]:
    for name in names:
        tell(f"{deployment.path}: {name.value} …")
        try:
            yield from [(name, proof) for proof in prover(name)(deployment)]
        except UnusableInputError:
            raise
        except Exception as error:  # noqa: BLE001 - a prover that breaks down must not pass for a proof
            yield name, _broken(name, error)


def _broken(name: ProverName, error: Exception) -> Proof:
    return Proof(
        id=f"{name.value}-completes",
        claim=f"The prover {name.value} comes to an end.",
        verdict=Verdict.UNKNOWN,
        counterexamples=(f"it broke down: {error!r}",),
    )
