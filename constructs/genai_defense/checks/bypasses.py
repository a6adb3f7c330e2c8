"""Actions that go round the guardrail or weaken it: what roles are denied, and what rules look for."""

from typing import Final

# Each of these answers from a model without passing a condition on InvokeModel: by a role of its own, or by a
# model of AWS's choice. Jobs that invoke models with the rights of the caller or of a role that he passes do
# pass it, such as CreateEvaluationJob and CreateAdvancedPromptOptimizationJob.
# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html,
# list_amazonbedrockagentcore.html; .../bedrock/latest/userguide/judge-service-roles.html,
# prompt-management-prereq.html, advanced-prompt-optimization-prereqs.html;
# .../bedrock-agentcore/latest/devguide/built-in-evaluators-overview.html (read 2026-11-24).
WAYS_AROUND: Final = (
    "bedrock:AgenticRetrieveStream",
    "bedrock:CallWithBearerToken",
    "bedrock:CreateModelInvocationJob",
    "bedrock:GenerateQuery",
    "bedrock:InvokeAgent",
    "bedrock:InvokeBlueprintOptimizationAsync",
    "bedrock:InvokeDataAutomation",
    "bedrock:InvokeDataAutomationAsync",
    "bedrock:InvokeFlow",
    "bedrock:InvokeInlineAgent",
    "bedrock:InvokeModelWithBidirectionalStream",
    "bedrock:OptimizePrompt",
    "bedrock:RetrieveAndGenerate",
    "bedrock:StartFlowExecution",
    "bedrock-agentcore:Evaluate",
    "bedrock-agentcore:InvokeAgentRuntime",
    "bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream",
    "bedrock-agentcore:InvokeHarness",
    "bedrock-agentcore:StartBatchEvaluation",
    "bedrock-mantle:*",
)
# A Bedrock API key is such a credential: it is used without SigV4, from anywhere.
# Source: https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html (read 2026-11-24).
API_KEY_ACTIONS: Final = ("iam:CreateServiceSpecificCredential", "iam:ResetServiceSpecificCredential")
API_KEY_SERVICE_KEY: Final = "iam:ServiceSpecificCredentialServiceName"
API_KEY_SERVICE: Final = "bedrock.amazonaws.com"
# Who may do this decides what the guardrail is.
GUARDRAIL_CHANGES: Final = (
    "bedrock:CreateGuardrail",
    "bedrock:CreateGuardrailVersion",
    "bedrock:DeleteEnforcedGuardrailConfiguration",
    "bedrock:DeleteGuardrail",
    "bedrock:DeleteResourcePolicy",
    "bedrock:PutEnforcedGuardrailConfiguration",
    "bedrock:PutResourcePolicy",
    "bedrock:UpdateGuardrail",
)
# Who may do this decides what is remembered of calls to models; the settings belong to the account, not to
# a resource.
LOGGING_CHANGES: Final = (
    "bedrock:DeleteModelInvocationLoggingConfiguration",
    "bedrock:PutModelInvocationLoggingConfiguration",
)
