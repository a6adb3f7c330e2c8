from guardrail_engine.views.build import MAX_DEPTH, MAX_VIEWS, Views, build_views
from guardrail_engine.views.view import View

__all__ = ["MAX_DEPTH", "MAX_VIEWS", "View", "Views", "build_views"]
