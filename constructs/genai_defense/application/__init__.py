"""Boundary 2, application: the API, the guardrail function in front, the chat function behind."""

from genai_defense.application.api_logging_role import ApiLoggingRole
from genai_defense.application.api_route import (
    CONVERSATION_ID,
    DECISION,
    MESSAGE,
    ApiBody,
    ApiRoute,
    bounded_text,
)
from genai_defense.application.approval_functions import ApprovalFunctions, ApprovalTerms
from genai_defense.application.chat_api import ChatApi
from genai_defense.application.chat_function import ChatFunction
from genai_defense.application.conversations_function import ConversationsFunction
from genai_defense.application.custom_resource_function import CustomResourceFunction
from genai_defense.application.document_pipeline import DocumentPipeline
from genai_defense.application.evaluation_function import EvaluationFunction
from genai_defense.application.guardrail_function import GuardrailFunction, UserQuota
from genai_defense.application.ingestion_function import DocumentLimits, IngestionFunction
from genai_defense.application.kill_switch import KillSwitch
from genai_defense.application.order_tools import OrderTools
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.application.review_desk import ReviewDesk
from genai_defense.application.review_queue import ReviewQueue
from genai_defense.application.tool_approval import ToolApproval
from genai_defense.application.tool_broker import ToolBroker
from genai_defense.application.tool_policies import ToolPolicies
from genai_defense.application.withdrawal_function import WithdrawalFunction

__all__ = [
    "CONVERSATION_ID",
    "DECISION",
    "MESSAGE",
    "ApiBody",
    "ApiLoggingRole",
    "ApiRoute",
    "ApprovalFunctions",
    "ApprovalTerms",
    "ChatApi",
    "ChatFunction",
    "ConversationsFunction",
    "CustomResourceFunction",
    "DocumentLimits",
    "DocumentPipeline",
    "EvaluationFunction",
    "FunctionHosting",
    "GuardrailFunction",
    "IngestionFunction",
    "KillSwitch",
    "OrderTools",
    "PrivateFunction",
    "ReviewDesk",
    "ReviewQueue",
    "ToolApproval",
    "ToolBroker",
    "ToolPolicies",
    "UserQuota",
    "WithdrawalFunction",
    "bounded_text",
]
