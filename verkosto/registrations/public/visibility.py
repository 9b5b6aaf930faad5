"""The rule for who may see a desk whose page is private: visitors who may read the page, and invited people."""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from verkosto.core.view_restrictions import may_view, private_page_paths
from verkosto.registrations.domain.eligibility import invitation_by_code
from verkosto.registrations.models import Desk


def may_see_desk(request: HttpRequest, desk: Desk, code: str = "") -> bool:
    """Return whether a visitor may see a desk: its page is not private to them, or ``code`` is of a valid invitation.

    The page in the visitor's language decides, or the original. No query on a site without private pages.
    """
    if not private_page_paths():
        return True
    versions = Page.objects.filter(translation_key=desk.translation_key).select_related("locale")
    by_language = {page.locale.language_code: page for page in versions}
    page = by_language.get(get_language() or "") or by_language.get(desk.original_language)
    if page is None or may_view(request, page):
        return True
    return bool(code) and invitation_by_code(desk, code) is not None
