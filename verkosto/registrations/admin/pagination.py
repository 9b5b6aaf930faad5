"""Paginated lists that show how many rows they have."""

from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator


class CountedPaginator(WagtailPaginator):
    """Shows the number of rows alone: Wagtail puts a plural noun after it, which is wrong in languages with noun cases."""

    @property
    def items_count_label(self) -> str:
        return _("%(most)s in total") % {"most": self.count}
