"""Settings → stacks → checks. Synth is a pure function of cdk.json: no credentials, no network."""

import sys

from aws_cdk import App, Environment, Stack

from genai_defense.checks.nag_packs import add_check_packs
from genai_defense.organization import RuntimeBoundary
from genai_defense.settings import SettingsError, load_settings
from stacks.application import ApplicationStack
from stacks.data import DataStack
from stacks.distribution import DistributionStack
from stacks.edge import EdgeStack
from stacks.model import ModelStack
from stacks.network import NetworkStack
from stacks.organization import OrganizationStack
from stacks.tools import tools_stack
from stacks.user_interface import UserInterfaceStack

app = App()
try:
    settings = load_settings(app.node.try_get_context("profiles"), app.node.try_get_context("profile"))
except SettingsError as error:
    sys.exit(str(error))

env = Environment(region=settings.region)
data = DataStack(app, "GenAiDefense-Data", settings=settings, env=env)
network = NetworkStack(app, "GenAiDefense-Network", settings=settings, env=env, data=data)
tools = tools_stack(app, "GenAiDefense-Tools", settings=settings, env=env, data=data, network=network)
model = ModelStack(
    app, "GenAiDefense-Model", settings=settings, env=env, data=data, network=network, tools=tools
)
edge = EdgeStack(app, "GenAiDefense-Edge", settings=settings)
user_interface = UserInterfaceStack(app, "GenAiDefense-UserInterface", settings=settings, env=env, data=data)
application = ApplicationStack(
    app,
    "GenAiDefense-Application",
    settings=settings,
    env=env,
    data=data,
    model=model,
    user_interface=user_interface,
)
DistributionStack(
    app,
    "GenAiDefense-Distribution",
    settings=settings,
    env=env,
    data=data,
    application=application,
    edge=edge,
)
OrganizationStack(app, "GenAiDefense-Organization", settings=settings, env=env, application=application)
for stack in app.node.children:
    if isinstance(stack, Stack):
        RuntimeBoundary(stack, "Boundary").apply_to(stack)
add_check_packs(app)
app.synth()
