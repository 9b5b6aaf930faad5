"""The panel about open feedback on the admin's home page."""

from django.http import HttpRequest
from django.template import Context
from wagtail.admin.ui.components import Component

from home.accessibility_feedback.permissions import may_answer
from home.models import AccessibilityFeedback


class FeedbackPanel(Component):
    """How much feedback about accessibility waits for its answer, and until when."""

    name = "accessibility_feedback"
    template_name = "home/accessibility_feedback/admin/home_panel.html"
    order = 130

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        """Return the numbers of open and overdue feedback, and when the next answer is due. At most three queries."""
        due = list(AccessibilityFeedback.objects.open().values_list("due_on", flat=True).order_by("due_on")[:1])
        return {
            "open": AccessibilityFeedback.objects.open().count() if due else 0,
            "overdue": AccessibilityFeedback.objects.overdue().count() if due else 0,
            "due_on": due[0] if due else None,
        }


def add_feedback_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panel for those who answer; for the hook ``construct_homepage_panels``."""
    if may_answer(request.user):
        panels.append(FeedbackPanel())
