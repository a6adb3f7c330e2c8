"""Who takes care of what an account can have only once."""

from typing import Any

import pytest
from pydantic import ValidationError

from genai_defense.organization.singleton import Singleton
from genai_defense.settings.baseline import BaselineSettings


def test_an_account_that_has_it_all_already_does_not_fail_by_default() -> None:
    """But for the trail, of which a Region takes several, nothing is created that can be there only once."""
    chosen = BaselineSettings()
    created = {name for name, value in chosen if value is Singleton.CREATE}
    assert created == {"trail"}
    assert set(chosen.not_created.values()) == {Singleton.EXISTING}


@pytest.mark.parametrize("choice", ["create", "existing", "off"])
def test_a_choice_is_one_of_three(choice: str) -> None:
    assert BaselineSettings.model_validate({"finding_hub": choice}).finding_hub == choice


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"finding_hub": "maybe"}, "'create', 'existing' or 'off'"),
        (
            {"spend_monitor_arn": "arn:aws:ce::111122223333:anomalymonitor/a", "spend_monitor": "create"},
            "names an",
        ),
        ({"spend_monitor_arn": "monitor"}, "spend_monitor_arn"),
        ({"resource_recorder": "create", "config_service_role": "off"}, "works with the account's"),
        ({"bedrock_budget": 0}, "bedrock_budget"),
        ({"bedrock_services": []}, "bedrock_services"),
    ],
)
def test_choices_that_do_not_go_together_are_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        BaselineSettings.model_validate(change)
