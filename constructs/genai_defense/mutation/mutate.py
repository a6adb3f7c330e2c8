"""A whole mutation run: reads, weakens, shows, reports."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.mutation.bench import Detection
from genai_defense.mutation.detectors.available import missing
from genai_defense.mutation.equivalent import read_equivalents
from genai_defense.mutation.redundant import INTERRUPTED, LEFT_OUT, NO_SOLVER, Redundancy, has_solver
from genai_defense.mutation.report import Judged, Report, Status, judged
from genai_defense.mutation.run import cores, outcomes
from genai_defense.mutation.subject import Selection, Subject, subjects_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from genai_defense.mutation.classes import MutantClass
    from genai_defense.mutation.detector_names import DetectorName
    from genai_defense.mutation.mutant import Mutant


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be done.

    Attributes:
        path: A template, or a cloud assembly.
        detectors: Who is asked; the first one decides.
        classes: What the mutants are about; empty for both.
        operators: Ids of operators; empty for all.
        sample: Most mutants, spread over all operators; None for all.
        jobs: Most processes at once. Default: one for each core.
        equivalent: A reviewed file beside the kit's own.
        guard_rules: Folder of `.guard` files.
        keep: Folder for the mutants' templates; None where none may reach disk.
        prove: Whether the IAM prover is asked about survivors.
    """

    path: Path
    detectors: tuple[DetectorName, ...]
    classes: tuple[MutantClass, ...] = ()
    operators: tuple[str, ...] = ()
    sample: int | None = None
    jobs: int | None = None
    equivalent: Path | None = None
    guard_rules: Path | None = None
    keep: Path | None = None
    prove: bool = True


def run_mutations(order: Order) -> Report:
    """Weaken, show, and sort what was said. Ctrl-C ends it with what is known by then.

    Raises:
        UnusableInputError: Something of the order cannot be read, or there is nothing to weaken.
    """
    selection = Selection(
        path=order.path, classes=order.classes, operators=order.operators, sample=order.sample
    )
    equivalents = read_equivalents()
    if order.equivalent:
        equivalents += read_equivalents(order.equivalent)
    guard_rules = tuple(sorted(order.guard_rules.rglob("*.guard"))) if order.guard_rules else ()
    absent = missing(order.detectors, guard_rules, order.keep)
    if order.detectors[0] in absent:
        first = order.detectors[0]
        raise UnusableInputError(f"{first} decides, and cannot be asked: {absent[first]}")
    names = tuple(name for name in order.detectors if name not in absent)
    detection = Detection(names=names, guard_rules=guard_rules, keep=order.keep)
    subjects = subjects_of(selection)
    mutants = [mutant for subject in subjects for mutant in subject.mutants]
    if not mutants:
        raise UnusableInputError(f"{order.path}: no operator of these knows how to weaken anything in it.")
    if order.keep:
        _keep(subjects, order.keep)
    seen: list[Judged] = []
    unproven = INTERRUPTED
    with (
        contextlib.suppress(KeyboardInterrupt),
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        task = progress.add_task("Mutants", total=len(mutants))
        for outcome in outcomes(selection, subjects, detection, order.jobs or cores()):
            seen.append(judged(outcome, order.detectors[0], equivalents))
            progress.advance(task)
        if not (unproven := _not_asked(order)):
            unproven = INTERRUPTED
            _prove(subjects, seen, order.detectors[0], progress)
            unproven = ""
    return Report(
        path=str(order.path),
        detectors=names,
        missing=absent,
        judged=tuple(seen),
        broken=tuple(line for subject in subjects for line in subject.broken),
        stale=() if order.sample else tuple(entry for entry in equivalents if entry.is_stale(mutants)),
        complete=len(seen) == len(mutants) and unproven != INTERRUPTED,
        unproven=unproven,
    )


def _not_asked(order: Order) -> str:
    if not order.prove:
        return LEFT_OUT
    return "" if has_solver() else NO_SOLVER


def _prove(
    subjects: Sequence[Subject], seen: list[Judged], detector: DetectorName, progress: Progress
) -> None:
    """Say of survivors whether anybody can do more; whom Ctrl-C leaves unasked stays a survivor."""
    provers = {id(subject): Redundancy(subject) for subject in subjects}
    of = [provers[id(subject)] for subject in subjects for _ in subject.mutants]
    waiting = [
        (place, prover)
        for place, (one, prover) in enumerate(zip(seen, of, strict=False))
        if one.status is Status.COUNTED and not one.noticed_by(detector)
    ]
    task = progress.add_task("Proofs about survivors", total=len(waiting))
    for place, prover in waiting:
        opinion = prover.ask(seen[place].outcome.mutant)
        status = Status.REDUNDANT if opinion.redundant else Status.COUNTED
        seen[place] = replace(seen[place], status=status, why=opinion.why)
        progress.advance(task)


def _keep(subjects: Sequence[Subject], folder: Path) -> None:
    for subject in subjects:
        for mutant in subject.mutants:
            _write(subject, mutant, folder)


def _write(subject: Subject, mutant: Mutant, folder: Path) -> None:
    for name, body in subject.bodies(mutant).items():
        file = folder / mutant.id / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(body, indent=2, default=str) + "\n", encoding="utf-8")
        except OSError as error:
            raise UnusableInputError(f"{file}: {error.strerror or error}.") from error
