"""The app of the management account: `cdk deploy --app ".venv/bin/python -m stacks.management_app"`."""

import sys

from aws_cdk import App

from genai_defense.checks.nag_packs import add_check_packs
from genai_defense.settings import SettingsError, load_settings
from stacks.management import ManagementStack


def main() -> None:
    """Settings → policies → checks."""
    app = App()
    try:
        settings = load_settings(app.node.try_get_context("profiles"), app.node.try_get_context("profile"))
    except SettingsError as error:
        sys.exit(str(error))
    if not settings.management.targets:
        sys.exit(
            "management.targets is empty, so this profile enforces nothing. Name the organizational unit or "
            "account (docs/settings.md), or choose a profile that does: -c profile=prod"
        )
    ManagementStack(app, "GenAiDefense-Management", settings=settings)
    add_check_packs(app)
    app.synth()


if __name__ == "__main__":
    main()
