"""Webhooks that get personal data are recipients in the documents of data protection."""

import pytest
from django.utils.translation import override

from tests.factories import PrivacyNoticeFactory
from tests.factories.registrations import event_with_desk
from verkosto.registrations.privacy.documents import information_texts, record_of_processing

pytestmark = pytest.mark.django_db
STAFF = "Staff who look after it, and those who run the service for the controller"


@pytest.fixture
def event():
    return event_with_desk(privacy_notice=PrivacyNoticeFactory(title="Tapahtumat", recipients=""))


def recipients_in(document) -> str:
    about = "Registrations: Tapahtumat"
    (row,) = [dict(zip(document.header, row, strict=True)) for row in document.table if row[0] == about]
    return str(row.get("Recipients") or row.get("Who receives it"))


@pytest.mark.parametrize("document", [record_of_processing, information_texts])
def test_who_gets_names_is_named(event, make_endpoint, document) -> None:
    make_endpoint(includes_personal_data=True)
    with override("en"):
        assert recipients_in(document()) == (
            f"{STAFF}. Other systems: CRM at crm.example.fi (name, email address, organisation)"
        )


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"includes_personal_data": False}, id="no personal data"),
        pytest.param({"is_active": False}, id="switched off"),
        pytest.param({"events": ["page.published", "desk.full"]}, id="no event of registrations"),
    ],
)
def test_who_gets_no_names_is_not(event, make_endpoint, fields) -> None:
    make_endpoint(**{"includes_personal_data": True, **fields})
    with override("en"):
        assert recipients_in(record_of_processing()) == STAFF


def test_a_webhook_of_another_part_of_the_site_is_not(event, make_endpoint) -> None:
    other = event_with_desk(title="Muualla", index=event.get_parent())
    make_endpoint(includes_personal_data=True, page=other.page_ptr)
    with override("en"):
        assert recipients_in(record_of_processing()) == STAFF


def test_more_webhooks_and_events_need_no_more_queries(
    event, make_endpoint, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    make_endpoint(includes_personal_data=True, page=event.page_ptr)
    with override("en"), django_assert_max_num_queries(60) as before:
        record_of_processing()
    for number in range(3):
        page = event_with_desk(
            title=f"Tapahtuma {number}", index=event.get_parent(), privacy_notice=event.privacy_notice
        )
        make_endpoint(includes_personal_data=True, page=page.page_ptr)
    with override("en"), django_assert_num_queries(len(before)):
        record_of_processing()
