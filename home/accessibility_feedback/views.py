"""The public form next to the accessibility statement. It works without JavaScript, and nothing that was typed is lost."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale

from home.accessibility_feedback import use_cases
from home.accessibility_feedback.forms import FeedbackForm
from home.accessibility_feedback.statement import statement_in
from home.models import AccessibilityPage
from verkosto.core.base_template import base_context
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.request_link import may_request
from verkosto.registrations.public.views.responses import personal


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: HttpRequest) -> HttpResponse:
    """Show the form, or store what was sent. Beyond the limit of a network the form asks for a proof of work."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    statement = _statement()
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if may_request(request, form.cleaned_data["proof"]):
            use_cases.receive(feedback=form.feedback, language=get_language() or "")
            return redirect("accessibility_feedback_sent")
        form.add_error(None, _("Many forms have been sent from your network in a short time. Send the form again."))
        status = 429
    return _page(request, "form.html", {"form": form, "statement": statement}, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say when the answer comes, and where to turn without one."""
    return _page(request, "sent.html", {"statement": _statement()}, status=200)


def _statement() -> AccessibilityPage:
    """Return the statement in the language of the URL. Raises Http404 if it has none."""
    page = statement_in(Locale.get_active().language_code)
    if page is None:
        raise Http404
    return page


def _page(request: HttpRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    context = {**base_context(), **context}
    return personal(render(request, f"home/accessibility_feedback/{template}", context, status=status))
