"""Translating a page's customised email templates, for the translators of the page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, TranslatableMixin

from verkosto.localisation.permissions.access import may_edit, require
from verkosto.localisation.workflow.related_translations import RelatedTranslation, RelatedTranslationsProvider
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.email_templates import EmailTemplateForm
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import Desk, EmailTemplate


def customised_templates(desk: Desk) -> dict[str, EmailTemplate]:
    """Return the email templates that are customised in the original's language, by kind."""
    return {each.kind: each for each in desk.email_templates.filter(language=desk.original_language)}


@hooks.register("register_verkosto_related_translations")
def related_translations() -> RelatedTranslationsProvider:
    return email_templates_to_translate


def email_templates_to_translate(original: TranslatableMixin, version: TranslatableMixin) -> list[RelatedTranslation]:
    """Return one row for each email template that is customised in the original's language.

    It is done if its translation is newer than the original.
    """
    desk = Desk.objects.filter(translation_key=original.translation_key).first()
    if desk is None or not isinstance(version, Page):
        return []
    originals = customised_templates(desk)
    done = {
        each.kind
        for each in desk.email_templates.filter(language=version.locale.language_code, kind__in=originals)
        if each.updated_at >= originals[each.kind].updated_at
    }
    kinds = mail_kinds()
    return [
        RelatedTranslation(
            _("Email: %(kind)s") % {"kind": kinds[kind].label},
            reverse("email_template_translation", args=[version.pk, kind]),
            kind in done,
        )
        for kind in originals
        if kind in kinds
    ]


def email_template_translation_view(request: HttpRequest, page_pk: int, kind: str) -> HttpResponse:
    """Edit one email template in the language of the page. Requires permission to edit the page in that language."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_pk).specific
    require(may_edit(request.user, page))
    desk = get_object_or_404(Desk, translation_key=page.translation_key)
    source = customised_templates(desk).get(kind)
    if source is None or kind not in mail_kinds():
        raise Http404
    language = page.locale.language_code
    own = desk.email_templates.filter(kind=kind, language=language).first()
    form = EmailTemplateForm(request.POST or None, kind=mail_kinds()[kind], language=language, own=own)
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.method == "POST" and form.is_valid():
        form.save(desk=desk, language=language)
        log("registrations.mail", desk, request.user, reworded=kind, language=language)
        messages.success(request, _("The email’s text is saved. It will be used from the next email onwards."))
        return redirect(edit_url)
    title = _("Email: %(kind)s") % {"kind": mail_kinds()[kind].label}
    return render(
        request,
        "cms/email_template_translation.html",
        {
            "source": source,
            "form": form,
            "page_title": title,
            "header_title": title,
            "breadcrumbs_items": [{"url": edit_url, "label": str(page)}, {"url": "", "label": title}],
        },
    )
