"""Which policy statements may invoke a model, and which guardrail they demand for it."""

import re
from fnmatch import fnmatchcase

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.embedding_models import is_embedding_model
from genai_defense.checks.policy import Statement, wildcards
from genai_defense.checks.reach import covers
from genai_defense.checks.values import (
    Opaque,
    Reference,
    Text,
    Unresolved,
    Value,
    dig,
    first_unresolved,
    items,
    shown,
)

# `bedrock:Converse` and its stream are no IAM actions: these two authorise them.
INVOKE_ACTIONS = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
# One of each kind of resource of Bedrock, so that a wildcard over any of them is seen.
TAKE_A_RESOURCE = (
    *INVOKE_ACTIONS,
    "bedrock:ApplyGuardrail",
    "bedrock:DeleteGuardrail",
    "bedrock:GetGuardrail",
    "bedrock:InvokeAgent",
    "bedrock:InvokeFlow",
    "bedrock:Retrieve",
    "bedrock:UpdateGuardrail",
)
GUARDRAIL_KEY = "bedrock:GuardrailIdentifier"

# Policies of AWS that allow calls without a guardrail.
UNGUARDED_POLICIES = (
    "AdministratorAccess",
    "PowerUserAccess",
    "AmazonBedrockFullAccess",
    "AmazonBedrockLimitedAccess",
)

_MODEL_KINDS = (
    "application-inference-profile",
    "async-invoke",
    "custom-model-deployment",
    "default-prompt-router",
    "foundation-model",
    "imported-model",
    "inference-profile",
    "prompt-router",
    "provisioned-model",
)
_ARN_FIELDS = 6
_SOME_MODEL = "arn:aws:bedrock:us-east-1::foundation-model/somebody.some-model-v9:9"
_NUMBERED = re.compile(r"arn:[^:]+:bedrock:[^:]*:[^:]*:guardrail/[A-Za-z0-9]+:[1-9]\d*")


def may_invoke_models(statement: Statement) -> bool:
    """Whether a statement may allow somebody to invoke a model that answers; one that embeds does not."""
    if not statement.may_allow or not any(statement.may_cover(action) for action in INVOKE_ACTIONS):
        return False
    resources = items(dig(statement.body, "Resource"))
    return not resources or any(_may_be_model(resource) for resource in resources)


def leaves_every_model_out(statement: Statement) -> bool:
    """Whether a Deny has a pattern for every foundation model among the resources that it is not for."""
    left_out = items(dig(statement.body, "NotResource"))
    return any(covers(pattern, _SOME_MODEL) for pattern in left_out)


def _may_be_model(resource: Value) -> bool:
    if isinstance(resource, Reference) and resource.resource.type.startswith("AWS::Bedrock::"):
        return resource.resource.type.endswith(("Profile", "Model", "PromptRouter"))
    if is_embedding_model(wildcards(resource)):
        return False
    fields = wildcards(resource).split(":", _ARN_FIELDS - 1)
    if len(fields) < _ARN_FIELDS:
        return "*" in fields[-1]
    kind = fields[-1].split("/")[0]
    return fnmatchcase("bedrock", fields[2]) and any(fnmatchcase(model, kind) for model in _MODEL_KINDS)


def numbered_guardrail(value: Value) -> bool | Unresolved:
    """Whether a condition's value names one guardrail with a numbered version.

    Without a version the key means the draft, which anybody with `bedrock:UpdateGuardrail` can weaken in use.
    """
    if isinstance(value, str):
        return _NUMBERED.fullmatch(value) is not None
    if isinstance(value, Text):
        return _numbered_text(value)
    # An attribute of a guardrail or of its version is an ARN or an id, never both with the version.
    if isinstance(value, Reference) and value.resource.type.startswith("AWS::Bedrock::Guardrail"):
        return False
    return Unresolved(value.why if isinstance(value, Opaque) else f"{value!r} is no text")


def _numbered_text(text: Text) -> bool | Unresolved:
    if any("*" in part or "?" in part for part in text.parts if isinstance(part, str)):
        return False
    for part in text.parts:
        if isinstance(part, Unresolved):
            return part
    *_, separator, last = text.parts
    if isinstance(last, Reference):
        numbered = last.resource.type == "AWS::Bedrock::GuardrailVersion" and last.attribute == "Version"
        return numbered and isinstance(separator, str) and separator.endswith(":")
    return isinstance(last, str) and re.search(r":[1-9]\d*$", last) is not None


def demands_numbered_guardrail(statement: Statement) -> Answer:
    """Whether a statement lets through only calls that name a numbered guardrail version."""
    values = statement.demanded(GUARDRAIL_KEY)
    if not values and (unresolved := first_unresolved(statement.body)):
        return Unknown(statement.path, unresolved.why)
    if not values:
        return NonCompliant(f"{statement.path}.Condition", f"nothing demands {GUARDRAIL_KEY}")
    for value in values:
        numbered = numbered_guardrail(value)
        if isinstance(numbered, Unresolved):
            return Unknown(f"{statement.path}.Condition", numbered.why)
        if not numbered:
            return NonCompliant(
                f"{statement.path}.Condition", f"{shown(value)} is no numbered guardrail version"
            )
    return Compliant(f"{statement.path} demands {GUARDRAIL_KEY} with a numbered version")
