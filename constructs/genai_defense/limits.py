"""Limits that settings and constructs share with the functions; tests/stacks/test_contract.py ties them."""

MAX_MESSAGE_CHARS = 4000
"""Longest message of a user, in characters."""
TOKENS_BESIDE_THE_ANSWER = 12_200
"""What the guardrail function reserves for the longest message, history, documents and its own prompt."""


def least_tokens_per_day(max_output_tokens: int) -> int:
    """Smallest daily quota under which a message of full length can be answered."""
    return TOKENS_BESIDE_THE_ANSWER + max_output_tokens
