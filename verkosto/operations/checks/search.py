"""Whether search finds every page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelsearch.backends import get_search_backend

from verkosto.core.health import Finding, Status, healthy
from verkosto.core.search.unindexed_pages import index_is_in_database, unindexed_pages


def find_unindexed_pages() -> Finding:
    """Find the pages that searches cannot find, or whether the search engine answers. One query at most."""
    if not index_is_in_database():
        return _find_engine()
    number = unindexed_pages().count()
    if not number:
        return healthy(_("Search finds every page."), pages_unindexed=0)
    text = ngettext("Search does not find %(count)s page.", "Search does not find %(count)s pages.", number)
    return Finding(
        Status.ATTENTION,
        text % {"count": number},
        _("The scheduled work adds them. If the number stays, run manage.py update_index."),
        {"pages_unindexed": number},
    )


def _find_engine() -> Finding:
    engine = getattr(get_search_backend(), "es", None)
    if engine is None or engine.ping():
        return healthy(_("The search engine answers."))
    return Finding(
        Status.FAILED,
        _("The search engine does not answer."),
        _("See that it runs at the address in SEARCH_URL. If its index was lost, run manage.py update_index."),
    )
