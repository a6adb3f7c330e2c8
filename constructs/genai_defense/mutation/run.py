"""Runs mutants through detectors, in one process or several, in a fixed order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias

from genai_defense.mutation.bench import Bench, Detection
from genai_defense.mutation.outcome import Outcome, Shown
from genai_defense.mutation.subject import Selection, Subject, subjects_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from genai_defense.mutation.mutant import Mutant

_TOGETHER = 8
"""So many mutants are shown at once: a detector that starts something does it once for them."""
_WORTH_A_PROCESS = 60
"""With fewer mutants, a further process takes longer to start than it saves."""

Part: TypeAlias = tuple[int, int, int]
"""Number of the subject, and which of its mutants: from, to."""


def outcomes(
    selection: Selection, subjects: Sequence[Subject], detection: Detection, jobs: int
) -> Iterator[Outcome]:
    """Yield what became of each mutant, in the order of the mutants.

    Args:
        selection: What the subjects were read from; other processes read it again.
        subjects: What is weakened.
        detection: Who is asked.
        jobs: Most processes at once; one is this process.
    """
    parts = [
        (number, start, start + _TOGETHER)
        for number, subject in enumerate(subjects)
        for start in range(0, len(subject.mutants), _TOGETHER)
    ]
    shown = _shown(selection, subjects, detection, jobs, parts)
    for part, together in zip(parts, shown, strict=True):
        for mutant, said in zip(_of(part, subjects), together, strict=True):
            yield Outcome(mutant=mutant, shown=said)


def _shown(
    selection: Selection,
    subjects: Sequence[Subject],
    detection: Detection,
    jobs: int,
    parts: Sequence[Part],
) -> Iterator[list[Shown]]:
    mutants = sum(len(subject.mutants) for subject in subjects)
    if (workers := min(jobs, 1 + mutants // _WORTH_A_PROCESS)) == 1:
        yield from map(_Worker(detection, lambda: subjects).show, parts)
        return
    # Started afresh: a fork would copy locks that a progress bar's thread may hold.
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, _start, (selection, detection)) as pool:
        yield from pool.imap(_show, parts)


def _of(part: Part, subjects: Sequence[Subject]) -> Sequence[Mutant]:
    number, start, end = part
    return subjects[number].mutants[start:end]


class _Worker:
    """Shows mutants in one process; what that needs is read at the first of them."""

    def __init__(self, detection: Detection, read: Callable[[], Sequence[Subject]]) -> None:
        self._detection, self._read = detection, read
        self._benches: dict[int, Bench] = {}

    @cached_property
    def _subjects(self) -> Sequence[Subject]:
        return self._read()

    def show(self, part: Part) -> list[Shown]:
        number = part[0]
        if number not in self._benches:
            self._benches[number] = Bench(self._subjects[number], self._detection)
        return self._benches[number].show(_of(part, self._subjects))


_worker: _Worker


def _start(selection: Selection, detection: Detection) -> None:
    global _worker  # noqa: PLW0603 - what a worker process is set up with has no other place
    # Ctrl-C reaches every process of the terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = _Worker(detection, partial(subjects_of, selection))


def _show(part: Part) -> list[Shown]:
    return _worker.show(part)


def cores() -> int:
    """How many processes this machine runs at once for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
