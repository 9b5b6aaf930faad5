"""Emails by staff to the members of a page: written, previewed and tested in each language, sent, and followed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.coreutils import get_content_languages
from wagtail.log_actions import log

from network_pages.enums import RecipientTerm
from network_pages.member_links import language_of
from network_pages.member_mailing_forms import ChoosePageForm, MemberMailingForm
from network_pages.member_mailings import MAILING, recipients, send_to_members, text_for
from network_pages.member_pages import page_choices, title_of, version_of
from network_pages.member_views import HOME, INDEX, MembersAdminView
from network_pages.models import MemberMailing, Membership
from network_pages.models.member_mailing import counts_of
from network_pages.models.membership_querysets import MembershipQuerySet
from network_pages.permissions import Permission
from verkosto.core.jobs import engine
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.mail_previews import MailPreview, preview_mail
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Desk, Job, Message

MAILINGS: dict[str, object] = {"url": reverse_lazy("members:mailings"), "label": gettext_lazy("Emails to members")}
PAGE_SIZE = 30


class MemberMailingsView(MembersAdminView):
    """The emails to members of the pages whose members the user may change, the latest first."""

    page_title = gettext_lazy("Emails to members")
    header_icon = "mail"
    template_name = "verkosto_networks/admin/member_mailings.html"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Write an email"), url=reverse("members:write"), icon_name="plus")]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mailings = MemberMailing.objects.visible_to(request.user).select_related("created_by")
        page = Paginator(mailings, PAGE_SIZE).get_page(request.GET.get("p"))
        titles, counts = dict(page_choices(request.user, Permission.CHANGE)), counts_of(page)
        rows = [(mailing, titles.get(mailing.translation_key, ""), counts[mailing.key]) for mailing in page]
        return self.render_to_response(self.get_context_data(rows=rows, page_obj=page))


class WriteToMembersView(MembersAdminView):
    """Write, preview, test and send an email. Nothing is stored before it is sent."""

    page_title = gettext_lazy("Write to members")
    header_icon = "mail"
    template_name = "verkosto_networks/admin/write_to_members.html"

    @cached_property
    def chosen_key(self) -> UUID | None:
        """The page to whose members to write, where the user may; None as long as none is chosen."""
        form = ChoosePageForm(self.request.GET, user=self.request.user)
        return form.cleaned_data["page"] if form.is_valid() else None

    @property
    def key(self) -> UUID:
        """The page to whose members to write. Raises Http404 where none is chosen."""
        if self.chosen_key is None:
            raise Http404
        return self.chosen_key

    @cached_property
    def members(self) -> MembershipQuerySet:
        """The members who may be written to at all."""
        return Membership.objects.not_ended().filter(translation_key=self.key).order_by()

    @cached_property
    def languages(self) -> list[str]:
        """The members' languages, the original's first."""
        used = {
            language_of(Membership(language=code))
            for code in self.members.values_list("language", flat=True).distinct()
        }
        page: Any = version_of(self.key)
        first = page.locale.language_code if page else ""
        known = [code for code in get_content_languages() if code in used]
        return sorted(known, key=lambda code: code != first) or [first]

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, INDEX, MAILINGS, {"url": "", "label": self.get_page_title()}]

    def get_form(self, data: Mapping[str, object] | None = None) -> MemberMailingForm:
        names = self.members.exclude(organisation="").values_list("organisation", flat=True).distinct()
        initial = {"term": RecipientTerm.CURRENT, "role": self.request.GET.getlist("role")}
        return MemberMailingForm(
            data, languages=self.languages, organisations=sorted(names, key=str.casefold), initial=initial
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context = {**super().get_context_data(**kwargs), "back_url": reverse("members:mailings")}
        if self.chosen_key is not None:
            context["network_title"] = title_of(self.key)
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.chosen_key is None:
            form = ChoosePageForm(user=request.user)
            return self.render_to_response(self.get_context_data(form=form, chooses_page=True))
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.chosen_key is None:
            return redirect("members:write")
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        chosen = recipients(self.key, form.selection, request.user)
        number = chosen.count()
        if not number:
            form.add_error(None, _("There is no member in this selection."))
        if not number or "edit" in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "send" in request.POST:
            return self.send(form, self.key)
        if "test" in request.POST:
            self.send_test(form)
        previews = [self.preview(form, language, chosen.with_titles()) for language in form.languages]
        context = self.get_context_data(form=form, previews=previews, number=number, is_preview=True)
        return self.render_to_response(context)

    def send(self, form: MemberMailingForm, key: UUID) -> HttpResponse:
        """Start the mailing, and show its progress."""
        user = signed_in_user(self.request)
        mailing, is_new = send_to_members(
            key=form.cleaned_data["key"],
            translation_key=key,
            subjects=form.subjects,
            bodies=form.bodies,
            selection=form.selection,
            user=user,
        )
        if is_new:
            data = {"mailing": mailing.pk, "count": mailing.recipients}
            log(user, "network_pages.mail_members", user=user, title="", data=data)
        return redirect("members:mailing", pk=mailing.pk)

    def send_test(self, form: MemberMailingForm) -> None:
        """Send the email to the user's own address, in every language."""
        user: Any = signed_in_user(self.request)
        if not user.email:
            messages.warning(self.request, _("Your account has no email address."))
            return
        example = Membership(translation_key=self.key, name=user.get_full_name(), email=user.email)
        for language in form.languages:
            context = {"is_test": True, **self.text(form, language, example), "name": example.name}
            outbox.write(MAILING.name, recipient=user.email, language=language, context=context)
        messages.success(self.request, _("A test email is being sent to %(email)s.") % {"email": user.email})

    def preview(self, form: MemberMailingForm, language: str, chosen: QuerySet[Membership]) -> MailPreview:
        """Return the email as one of the recipients in a language will get it."""
        codes = [language, ""] if language == language_of(Membership()) else [language]
        chosen = chosen.filter(language__in=codes)
        example = chosen.first() or Membership(translation_key=self.key, name=_("(name)"))
        message = Message(
            kind=MAILING.name,
            desk=Desk.objects.filter(translation_key=self.key).first(),
            recipient=example.email,
            language=language,
            context={**self.text(form, language, example), "name": example.name},
        )
        return preview_mail(message, number=chosen.count())

    def text(self, form: MemberMailingForm, language: str, example: Membership) -> dict[str, str]:
        """Return the subject, the body and the title of the page in a language, as an example member gets them."""
        with override(language):
            title = title_of(example.translation_key)
        text = text_for(example, form.subjects, form.bodies, language=language, title=title)
        return {**text, "title": title}


class MemberMailingView(MembersAdminView):
    """What became of one mailing: how many mails are sent, and which failed and why. POST sends those again."""

    header_icon = "mail"
    template_name = "verkosto_networks/admin/member_mailing.html"

    @cached_property
    def mailing(self) -> MemberMailing:
        """The mailing, where the user may write to its members."""
        visible = MemberMailing.objects.visible_to(self.request.user)
        return get_object_or_404(visible.select_related("created_by"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.mailing)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, INDEX, MAILINGS, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mailing = self.mailing
        page = Paginator(self.failed_messages().order_by("pk"), PAGE_SIZE).get_page(request.GET.get("p"))
        if page.object_list:
            data = {"mailing": mailing.pk, "count": len(page.object_list)}
            log(request.user, "network_pages.see_members", user=request.user, title="", data=data)
        job = mailing.job
        context = self.get_context_data(
            mailing=mailing,
            network_title=title_of(mailing.translation_key),
            counts=mailing.counts,
            has_stopped=job is not None and job.state == Job.State.FAILED,
            failures=page,
            texts=[(code, subject, mailing.bodies.get(code, "")) for code, subject in mailing.subjects.items()],
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = self.mailing.job
        if job is not None and job.state == Job.State.FAILED:
            engine.resume(job)
        if number := outbox.resend_all(self.failed_messages()):
            text = ngettext("%(n)s email is sent again.", "%(n)s emails are sent again.", number)
            messages.success(request, text % {"n": number})
        return redirect("members:mailing", pk=self.mailing.pk)

    def failed_messages(self) -> QuerySet[Message]:
        """Return the messages that could not be sent."""
        return Message.objects.failed().filter(mailing_key=self.mailing.key)
