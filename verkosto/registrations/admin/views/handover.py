"""The decisions of staff on requests to hand over a place."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verkosto.core.email_addresses import readable_email
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.forms.actions import ReasonForm
from verkosto.registrations.admin.views.actions import RegistrationActionView
from verkosto.registrations.domain import handover
from verkosto.registrations.models import HandoverRequest


class HandoverDecisionView(RegistrationActionView):
    """Ask about a request, naming both people; without one, about a request that is not there any more."""

    def get_question(self) -> str:
        request = HandoverRequest.objects.filter(registration=self.registration).first()
        colleague = f"{request.name} ({readable_email(request.email)})" if request else "–"
        return str(self.question) % {"name": self.registration, "colleague": colleague}


class AcceptHandoverView(HandoverDecisionView):
    page_title = gettext_lazy("Hand over the place")
    question = gettext_lazy(
        "Give the place of %(name)s to %(colleague)s? Both are notified by email. Answers are not passed on."
    )
    button = gettext_lazy("Yes, hand over the place")
    audit_action = "handed over"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        former = self.registration
        successor = handover.accept_request(registration=former, user=signed_in_user(self.request))
        text = _("The place of %(name)s now belongs to %(colleague)s.") % {"name": former, "colleague": successor}
        return text, [(_("View the registration"), self.desk_url("registration", successor.pk))]


class RefuseHandoverView(HandoverDecisionView):
    page_title = gettext_lazy("Refuse the hand-over")
    question = gettext_lazy(
        "Refuse that %(name)s gives their place to %(colleague)s? %(name)s keeps the place and is notified by email."
    )
    button = gettext_lazy("Yes, refuse")
    form_class = ReasonForm
    audit_action = "hand-over refused"

    def perform(self, **cleaned: Any) -> tuple[str, list[tuple[str, str]]]:
        handover.refuse_request(
            registration=self.registration, reason=cleaned["reason"], user=signed_in_user(self.request)
        )
        return _("%(name)s keeps the place.") % {"name": self.registration}, []
