from django.urls import reverse


def test_a_desk_without_registrations_has_no_charts(admin_client, desk):
    page = admin_client.get(reverse("verkosto_registrations_admin:statistics", args=[desk.pk])).content.decode()
    assert "Kukaan ei ole vielä ilmoittautunut." in page
    assert "<polyline" not in page
