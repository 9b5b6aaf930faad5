from django.urls import reverse

from verkosto.registrations.domain import lifecycle
from verkosto.registrations.models import Desk


def act(client, step, registration, **data):
    return client.post(
        reverse(f"verkosto_registrations_admin:{step}", args=[registration.desk_id, registration.pk]), data
    )


def test_a_desk_lists_the_registrations_that_were_moved_away(
    client, make_desk, make_page, make_registration, make_staff
):
    mine = make_page("A")
    here, there = make_desk("Täällä", page=mine), make_desk("Siellä", page=make_page("B", under=mine))
    registration = make_registration(here, name="Aino Virtanen")
    mover = make_staff(mine, "see", "change")
    client.force_login(mover)
    old = reverse("verkosto_registrations_admin:registration", args=[here.pk, registration.pk])
    act(client, "move", registration, to=there.pk)
    new = reverse("verkosto_registrations_admin:registration", args=[there.pk, registration.pk])
    listed = reverse("verkosto_registrations_admin:moved_registrations", args=[here.pk])
    assert client.get(old).url == new
    assert "Täällä" in client.get(new).content.decode()
    assert listed in client.get(reverse("verkosto_registrations_admin:registrations", args=[here.pk])).content.decode()
    (row,) = client.get(listed).context["rows"]
    assert (row["registration"], row["moved"].user, row["is_visible"]) == (registration, mover, True)
    # Who may see the one desk only learns where to, not who.
    Desk.objects.filter(pk=there.pk).update(tree_path=make_page("C").path)
    assert client.get(old).url == listed
    html = client.get(listed).content.decode()
    assert ("Aino" in html, "Siellä" in html) == (False, True)
    registration.refresh_from_db()
    lifecycle.move(registration=registration, to=here)
    assert client.get(listed).context["rows"] == []
    assert "Aino Virtanen" in client.get(old).content.decode()
