from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from verkosto.registrations.admin.home_panel import UpcomingEventsPanel
from verkosto.registrations.models import Message


def test_dashboard_shows_upcoming_events_and_what_needs_attention(client, make_staff, make_desk, make_registration):
    coming = make_desk("Verkostopäivä", capacity=4)
    awaiting = make_registration(coming, status="awaiting_approval")
    past = timezone.now() - timedelta(days=3)
    make_desk("Ohi", starts_at=past, ends_at=past + timedelta(hours=1))
    make_desk("Peruttu", status="cancelled")
    Message.objects.create(
        desk=coming, registration=awaiting, kind="received", recipient="a@example.org", state="failed"
    )
    client.force_login(make_staff(Page.objects.get(depth=1), "see"))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    panel = html.split('id="registrations-upcoming-section"')[1].split("</section>")[0]
    assert "Verkostopäivä" in panel
    assert "Ohi" not in panel
    assert "Peruttu" not in panel
    assert (
        f"{reverse('verkosto_registrations_admin:registrations', args=[coming.pk])}?status=awaiting_approval" in panel
    )
    assert f"{reverse('verkosto_registrations_admin:messages')}?state=failed" in panel


@pytest.mark.parametrize("number", [1, 6])
def test_dashboard_has_a_constant_number_of_queries(admin, rf, make_desk, number, django_assert_num_queries):
    for _each in range(number):
        make_desk()
    request = rf.get("/")
    request.user = admin
    with django_assert_num_queries(3):
        UpcomingEventsPanel().render_html({"request": request})


def test_dashboard_shows_no_registrations_without_the_permission(client, make_staff, make_page, make_desk):
    make_desk("Verkostopäivä")
    client.force_login(make_staff(make_page("Muu"), "export"))
    assert "registrations-upcoming" not in client.get(reverse("wagtailadmin_home")).content.decode()
