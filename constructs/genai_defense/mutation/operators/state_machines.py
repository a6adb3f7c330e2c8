"""Step Functions: logs, traces, keys; states skipped, failures not caught, humans not asked."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped
from genai_defense.mutation.json_texts import Opened, opened
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_object

_MACHINE = "AWS::StepFunctions::StateMachine"

LOGS = dropped("machine-logs-removed", CONVENTIONAL, _MACHINE, "LoggingConfiguration", "Runs are not logged.")
LEVEL = changed(
    "machine-logs-off", CONVENTIONAL, _MACHINE, "LoggingConfiguration.Level", "OFF", "Runs are not logged."
)
DATA = changed(
    "machine-logs-data",
    CONVENTIONAL,
    _MACHINE,
    "LoggingConfiguration.IncludeExecutionData",
    value=True,
    sentence="What users wrote stands in the logs.",
)
TRACES = changed(
    "machine-untraced",
    CONVENTIONAL,
    _MACHINE,
    "TracingConfiguration.Enabled",
    value=False,
    sentence="Runs leave no trace.",
)
KEY = dropped(
    "machine-key-removed", CONVENTIONAL, _MACHINE, "EncryptionConfiguration", "No key of ours encrypts it."
)


def _states(site: Site) -> Iterator[tuple[Opened, dict[str, Any]]]:
    for name in ("Definition", "DefinitionString"):
        document = opened(site, (name,))
        body = document.body if document else None
        if document is not None and is_object(body) and is_object(states := body.get("States")):
            yield document, {key: state for key, state in states.items() if is_object(state)}


@operator(id="machine-state-skipped", mutant_class=CONVENTIONAL, resource_types=(_MACHINE,))
def skipped(site: Site) -> Iterator[Weakening]:
    """Each task with a successor: whoever led to it leads there."""
    for document, states in _states(site):
        for name, state in states.items():
            if state.get("Type") != "Task" or "Next" not in state:
                continue
            after = state["Next"]
            changes: list[tuple[tuple[str | int, ...], Any]] = [(("States", name), REMOVED)]
            if document.body.get("StartAt") == name:
                changes.append((("StartAt",), after))
            for other, before in states.items():
                if other == name:
                    continue
                if before.get("Next") == name:
                    changes.append((("States", other, "Next"), after))
                for index, catch in enumerate(entries(before.get("Catch"))):
                    if is_object(catch) and catch.get("Next") == name:
                        changes.append((("States", other, "Catch", index, "Next"), after))
            yield Weakening(f"{name} is skipped.", document.edit(*changes))


@operator(id="machine-asks-nobody", mutant_class=CONVENTIONAL, resource_types=(_MACHINE,))
def asks_nobody(site: Site) -> Iterator[Weakening]:
    """A task that waits for an answer does not wait."""
    for document, states in _states(site):
        for name, state in states.items():
            resource = state.get("Resource")
            if isinstance(resource, str) and resource.endswith(".waitForTaskToken"):
                weaker = resource.removesuffix(".waitForTaskToken")
                yield Weakening(
                    f"{name} waits for nobody.", document.edit((("States", name, "Resource"), weaker))
                )


@operator(id="machine-failure-uncaught", mutant_class=CONVENTIONAL, resource_types=(_MACHINE,))
def uncaught(site: Site) -> Iterator[Weakening]:
    """Each catcher of each state leads to the state's successor, as if all were well."""
    for document, states in _states(site):
        for name, state in states.items():
            after = state.get("Next")
            for index, catch in enumerate(entries(state.get("Catch"))):
                if is_object(catch) and after is not None and catch.get("Next") != after:
                    path = ("States", name, "Catch", index, "Next")
                    yield Weakening(
                        f"{name} goes on after {catch.get('ErrorEquals')}.", document.edit((path, after))
                    )


@operator(id="machine-waits-for-ever", mutant_class=CONVENTIONAL, resource_types=(_MACHINE,))
def for_ever(site: Site) -> Iterator[Weakening]:
    """Each bound of time, of the machine and of its states."""
    for document, states in _states(site):
        if "TimeoutSeconds" in document.body:
            yield Weakening("A run has no end.", document.edit((("TimeoutSeconds",), REMOVED)))
        for name, state in states.items():
            if "TimeoutSeconds" in state:
                yield Weakening(
                    f"{name} has no end.", document.edit((("States", name, "TimeoutSeconds"), REMOVED))
                )
