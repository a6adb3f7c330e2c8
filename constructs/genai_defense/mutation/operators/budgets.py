"""Budgets of models: their limit, who is told and when."""

from genai_defense.mutation.factories import GENAI, changed, dropped, times

_BUDGET = "AWS::Budgets::Budget"
_NOTICES = "NotificationsWithSubscribers"

LIMIT = changed(
    "budget-limit-up",
    GENAI,
    _BUDGET,
    "Budget.BudgetLimit.Amount",
    times(1000),
    "A thousand times as much may be spent.",
)
NOTICES = dropped("budget-silent", GENAI, _BUDGET, _NOTICES, "Nobody hears that the budget is spent.")
NOTICE = dropped("budget-notice-out", GENAI, _BUDGET, f"{_NOTICES}.*", "A notice is gone ({}).")
THRESHOLD = changed(
    "budget-notice-late",
    GENAI,
    _BUDGET,
    f"{_NOTICES}.*.Notification.Threshold",
    times(100),
    "A notice comes when a hundred times as much is spent ({}).",
)
PERIOD = changed(
    "budget-yearly", GENAI, _BUDGET, "Budget.TimeUnit", "ANNUALLY", "The budget is that of a year."
)
SUBJECT = changed(
    "budget-of-something-else",
    GENAI,
    _BUDGET,
    "Budget.CostFilters.Service",
    ["Amazon Chime"],
    "The budget does not count models.",
)
SUBSCRIBERS = changed(
    "budget-told-to-nobody",
    GENAI,
    _BUDGET,
    f"{_NOTICES}.*.Subscribers",
    [{"Address": "nobody@example.com", "SubscriptionType": "EMAIL"}],
    "A notice goes to an address of nobody ({}).",
)
