"""The main job as a user runs it: all stacks by the real CDK CLI, the real API asked and attacked."""

import re

from genai_defense.local.fidelity import NOT_MODELLED
from genai_defense.local.model import StandInModel
from genai_defense.local.up import steps_for
from tests.local_run import LocalRun


def _step_names() -> list[str]:
    with StandInModel() as stand_in:
        return [step.name for step in steps_for(stand_in, load=True)]


def test_up_deploys_asks_attacks_and_stays_up(local_run: LocalRun) -> None:
    """That it leaves nothing behind is seen when the last test is done with it (`LocalRun.stop`)."""
    told, _, _ = local_run.output.partition("\nThe chatbot is up until Ctrl-C.")
    steps = re.findall(r"^  (pass|FAIL)  (.+) \(\d+\.\d s\)$", told, re.MULTILINE)
    assert steps == [("pass", name) for name in _step_names()], told + local_run.errors
    assert local_run.errors == ""
    assert told.rstrip().endswith(f"All {len(steps)} steps passed.")
    kinds = re.findall(r"^\| (AWS::\S+) +\| +\d+ +\| (\S.*?) +\|", told, re.MULTILINE)
    assert len(kinds) > 40
    assert {fidelity for _, fidelity in kinds} == {"real", "recorded only", "not modelled"}
    assert all(sentence in told for sentence in NOT_MODELLED)
