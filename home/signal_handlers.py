"""What makes the kept headers and footers old."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.header_footer import forget_chrome
from home.models import SiteSettings


def forget_after_commit(**kwargs: Any) -> None:
    transaction.on_commit(forget_chrome)


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget_after_commit, dispatch_uid="home.forget_chrome")
    for signal in (post_save, post_delete):
        signal.connect(forget_after_commit, sender=SiteSettings, dispatch_uid="home.forget_chrome")
