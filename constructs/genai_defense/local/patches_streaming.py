"""Run-time corrections of the emulator that make responses stream; see streaming.py.

A failure of the model's server before the first word ends the stream without an answer, which the chatbot
takes for a broken model, as it should.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from genai_defense.local.clients import emulator_module
from genai_defense.local.patching import require, swap
from genai_defense.local.streaming import Function, streaming_invoke, streaming_proxy, with_sink
from genai_defense.local.streaming_model import streaming_converse
from genai_defense.local.streaming_worker import with_bootstrap, with_endpoint, worker_class, wraps


def install() -> None:
    """Make Lambda, API Gateway and Bedrock of this process stream.

    Raises:
        LocalRunError: Something that is corrected is no longer where it was.
    """
    runtime = emulator_module("core.lambda_runtime")
    require(runtime, "ProvidedWorker")
    require(runtime.ProvidedWorker, "_build_handler_class", "invoke", "_spawn")
    wrapped = worker_class()
    swap(runtime, "_worker_class_for", lambda original: _choose(original, wrapped))
    service = emulator_module("services.lambda_svc")
    require(service, "_execute_function_with_config_scope", "_es_encode_message", "_functions")
    require(service, "_get_func_record_for_ref_in_scope", "_execution_record_for_config")
    swap(service, "_provided_runtime_code_dir", with_bootstrap)
    swap(service, "_provided_worker_env", with_endpoint)
    swap(service, "acquire_worker", with_sink)
    swap(service, "_invoke_with_response_stream", streaming_invoke)
    gateway = emulator_module("services.apigateway_v1")
    require(gateway, "_build_lambda_event_v1", "_extract_lambda_ref_from_integration_uri")
    swap(gateway, "_invoke_lambda_proxy_v1", streaming_proxy)
    bedrock = emulator_module("services.bedrock_runtime")
    require(bedrock, "_resolve_guardrail", "_evaluate_guardrail", "_es_event", "_openai_tools")
    require(bedrock, "_CONVERSE_STREAM_RE", "_last_user_text", "_openai_messages")
    swap(bedrock, "handle_request", lambda original: _routed(original, bedrock))


def _choose(original: Function, wrapped: Any) -> Callable[[dict[str, Any]], Any]:
    def choose(config: dict[str, Any]) -> Any:
        return wrapped if wraps(config) else original(config)

    return choose


def _routed(original: Function, bedrock: Any) -> Function:
    """ConverseStream stays on the event loop, where a body can stream."""
    converse = streaming_converse(bedrock._converse_stream)  # noqa: SLF001 - this module is about its inside

    async def handle_request(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        asked = bedrock._CONVERSE_STREAM_RE.match(path) if method == "POST" else None  # noqa: SLF001 - the same
        if asked is None:
            return await original(method, path, headers, body, query)
        return await converse(unquote(asked.group(1)), headers, body)

    return handle_request
