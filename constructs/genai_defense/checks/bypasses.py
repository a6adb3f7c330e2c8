"""Actions that go round the guardrail or weaken it: what roles are denied, and what rules look for."""

from typing import Final

# Each of these answers from a model without passing a condition on InvokeModel.
# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
# (read 2026-11-24).
WAYS_AROUND: Final = (
    "bedrock:CallWithBearerToken",
    "bedrock:CreateModelInvocationJob",
    "bedrock:InvokeAgent",
    "bedrock:InvokeFlow",
    "bedrock:InvokeInlineAgent",
    "bedrock:InvokeModelWithBidirectionalStream",
    "bedrock:RetrieveAndGenerate",
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
