"""What another system learns of the audit log."""

import logging
from typing import Any

import pytest
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from verkosto.operations import audit_log


@pytest.mark.django_db
def test_entry_is_sent_after_its_commit_as_ids(
    django_user_model: Any, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    caplog.set_level(logging.INFO, logger="verkosto.audit")
    logging.getLogger("verkosto.audit").addHandler(caplog.handler)
    user = django_user_model.objects.create_user("aino", "aino@example.fi")
    page = Page.objects.get(depth=1)
    with django_capture_on_commit_callbacks(execute=True):
        log(page, "wagtail.edit", user=user, title="Aino", data={"name": "Aino"})
        log(user, "wagtail.delete", user=user, title="Aino")
        audit_log.ship(PageLogEntry, PageLogEntry.objects.get(), created=True)
        audit_log.ship(ModelLogEntry, ModelLogEntry.objects.get(), created=True)
        audit_log.ship(Page, page, created=True)
        assert caplog.records == []
    logging.getLogger("verkosto.audit").removeHandler(caplog.handler)
    sent = [record.data for record in caplog.records]  # type: ignore[attr-defined]
    of_page, of_user = PageLogEntry.objects.get(), ModelLogEntry.objects.get()
    assert [list(each.values()) for each in sent] == [
        ["wagtail.edit", "wagtailcore.page", str(page.pk), user.pk, of_page.timestamp.isoformat(),
         f"wagtailcore.pagelogentry:{of_page.pk}"],
        ["wagtail.delete", "auth.user", str(user.pk), user.pk, of_user.timestamp.isoformat(),
         f"wagtailcore.modellogentry:{of_user.pk}"],
    ]  # fmt: skip
    assert "aino" not in caplog.text.lower()
