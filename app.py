"""Settings → stacks → checks. Synth is a pure function of cdk.json: no credentials, no network."""

import sys

from aws_cdk import App, Stack

from genai_defense.checks.nag_packs import add_check_packs
from genai_defense.organization import RuntimeBoundary
from genai_defense.settings import SettingsError, load_settings
from stacks.chatbot import chatbot

app = App()
try:
    settings = load_settings(app.node.try_get_context("profiles"), app.node.try_get_context("profile"))
except SettingsError as error:
    sys.exit(str(error))

chatbot(app, settings)
for stack in app.node.children:
    if isinstance(stack, Stack) and RuntimeBoundary.is_needed_in(stack):
        RuntimeBoundary(stack, "Boundary").apply_to(stack)
settings.key_administrators.apply_to(app)
add_check_packs(app, depth=True)
app.synth()
