"""Aliases of pages, and the page types that cannot have one."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page


def reason_against_alias(page: Page, *, recursive: bool = False) -> str:
    """Return why a page, or with ``recursive`` one below it, cannot have an alias; "" when all can.

    A page class says so in ``no_alias_reason``. One query.
    """
    pages = Page.objects.descendant_of(page, inclusive=True) if recursive else Page.objects.filter(pk=page.pk)
    types = ContentType.objects.filter(pk__in=pages.order_by().values("content_type"))
    reasons = (getattr(content_type.model_class(), "no_alias_reason", "") for content_type in types)
    return str(next(filter(None, reasons), ""))


def refuse_aliases() -> None:
    """Make Wagtail's action refuse an alias that ``reason_against_alias`` objects to, whatever view or API starts it.

    A language version that follows its original keeps the translation key, and is no second page of the same language.
    """
    check = CreatePageAliasAction.check

    def check_with_reason(self: CreatePageAliasAction, skip_permission_checks: bool = False) -> None:
        if self.reset_translation_key and (reason := reason_against_alias(self.page, recursive=self.recursive)):
            raise ValidationError({"alias": reason})
        check(self, skip_permission_checks=skip_permission_checks)

    CreatePageAliasAction.check = check_with_reason
