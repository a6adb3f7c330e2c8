"""The function behind the guardrail function: it alone may invoke the model."""

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.application.streaming import STREAMING_ENVIRONMENT, STREAMING_PACKAGE
from genai_defense.data import ConversationTable, DocumentTable, KnowledgeBase
from genai_defense.model import GuardedModelAccess

METRICS_NAMESPACE = "GenAiDefense"
# The time-outs nest. A streamed answer: the last attempt at the model begins within 45 s and ends when it is
# silent for 12 s < chat function 63 s < guardrail function 75 s < API 80 s. For an answer in one piece the
# functions themselves wait less: model 12.5 s < guardrail function for the chat function 15.5 s < API 29 s.
CHAT_TIMEOUT = Duration.seconds(63)


class ChatFunction(Construct):
    """Reads the user's turns, calls the model with the guardrail, keeps the new turn.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where it runs.
        access: The model, the guardrail and the way to them; its role becomes the function's.
        conversations: Where turns are kept; the function assumes a role per user for them.
        max_output_tokens: Longest answer. Default: 1,024 tokens.
        conversation_days: Turns expire after this many days, at least 1. Default: 30.
        allowed_link_hosts: Hosts to which links and images in answers may point. Default: none.

    Attributes:
        private: The function with its role, policy and security group.
        rows_role: What it becomes, once per user, to reach that user's rows.
        max_output_tokens, allowed_link_hosts: As given; the guardrail function takes them over.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        access: GuardedModelAccess,
        conversations: ConversationTable,
        max_output_tokens: int = 1024,
        conversation_days: int = 30,
        allowed_link_hosts: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, construct_id)
        self.rows_role = conversations.grant_rows_of_caller(self, "RowsRole", role=access.role)
        self.max_output_tokens = max_output_tokens
        self.allowed_link_hosts = tuple(allowed_link_hosts)
        self.private = PrivateFunction(
            self,
            "Private",
            packages=(
                "chat",
                "conversation_rows",
                "function_environment",
                "guardrail_engine",
                STREAMING_PACKAGE,
                "tool_registry",
                "user_session",
            ),
            hosting=hosting,
            role=access.role,
            timeout=CHAT_TIMEOUT,
            environment={
                **STREAMING_ENVIRONMENT,
                "MODEL_ID": access.invocation_id,
                "FALLBACK_MODEL_ID": access.fallback_invocation_id or "",
                "TOOLS_FUNCTION_NAME": "",
                "KNOWLEDGE_BASE_ID": "",
                "DOCUMENT_TABLE_NAME": "",
                "GUARDRAIL_ID": access.guardrail.guardrail_id,
                "GUARDRAIL_VERSION": access.guardrail.version_number,
                "CONVERSATION_TABLE_NAME": conversations.table.table_name,
                "CONVERSATION_ROLE_ARN": self.rows_role.role_arn,
                "MAX_OUTPUT_TOKENS": str(max_output_tokens),
                "ALLOWED_LINK_HOSTS": ",".join(allowed_link_hosts),
                "CONVERSATION_DAYS": str(conversation_days),
                "HISTORY_TURNS": "10",
                "POWERTOOLS_SERVICE_NAME": "chat",
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )
        self.private.policy.add_statements(
            iam.PolicyStatement(
                sid="BecomeTheUser",
                actions=["sts:AssumeRole", "sts:TagSession"],
                resources=[self.rows_role.role_arn],
            ),
        )
        access.endpoint.allow_from(self.private.security_group)

    def use_tools(self, broker: lambda_.IFunction) -> None:
        """Offer the tools of the registry to the model; `broker` decides on each call and runs it.

        The way to Lambda's endpoint is the stack's: its policy must name this role and the broker.
        """
        self.private.function.add_environment("TOOLS_FUNCTION_NAME", broker.function_name)
        self.private.policy.add_statements(
            iam.PolicyStatement(
                sid="AskToolsBroker",
                actions=["lambda:InvokeFunction"],
                resources=[broker.function_arn],
            ),
        )

    def use_documents(self, knowledge_base: KnowledgeBase, register: DocumentTable) -> None:
        """Answer from the documents of the user's tenant and from those of all, as far as they are published.

        The way to the knowledge base's endpoint is the stack's: its policy must name this role.

        Args:
            knowledge_base: Where passages are looked for.
            register: What is published; asked about each passage.
        """
        self.private.function.add_environment("KNOWLEDGE_BASE_ID", knowledge_base.knowledge_base_id)
        self.private.function.add_environment("DOCUMENT_TABLE_NAME", register.table.table_name)
        knowledge_base.grant_retrieve(self.private.policy)
        register.grant_check(self.private.policy)

    def grant_invoke(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` invoke the function."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="InvokeChat",
                actions=["lambda:InvokeFunction"],
                resources=[self.private.function.function_arn],
            ),
        )
