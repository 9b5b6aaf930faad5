from django.urls import reverse
from wagtail.models import ModelLogEntry


def page(client, name, *args, **query):
    response = client.get(reverse(f"verkosto_registrations_admin:{name}", args=args), query)
    assert response.status_code == 200
    return response


def test_every_view_of_persons_is_in_the_audit_log_without_their_names(admin_client, desk, make_registration):
    registration = make_registration(desk, name="Aino Virtanen", email="aino@example.org")
    page(admin_client, "registrations", desk.pk, q="aino@example.org")
    page(admin_client, "registration", desk.pk, registration.pk)
    entries = list(ModelLogEntry.objects.order_by("pk"))
    assert [entry.action for entry in entries] == ["registrations.list", "registrations.see"]
    assert "aino" not in "".join(f"{entry.label}{entry.data}{entry.comment}" for entry in entries).lower()
