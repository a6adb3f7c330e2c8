"""What the functions of the response hand to one another: actions, evidence, results, names of rows."""

from response_rows.plan import Action, ActionKind, Plan, PlanError, Result, ResultStatus

__all__ = ["Action", "ActionKind", "Plan", "PlanError", "Result", "ResultStatus"]
