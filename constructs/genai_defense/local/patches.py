"""Run-time corrections of the emulator, each with the reason why the local run needs it.

1. Bedrock Converse ignored `guardContent` blocks: the model would see an empty turn, the guardrail nothing.
   On AWS a tagged block is shown to the model; where there is one, the guardrail judges tagged content only.
2. Bedrock answered with a canned text when the model's server failed: a broken local run would look well.
3. Cognito's hosted sign-in page never asked for the second factor, although the user pool requires it. Its
   pages for a choice of factors have no passkey to offer and lead round that question: they are not used.
4. DescribeStacks answers at once while a stack is in progress; the CDK CLI then sleeps 5 s and asks again.
   The answer is held until the stack is done or `HOLD_SECONDS` have passed: only a slower answer.
5. IAM lacks condition keys and policy variables that the chatbot's policies stand on: see enforcement.py.
6. Web ACLs are kept but stop nothing: see stage_filter.py.
7. A stack sees outputs of its own Region only: see cross_region.py.
"""

import asyncio
import copy
import json
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qs

from genai_defense.local.clients import emulator_module
from genai_defense.local.cross_region import across_regions
from genai_defense.local.enforcement import Enforcement, remember_request
from genai_defense.local.patching import Function, require, swap
from genai_defense.local.policy_variables import with_resources, with_variables
from genai_defense.local.second_factor import SecondFactor
from genai_defense.local.stage_filter import StageFilter

HOLD_SECONDS = 20.0
_HOLD_STEP_SECONDS = 0.05

Answer = tuple[int, dict[str, str], bytes]


def plain_turns(messages: list[dict[str, Any]], *, tagged_only: bool = False) -> list[dict[str, Any]]:
    """Converse messages with `guardContent` as text.

    Args:
        messages: As the API takes them; left alone.
        tagged_only: In a turn that has tagged blocks, keep only these.
    """
    answer = copy.deepcopy(messages)
    for message in answer:
        blocks: list[dict[str, Any]] = message.get("content", [])
        tagged = [
            {"text": block["guardContent"]["text"]["text"]}
            for block in blocks
            if "text" in block.get("guardContent", {})
        ]
        rest = [block for block in blocks if "guardContent" not in block]
        message["content"] = tagged if tagged and tagged_only else [*rest, *tagged]
    return answer


class ModelUnreachableError(RuntimeError):
    """The server behind the emulator's Bedrock did not answer."""


def _no_canned_reply(_original: Function) -> Function:
    def refuse(*_: object) -> str:
        raise ModelUnreachableError

    return refuse


def _failing_loudly(original: Function) -> Function:
    def converse(*arguments: object) -> Answer:
        try:
            answer: Answer = original(*arguments)
        except ModelUnreachableError:
            kind = "ModelErrorException"
            fault = {"message": "the model behind the local run did not answer", "__type": kind}
            headers = {"Content-Type": "application/json", "x-amzn-errortype": kind}
            return 424, headers, json.dumps(fault).encode()
        return answer

    return converse


def _with_plain_turns(original: Function) -> Function:
    def wrapped(messages: list[dict[str, Any]] | None, *rest: object) -> Any:
        return original(plain_turns(messages or []), *rest)

    return wrapped


def _with_tagged_turns(original: Function) -> Function:
    def wrapped(messages: list[dict[str, Any]] | None) -> Any:
        return original(plain_turns(messages or [], tagged_only=True))

    return wrapped


def _holding(original: Callable[..., Coroutine[object, None, Answer]]) -> Function:
    async def handle_request(method: str, path: str, headers: Any, body: bytes, query: Any) -> Answer:
        answer = await original(method, path, headers, body, query)
        action = parse_qs(body.decode(errors="replace")).get("Action", [""])[0]
        waited = 0.0
        while (
            action == "DescribeStacks"
            and b"_IN_PROGRESS</StackStatus>" in answer[2]
            and waited < HOLD_SECONDS
        ):
            await asyncio.sleep(_HOLD_STEP_SECONDS)
            waited += _HOLD_STEP_SECONDS
            answer = await original(method, path, headers, body, query)
        return answer

    return handle_request


def _never(_original: Function) -> Function:
    def no(_client: object) -> bool:
        return False

    return no


def _as_if_by_tls(original: Function) -> Function:
    def pin(source_ip: str, _secure: object) -> None:
        original(source_ip, True)

    return pin


def install() -> None:
    """Correct the emulator of this process.

    Raises:
        LocalRunError: Something that is corrected is no longer where it was.
    """
    bedrock = emulator_module("services.bedrock_runtime")
    swap(bedrock, "_openai_messages", _with_plain_turns)
    swap(bedrock, "_messages_text", _with_plain_turns)
    swap(bedrock, "_last_user_text", _with_tagged_turns)
    swap(bedrock, "_mock_reply", _no_canned_reply)
    swap(bedrock, "_converse", _failing_loudly)
    cognito = emulator_module("services.cognito")
    require(cognito, "_find_pool_by_client_id", "_resolve_user", "_totp_matches")
    swap(cognito, "handle_login_submit", lambda original: SecondFactor(cognito, original))
    swap(cognito, "_use_choice_based_ui", _never)
    swap(emulator_module("services.cloudformation"), "handle_request", _holding)
    responses = emulator_module("core.responses")
    require(responses, "_request_region")
    resolver = emulator_module("services.cloudformation.engine")
    swap(resolver, "_resolve_refs", lambda original: across_regions(responses, original))
    _patch_iam()
    _patch_api()


def _patch_api() -> None:
    waf, gateway = emulator_module("services.waf"), emulator_module("services.apigateway_v1")
    require(waf, "_associations", "_ip_sets", "_web_acls", "web_acl_record")
    require(gateway, "_gateway_error_response", "_gw_error", "find_api_scope", "new_uuid", "request_scope")
    require(gateway, "stages_for_api")
    swap(gateway, "handle_execute", lambda original: StageFilter(gateway, waf, original))


def _patch_iam() -> None:
    require(emulator_module("services.sts"), "_sessions")
    require(emulator_module("services.dynamodb"), "_tables")
    swap(emulator_module("app"), "pin_request_origin", _as_if_by_tls)
    swap(emulator_module("core.iam_actions"), "extract_resource_arn", remember_request)
    evaluator = emulator_module("core.iam_evaluator")
    require(evaluator, "EvalContext", "EvalResult", "_resolve_condition_key", "evaluate_resource_policy")
    require(evaluator, "resolve_principal")
    swap(evaluator, "_first_match", lambda original: with_resources(original, evaluator))
    swap(evaluator, "_conditions_met", lambda original: with_variables(original, evaluator))
    swap(evaluator, "enforce", lambda original: Enforcement(evaluator, original))
