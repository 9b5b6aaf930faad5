from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.registration import StaffRegistrationForm, with_optional_answers
from verkosto.registrations.admin.labels import refusal_message
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.admin.views.registration_detail import RegistrationViewMixin
from verkosto.registrations.domain import signup
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.exceptions import AlreadyRegistered, ChoiceFull, FileNotStored, Refusal
from verkosto.registrations.models import Question, Registration


class RegistrationFormView(DeskAdminView):
    """A desk's form as staff fill it in."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    tab = "list"
    template_name = "verkosto_registrations/admin/form.html"
    registration: Registration | None = None

    @cached_property
    def questions(self) -> list[Question]:
        """The form's questions; sensitive ones only for users who may read them."""
        in_use = self.desk.questions.in_use().select_related("desk")
        readable = [
            question
            for question in in_use
            if self.has_permission(DeskPermission.READ_SENSITIVE) or not question.sensitive
        ]
        return with_optional_answers(readable)

    def get_form(self, *args: Any, **kwargs: Any) -> StaffRegistrationForm:
        return StaffRegistrationForm(
            *args,
            desk=self.desk,
            questions=self.questions,
            pools=self.desk.pools.all(),
            registration=self.registration,
            initial=self.get_initial(),
            **kwargs,
        )

    def get_initial(self) -> dict[str, object]:
        languages = [self.desk.original_language, *self.desk.versions]
        return {"language": get_language() if get_language() in languages else self.desk.original_language}

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        form = kwargs.get("form") or self.get_form()
        return {**super().get_context_data(**kwargs), "form": form, "back_url": self.back_url}

    @property
    def back_url(self) -> str:
        return self.desk_url("registrations")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                registration = self.save(form)
            except (ChoiceFull, FileNotStored) as refusal:
                form.add_error(f"q-{refusal.question_key}", refusal_message(refusal))
            except Refusal as refusal:
                form.add_error(None, refusal_message(refusal))
                if isinstance(refusal, AlreadyRegistered):
                    form.offer_to_share_address()
            else:
                return redirect(self.desk_url("registration", registration.pk))
        messages.error(request, _("The registration was not saved. Check the errors below."))
        return self.render_to_response(self.get_context_data(form=form))

    def save(self, form: StaffRegistrationForm) -> Registration:
        raise NotImplementedError


class AddRegistrationView(RegistrationFormView):
    """Add a registration. Opening times and eligibility do not apply to staff; the number of places does."""

    page_title = gettext_lazy("Add a registration")
    header_icon = "plus"

    def save(self, form: StaffRegistrationForm) -> Registration:
        data = signup.SignupData(language=form.cleaned_data["language"], **form.registration_data)
        registration = signup.sign_up(desk=self.desk, data=data, user=signed_in_user(self.request))
        log("registrations.change", registration, self.request.user, what="added")
        messages.success(
            self.request,
            _("%(name)s is registered: %(status)s.")
            % {"name": registration, "status": registration.get_status_display().lower()},
            buttons=[messages.button(self.desk_url("add"), _("Add another"))],
        )
        return registration


class ChangeRegistrationView(RegistrationViewMixin, RegistrationFormView):
    """Change a registration's answers."""

    page_title = gettext_lazy("Change")
    header_icon = "edit"
    registration: Registration

    @property
    def back_url(self) -> str:
        return self.registration_url

    @property
    def shows_sensitive(self) -> bool:
        if any(self.sensitive_answers.values()):
            return True
        may_see = self.registration.places > 1 and self.has_permission(DeskPermission.READ_SENSITIVE)
        return may_see and self.registration.guests.filter(sensitive__isnull=False).exists()

    def get_initial(self) -> dict[str, object]:
        return {}

    def save(self, form: StaffRegistrationForm) -> Registration:
        data = ChangedAnswers(language=form.cleaned_data["language"], **form.registration_data)
        registration = change_answers(registration=self.registration, data=data, user=signed_in_user(self.request))
        log("registrations.change", registration, self.request.user, what="answers")
        messages.success(self.request, _("The registration of %(name)s has been changed.") % {"name": registration})
        return registration
