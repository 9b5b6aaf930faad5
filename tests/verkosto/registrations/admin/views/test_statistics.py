from django.urls import reverse


def test_figures_of_a_desk_without_registrations(admin_client, desk):
    assert admin_client.get(reverse("verkosto_registrations_admin:statistics", args=[desk.pk])).status_code == 200
