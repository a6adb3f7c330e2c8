"""All stacks of the chatbot, in the order in which each finds what it stands on."""

from aws_cdk import App, Environment

from genai_defense.settings import Settings
from stacks.application import ApplicationStack
from stacks.baseline import BaselineStack
from stacks.data import DataStack
from stacks.distribution import DistributionStack
from stacks.edge import EdgeStack
from stacks.ingestion import ingestion_stack
from stacks.knowledge import KnowledgeStack, knowledge_stack
from stacks.model import ModelStack
from stacks.network import NetworkStack
from stacks.organization import OrganizationStack
from stacks.respond import RespondStack
from stacks.tools import tools_stack
from stacks.user_interface import UserInterfaceStack


def chatbot(app: App, settings: Settings) -> None:
    """The way of a request, then what watches it.

    Args:
        app: The app that gets the stacks.
        settings: The chosen profile.
    """
    env = Environment(region=settings.region)
    data = DataStack(app, "GenAiDefense-Data", settings=settings, env=env)
    knowledge = knowledge_stack(app, "GenAiDefense-Knowledge", settings=settings, env=env, data=data)
    network = NetworkStack(
        app, "GenAiDefense-Network", settings=settings, env=env, data=data, knowledge=knowledge
    )
    tools = tools_stack(app, "GenAiDefense-Tools", settings=settings, env=env, data=data, network=network)
    model = ModelStack(
        app,
        "GenAiDefense-Model",
        settings=settings,
        env=env,
        data=data,
        network=network,
        tools=tools,
        knowledge=knowledge,
    )
    edge = EdgeStack(app, "GenAiDefense-Edge", settings=settings)
    user_interface = UserInterfaceStack(
        app, "GenAiDefense-UserInterface", settings=settings, env=env, data=data
    )
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
    organization = _watch(app, settings, data=data, application=application, knowledge=knowledge)
    ingestion_stack(
        app,
        "GenAiDefense-Ingestion",
        settings=settings,
        env=env,
        knowledge=knowledge,
        network=network,
        alarm_topic=organization.alarm_topic,
    )
    _respond(app, settings, data=data, application=application, edge=edge, organization=organization)


def _watch(
    app: App,
    settings: Settings,
    *,
    data: DataStack,
    application: ApplicationStack,
    knowledge: KnowledgeStack | None,
) -> OrganizationStack:
    """What records, detects and calls people."""
    env = Environment(region=settings.region)
    organization = OrganizationStack(
        app,
        "GenAiDefense-Organization",
        settings=settings,
        env=env,
        access_logs=data.access_logs,
        application=application,
    )
    BaselineStack(
        app,
        "GenAiDefense-Baseline",
        settings=settings,
        env=env,
        alarm_topic=organization.alarm_topic,
        access_logs=data.access_logs,
        document_buckets=[knowledge.documents.trusted.bucket] if knowledge else [],
    )
    return organization


def _respond(
    app: App,
    settings: Settings,
    *,
    data: DataStack,
    application: ApplicationStack,
    edge: EdgeStack,
    organization: OrganizationStack,
) -> None:
    """What becomes of attacks."""
    RespondStack(
        app,
        "GenAiDefense-Respond",
        settings=settings,
        env=Environment(region=settings.region),
        data=data,
        application=application,
        edge=edge,
        organization=organization,
    )
