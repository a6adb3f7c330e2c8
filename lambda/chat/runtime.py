"""Builds the flow once per process, when the first turn comes and not at import."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any, Final

import boto3
from botocore.config import Config

from chat.conversations import Conversations
from chat.documents import Documents
from chat.flow import Chat
from chat.grounding import Grounding
from chat.knowledge import KnowledgeBase
from chat.model import Model
from chat.register import Register
from chat.retriever import NoRetriever, Retriever
from chat.settings import Settings
from chat.telemetry import count
from chat.tools import NoTools, Toolbox, ToolBroker
from guardrail_engine import Engine
from tool_registry import converse_specs
from user_session import UserCredentials, rows_client

# All of it should end before the guardrail function stops waiting, after 15.5 s.
_MODEL: Final[dict[str, Any]] = {
    "connect_timeout": 0.5,
    "read_timeout": 12,
    "retries": {"total_max_attempts": 1, "mode": "standard"},
}
# A call may have an effect, so it is not made twice.
_TOOLS: Final[dict[str, Any]] = {
    "connect_timeout": 0.5,
    "read_timeout": 5,
    "retries": {"total_max_attempts": 1, "mode": "standard"},
}
_STORE: Final[dict[str, Any]] = {
    "connect_timeout": 0.5,
    "read_timeout": 1,
    "retries": {"total_max_attempts": 2, "mode": "standard"},
}
# Passages are found, looked up and judged before the model is asked: even when the history (two stores) and
# all of this take as long as they may, its time has not begun to run out.
_KNOWLEDGE: Final[dict[str, Any]] = {
    "connect_timeout": 0.3,
    "read_timeout": 2,
    "retries": {"total_max_attempts": 1, "mode": "standard"},
}
_REGISTER: Final[dict[str, Any]] = {**_KNOWLEDGE, "read_timeout": 0.5}
_JUDGE: Final[dict[str, Any]] = {**_KNOWLEDGE, "read_timeout": 1.8}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


@lru_cache(maxsize=1)
def chat() -> Chat:
    """The flow of this process.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
    """
    settings = Settings.from_environment(os.environ)
    sts = _boto3.client("sts", config=Config(**_STORE))
    bedrock = _boto3.client("bedrock-runtime", config=Config(**_MODEL))
    engine = Engine(allowed_link_hosts=settings.allowed_link_hosts)
    return Chat(
        model=Model(bedrock, settings),
        conversations=Conversations(
            UserCredentials(sts, settings.conversation_role_arn, "chat"),
            partial(rows_client, config=Config(**_STORE)),
            settings.conversation_table_name,
            timedelta(days=settings.conversation_days),
        ),
        engine=engine,
        documents=Documents(_boto3.client("bedrock-runtime", config=Config(**_JUDGE)), settings, engine),
        history_turns=settings.history_turns,
        toolbox=_toolbox(settings),
        retriever=_retriever(settings),
        grounding=Grounding(_boto3.client("bedrock-runtime", config=Config(**_JUDGE)), settings),
    )


def _retriever(settings: Settings) -> Retriever:
    if settings.knowledge_base_id is None or settings.document_table_name is None:
        return NoRetriever()
    table = _boto3.client("dynamodb", config=Config(**_REGISTER))
    return KnowledgeBase(
        client=_boto3.client("bedrock-agent-runtime", config=Config(**_KNOWLEDGE)),
        knowledge_base_id=settings.knowledge_base_id,
        register=Register(table, settings.document_table_name),
        count=count,
    )


def _toolbox(settings: Settings) -> Toolbox:
    if settings.tools_function_name is None:
        return NoTools()
    client = _boto3.client("lambda", config=Config(**_TOOLS))
    return ToolBroker(client, settings.tools_function_name, converse_specs())
