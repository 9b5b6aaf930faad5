"""Lists that say how many rows they have."""

from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator


class CountedPaginator(WagtailPaginator):
    """Says "12 in all": Wagtail's number with a plural noun is wrong in languages that inflect the noun."""

    @property
    def items_count_label(self) -> str:
        return _("%(most)s in total") % {"most": self.count}
