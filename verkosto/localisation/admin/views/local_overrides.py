"""Local overrides of one language version, without JavaScript."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from verkosto.core.users import signed_in_user
from verkosto.localisation.admin.views.editor import own_translation
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.overrides.editor import OverrideEditor, overridable_content
from verkosto.localisation.upstream import edit_url


def local_overrides_view(request: HttpRequest, pk: int) -> HttpResponse:
    """List what may differ in one language version; a POST adds or removes a local override."""
    translation, target = own_translation(request, pk, to_write=request.method == "POST")
    if request.method == "POST":
        try:
            if request.POST.get("create"):
                local_overrides.create_override(target, request.POST["create"], by=signed_in_user(request))
                messages.success(request, _("The part is now a local override."))
                return redirect("verkosto_localisation:local_override", pk, request.POST["create"])
            elif request.POST.get("remove"):
                local_overrides.remove_override(target, request.POST["remove"])
                messages.success(request, _("The part uses the original’s content again from its next publication."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect(request.path)
    return render(
        request,
        "verkosto_localisation/local_overrides.html",
        {
            "rows": overridable_content(target),
            "translation": translation,
            "page_title": _("Local overrides"),
            "header_title": _("Local overrides"),
            "breadcrumbs_items": [
                {"url": reverse("verkosto_localisation:dashboard"), "label": _("Translations")},
                {"url": edit_url(target), "label": str(target)},
                {"url": "", "label": _("Local overrides")},
            ],
        },
    )


def local_override_view(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Edit one local override."""
    translation, target = own_translation(request, pk, to_write=True)
    if path not in local_overrides.overridden_paths_of(target):
        raise Http404
    title = _("Local overrides in %(language)s") % {"language": translation.target_locale.get_display_name()}
    editor = OverrideEditor(target, path, request)
    if request.method == "POST":
        try:
            editor.save(by=signed_in_user(request))
        except ValueError:
            messages.error(request, _("Not saved. Correct the marked fields."))
        else:
            messages.success(request, _("Saved. The change is visible on the page once it is published or approved."))
            return redirect("verkosto_localisation:local_overrides", translation.pk)
    return render(
        request,
        "verkosto_localisation/local_override.html",
        {
            "editor": editor,
            "media": editor.media,
            "page_title": editor.label,
            "header_title": editor.label,
            "title": title,
            "breadcrumbs_items": [
                {"url": edit_url(target), "label": str(target)},
                {
                    "url": reverse("verkosto_localisation:local_overrides", args=[translation.pk]),
                    "label": _("Local overrides"),
                },
                {"url": "", "label": editor.label},
            ],
        },
    )
