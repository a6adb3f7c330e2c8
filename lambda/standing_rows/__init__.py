"""How a user stands, as a row: the responder writes it, the guardrail function heeds it."""

from standing_rows.rows import Standing, StandingError, State, item_of, standing_key, standing_of

__all__ = ["Standing", "StandingError", "State", "item_of", "standing_key", "standing_of"]
