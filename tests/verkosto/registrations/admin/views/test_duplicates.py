from django.urls import reverse

from verkosto.registrations.admin import duplicates


def test_duplicates_are_shown(admin_client, desk, make_registration):
    url = reverse("verkosto_registrations_admin:duplicates", args=[desk.pk])
    assert "Päällekkäisiä ilmoittautumisia ei löytynyt." in admin_client.get(url).content.decode()
    make_registration(desk, name="Aino Virtanen")
    make_registration(desk, name="Virtanen Aino")
    assert "Virtanen Aino" in admin_client.get(url).content.decode()


def test_large_desk_is_searched_in_the_background(
    admin_client, desk, make_registration, monkeypatch, django_capture_on_commit_callbacks
):
    """Findings: duplicates took 19 s of a request with 200,000 registrations."""
    monkeypatch.setattr(duplicates, "IN_REQUEST", 1)
    url = reverse("verkosto_registrations_admin:duplicates", args=[desk.pk])
    make_registration(desk, name="Aino Virtanen")
    twice = make_registration(desk, name="Virtanen Aino")
    before = admin_client.get(url).content.decode()
    assert "Virtanen Aino" not in before
    assert "Päällekkäisiä ilmoittautumisia ei löytynyt." not in before

    with django_capture_on_commit_callbacks(execute=True):
        started = admin_client.post(url)
    job = duplicates.last_search(desk)
    assert started["Location"] == reverse("verkosto_registrations_admin:job", args=[job.pk])
    assert url in admin_client.get(started["Location"]).content.decode()
    assert "Virtanen Aino" in admin_client.get(url).content.decode()

    twice.status, twice.holds_place = "cancelled", False
    twice.save()
    assert "Päällekkäisiä ilmoittautumisia ei löytynyt." in admin_client.get(url).content.decode()
