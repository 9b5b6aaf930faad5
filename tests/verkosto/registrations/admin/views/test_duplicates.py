from django.urls import reverse


def test_duplicates_are_shown(admin_client, desk, make_registration):
    url = reverse("verkosto_registrations_admin:duplicates", args=[desk.pk])
    assert "Päällekkäisiä ilmoittautumisia ei löytynyt." in admin_client.get(url).content.decode()
    make_registration(desk, name="Aino Virtanen")
    make_registration(desk, name="Virtanen Aino")
    assert "Virtanen Aino" in admin_client.get(url).content.decode()
