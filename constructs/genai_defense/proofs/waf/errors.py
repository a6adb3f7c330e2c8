"""What the evaluator says when it cannot answer."""


class NotEvaluableError(ValueError):
    """A web ACL holds something that the evaluator does not know; it never counts as passed."""
