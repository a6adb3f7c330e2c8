"""What one request reserves: pure, above the prompt that is really sent, and free of AWS."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chat.prompt import SYSTEM_PROMPT
from function_environment.limits import (
    HISTORY_BYTES,
    MESSAGE_BYTES,
    MESSAGE_CHARS,
    PASSAGE_BYTES,
    PROMPT_OVERHEAD_TOKENS,
    reserved_tokens,
    text_bytes,
)

LAMBDA = Path(__file__).resolve().parents[3] / "lambda"
TOKENS_PER_DAY_OF_DEV = 500_000


def test_a_reservation_is_prompt_message_history_documents_and_answer() -> None:
    assert reserved_tokens(0, 1) == PROMPT_OVERHEAD_TOKENS + (HISTORY_BYTES + PASSAGE_BYTES) // 3 + 1
    assert reserved_tokens(300, 1024) - reserved_tokens(0, 1024) == 100
    assert reserved_tokens(300, 1024) - reserved_tokens(300, 24) == 1000


@given(st.integers(0, MESSAGE_BYTES), st.integers(1, 8192))
def test_a_longer_message_or_answer_never_reserves_less(message_bytes: int, max_output_tokens: int) -> None:
    reserved = reserved_tokens(message_bytes, max_output_tokens)
    assert reserved <= reserved_tokens(message_bytes + 1, max_output_tokens)
    assert reserved < reserved_tokens(message_bytes, max_output_tokens + 1)


def test_the_overhead_covers_the_system_prompt() -> None:
    assert text_bytes(SYSTEM_PROMPT.format(canary="canary-" + 16 * "x")) // 3 <= PROMPT_OVERHEAD_TOKENS


def test_the_largest_request_leaves_a_days_quota_for_many() -> None:
    assert 20 * reserved_tokens(MESSAGE_BYTES, 1024) < TOKENS_PER_DAY_OF_DEV


@given(st.text(alphabet=st.characters(), max_size=50))
def test_no_message_is_longer_in_bytes_than_the_limit_says(text: str) -> None:
    assert text_bytes(text) * MESSAGE_CHARS <= len(text) * MESSAGE_BYTES


def test_the_constructs_can_import_the_limits_without_aws() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(LAMBDA)!r}); before = set(sys.modules); "
        "import function_environment.limits; "
        "names = {name.partition('.')[0] for name in set(sys.modules) - before}; "
        "print(sorted(names - sys.stdlib_module_names))"
    )
    result = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "['function_environment']"
