from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.coreutils import get_content_languages
from wagtail.rich_text import get_text_for_indexing

from verkosto.core.downloads import attachment
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.columns import message_state, registration_state
from verkosto.registrations.admin.filters import readable_questions
from verkosto.registrations.admin.forms.actions import NoteForm
from verkosto.registrations.admin.labels import history_label, mail_kind_label
from verkosto.registrations.admin.meetings import meetings_of
from verkosto.registrations.admin.permissions import DeskPermission, desks_for
from verkosto.registrations.admin.views.base import DeskAdminView, DeskViewMixin
from verkosto.registrations.domain.waiting_list import can_give_places
from verkosto.registrations.domain.waiting_reasons import waiting_for
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.forms.guests import known_guests_of
from verkosto.registrations.models import AnswerFile, Guest, HandoverRequest, Question, Registration
from verkosto.registrations.privacy.notice_snapshots import snapshot_text

Status = RegistrationStatus


class RegistrationViewMixin(DeskViewMixin):
    """Loads a registration of the desk. One that is erased or belongs to another desk answers 404."""

    registration: Registration
    moved: Registration | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Registration.objects.filter(desk=self.desk, purged_at__isnull=True).select_related("desk", "added_by")
        found = rows.filter(pk=kwargs["pk"]).first()
        if found is None:
            self.moved = Registration.objects.departed_from(self.desk).filter(pk=kwargs["pk"]).first()
        self.registration = found or self.moved  # type: ignore[assignment]  # neither is refused here
        if self.registration is None:
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Redirect from a registration that was moved to where it is now, or to the list of moved registrations."""
        if self.moved is None:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views
        there = self.moved.desk_id
        if not self.moved.purged_at and desks_for(request.user).filter(pk=there).exists():
            return redirect("verkosto_registrations_admin:registration", there, self.moved.pk)
        return redirect(self.desk_url("moved_registrations"))

    @property
    def shows_sensitive(self) -> bool:
        """Whether the page shows sensitive answers."""
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        """Log that the registration was seen: every page that shows one does."""
        action = "registrations.see_sensitive" if self.shows_sensitive else "registrations.see"
        log(action, self.registration, self.request.user)
        return super().get_context_data(**kwargs)

    @property
    def sensitive_answers(self) -> dict[str, object]:
        """The registration's sensitive answers; empty for users who may not read them."""
        if not self.has_permission(DeskPermission.READ_SENSITIVE) or not hasattr(self.registration, "sensitive"):
            return {}
        return dict(self.registration.sensitive.answers)

    @property
    def registration_url(self) -> str:
        return self.desk_url("registration", self.registration.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        here = self.get_page_title()  # type: ignore[attr-defined]  # a view's
        return self.desk_breadcrumbs((str(self.registration), self.registration_url), (here, ""))


class RegistrationView(RegistrationViewMixin, DeskAdminView):
    """A registration with its answers, history, messages and notes."""

    tab = "list"
    header_icon = "user"
    template_name = "verkosto_registrations/admin/registration.html"

    def get_page_title(self) -> str:
        return str(self.registration)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return self.desk_breadcrumbs((str(self.registration), ""))

    @cached_property
    def questions(self) -> list[Question]:
        return readable_questions(self.desk, sensitive=self.has_permission(DeskPermission.READ_SENSITIVE))

    @property
    def shows_sensitive(self) -> bool:
        return any(self.sensitive_answers.values()) or any(
            question.sensitive for _guest, answers in self.guests for question, _text in answers
        )

    @cached_property
    def guests(self) -> list[tuple[Guest, list[tuple[Question, str]]]]:
        """The guests, each with the questions that the user may read and their answers as text."""
        found = []
        for guest in known_guests_of(self.registration):
            stored = guest.all_answers()
            answered = [question for question in self.questions if question.key in stored]
            found.append((guest, [(question, question.display(stored[question.key])) for question in answered]))
        return found

    def answers(self) -> list[dict[str, object]]:
        """Return the questions that were answered, and those of the current form."""
        stored = {**self.registration.answers, **self.sensitive_answers}
        files = {file.question_key: file for file in self.registration.files.all()}
        return [
            {
                "question": question,
                "text": question.display(stored.get(question.key)),
                "file": files.get(question.key),
            }
            for question in self.questions
            if question.key in stored or not question.is_retired
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        registration = self.registration
        return {
            **super().get_context_data(**kwargs),
            "registration": registration,
            "state": registration_state(registration),
            "language": get_content_languages().get(registration.language, registration.language),
            "answers": self.answers(),
            "guests": self.guests,
            "hides_sensitive": not self.has_permission(DeskPermission.READ_SENSITIVE)
            and self.desk.questions.filter(sensitive=True).exists(),
            "history": self.history(),
            "messages_written": [
                {"message": message, "state": message_state(message), "label": mail_kind_label(message.kind)}
                for message in registration.messages.all()
            ],
            "notes": registration.notes.select_related("author"),
            "note_form": kwargs.get("note_form") or NoteForm(),
            "agreed_at": parse_datetime(registration.agreed.get("at", "")),
            "notice_paragraphs": self.notice_paragraphs(),
            "can_change": self.has_permission(DeskPermission.CHANGE),
            "waiting_list_position": self.waiting_list_position(),
            "waiting_for": waiting_for(registration),
            "meetings": meetings_of(registration),
            "handover_request": self.handover_request,
            **self.related_people(),
        }

    def history(self) -> list[dict[str, object]]:
        """Return the history; a change of desk links to the desk that the user may see."""
        changes = list(self.registration.changes.select_related("user", "from_desk"))
        known = set()
        if left := {change.from_desk_id for change in changes if change.from_desk_id}:
            known = set(desks_for(self.request.user).filter(pk__in=left).values_list("pk", flat=True))
        return [
            {"change": change, "label": history_label(change), "from_desk": change.from_desk_id in known}
            for change in changes
        ]

    def notice_paragraphs(self) -> list[str]:
        """Return the paragraphs of the privacy notice as the registrant read it, without markup."""
        shown = snapshot_text(self.registration.agreed)
        names = ("controller", "purpose", "recipients", "retention", "rights", "body", "contact_email")
        return [get_text_for_indexing(shown[name]) for name in names if shown.get(name)]

    def waiting_list_position(self) -> int | None:
        """Return the position on the waiting list, from 1; None for registrations that are not waiting."""
        registration = self.registration
        if registration.status != RegistrationStatus.WAITING or registration.has_offer:
            return None
        return self.desk.registrations.on_waiting_list().ahead_of(registration).count() + 1

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.has_permission(DeskPermission.CHANGE):
            return []
        pk = self.registration.pk
        buttons = [HeaderButton(_("Change"), url=self.desk_url("change", pk), icon_name="edit")]
        if self.registration.status == Status.AWAITING_APPROVAL:
            buttons.insert(0, HeaderButton(_("Approve"), url=self.desk_url("approve", pk), icon_name="check"))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            Button(label, url=self.desk_url(name, self.registration.pk), icon_name=icon, priority=priority)
            for priority, (name, label, icon) in enumerate(self.available_actions())
        ]

    @cached_property
    def handover_request(self) -> HandoverRequest | None:
        return HandoverRequest.objects.filter(registration=self.registration).first()

    def related_people(self) -> dict[str, Registration | None]:
        """Return from whom the person took over the place, and to whom they gave it, where not erased."""
        rows = Registration.objects.filter(purged_at__isnull=True, desk=self.desk)
        return {
            "predecessor": rows.filter(successors=self.registration).first(),
            "successor": rows.filter(predecessor=self.registration).last(),
        }

    def available_actions(self) -> list[tuple[str, str, str]]:
        """Return (URL name, label, icon) of the actions that the user may perform on the registration now."""
        status, actions = self.registration.status, []
        if self.has_permission(DeskPermission.CHANGE):
            if status == Status.DECLINED:
                actions.append(("approve", _("Approve"), "check"))
            if status == Status.AWAITING_APPROVAL:
                actions.append(("decline", _("Decline"), "cross"))
            if status in (Status.CANCELLED, Status.EXPIRED):
                actions.append(("rejoin", _("Register again"), "resubmit"))
            if status == Status.WAITING and can_give_places(self.desk):
                actions.append(("give_place", _("Give a place"), "check"))
                if self.registration.keeps_places:
                    actions.append(("release_places", _("No longer keep free places"), "lock-open"))
                elif self.registration.places > 1 and not self.registration.holds_place:
                    actions.append(("keep_places", _("Keep free places"), "lock"))
            if self.handover_request:
                actions.append(("hand_over", _("Hand over the place"), "check"))
                actions.append(("refuse_hand_over", _("Refuse the hand-over"), "cross"))
            if not self.registration.has_ended:
                actions.append(("move", _("Move to another event"), "arrow-right-full"))
                actions.append(("cancel", _("Cancel the registration"), "cross"))
            actions.append(("resend", _("Send the confirmation again"), "mail"))
        if self.has_permission(DeskPermission.ERASE):
            actions.append(("erase", _("Erase"), "bin"))
        return actions


class AddNoteView(RegistrationView):
    """Add a note to a registration. One that is refused is shown again with the registration."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NoteForm(request.POST)
        if not form.is_valid():
            messages.error(request, form.errors["text"][0])
            return self.render_to_response(self.get_context_data(note_form=form))
        self.registration.notes.create(author_id=request.user.pk, text=form.cleaned_data["text"])
        log("registrations.change", self.registration, request.user, what="note")
        messages.success(request, _("The note is saved."))
        return redirect(self.registration_url)


class FileView(RegistrationViewMixin, View):
    """A file that was given as an answer. It is always downloaded and never opened in the browser."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        file = get_object_or_404(AnswerFile, pk=kwargs["file_pk"], registration=self.registration)
        question = self.desk.questions.filter(key=file.question_key).first()
        if (question is None or question.sensitive) and not self.has_permission(DeskPermission.READ_SENSITIVE):
            raise Http404
        response = attachment(file.file, file.name)
        log("registrations.see_file", self.registration, request.user)
        return response
