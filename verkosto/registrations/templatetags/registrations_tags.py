from django import forms, template
from django.http import HttpRequest
from django.template import Context
from wagtail.models import Page

from verkosto.core.locales import lang_if_different
from verkosto.core.view_restrictions import may_view
from verkosto.registrations.public.context import FormContext, form_context_for, load_embedded_page
from verkosto.registrations.public.preview import preview_form_context

register = template.Library()


@register.inclusion_tag("verkosto_registrations/form.html", takes_context=True)
def registration_form(context: Context, page: Page) -> dict[str, object]:
    """Render a page's registration form, or why there is none, in one query; nothing for a page without a desk."""
    request = context.get("request")
    if not may_read(context, page):
        return {"form_context": None}
    form_context = _form_context(page, request)
    form = form_context.form() if form_context and form_context.takes_form else None
    return {"form_context": form_context, "form": form, "request": request, "csp_nonce": context.get("csp_nonce")}


@register.simple_tag
def embedded_page(page: Page | None) -> Page | None:
    """Return a chosen registrable page in the active language, else as chosen; None if it is gone or not public."""
    if page is None:
        return None
    if lang_if_different(page):
        local = page.localized
        page = local if local.live else page
    return load_embedded_page(page) if page.live else None


@register.simple_tag(takes_context=True)
def may_read(context: Context, page: Page) -> bool:
    """Return whether this visitor may read the page that takes a page's registrations, where another page shows its form."""
    request, target = context.get("request"), getattr(page, "registration_page", None)
    return target is None or request is None or getattr(request, "is_preview", False) or may_view(request, target)


@register.simple_tag
def registration_state(page: Page) -> FormContext | None:
    """Return the registration of a page for its facts: state, places left, closing time; None without a desk."""
    return _form_context(page, None)


def _form_context(page: Page, request: HttpRequest | None) -> FormContext | None:
    target = getattr(page, "registration_page", None)
    if target is None:
        return None
    if request is not None and getattr(request, "is_preview", False):
        return preview_form_context(target, getattr(request, "preview_mode", ""))
    return form_context_for(page)


@register.filter
def has_error(form: forms.BaseForm | None) -> bool:
    return bool(form and form.is_bound and form.errors)
