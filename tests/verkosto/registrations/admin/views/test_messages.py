from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

from verkosto.registrations.models import Message


def page(client, name, *args, **query):
    response = client.get(reverse(f"verkosto_registrations_admin:{name}", args=args), query)
    assert response.status_code == 200
    return response


def test_messages_show_why_they_failed_and_are_sent_again(admin_client, desk, make_registration):
    registration = make_registration(desk)
    message = Message.objects.create(
        desk=desk,
        registration=registration,
        kind="confirmed",
        recipient=registration.email,
        language="fi",
        state="failed",
        failure="550 No such user",
        subject="Paikkasi on varattu",
        attempts=5,
    )
    assert "Paikkasi on varattu" in page(admin_client, "messages").content.decode()
    assert "550 No such user" in page(admin_client, "message", message.pk).content.decode()
    resend = reverse("verkosto_registrations_admin:message_resend", args=[message.pk])
    assert admin_client.get(resend).status_code == 405
    admin_client.post(resend)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.failure) == ("queued", 0, "")


def failed(desk, make_registration, number):
    people = [make_registration(desk) for _each in range(number)]
    rows = [
        Message(
            desk=desk, registration=person, kind="confirmed", recipient=person.email, language="fi", state="failed"
        )
        for person in people
    ]
    return Message.objects.bulk_create(rows)


def test_undelivered_messages_are_shown_on_the_desk_and_in_the_list_of_desks(
    admin_client, make_desk, make_registration
):
    """Finding: failed mails showed only under Messages (and on the dashboard)."""
    desk, other = make_desk("Verkostopäivä"), make_desk("Muu")
    failed(desk, make_registration, 2)
    link = f"{reverse('verkosto_registrations_admin:desk_messages', args=[desk.pk])}?state=failed"
    assert link in page(admin_client, "registrations", desk.pk).content.decode()
    listed = page(admin_client, "desks", attention="failed")
    assert link in listed.content.decode()
    assert [row.pk for row in listed.context["object_list"]] == [desk.pk]
    assert "state=failed" not in page(admin_client, "registrations", other.pk).content.decode()


def test_a_selection_or_all_undelivered_messages_are_sent_again(
    admin, admin_client, make_desk, make_registration, make_staff
):
    """Finding: "send again" was one by one."""
    here, elsewhere = make_desk("Täällä"), make_desk("Muualla")
    first, second, third = failed(here, make_registration, 3)
    (other,) = failed(elsewhere, make_registration, 1)

    def states():
        return dict(Message.objects.values_list("pk", "state"))

    chosen = reverse("wagtail_bulk_action", args=["verkosto_registrations", "message", "resend"])
    assert admin_client.get(f"{chosen}?id={first.pk}").status_code == 200
    admin_client.post(f"{chosen}?id={first.pk}")
    assert states() == {first.pk: "queued", second.pk: "failed", third.pk: "failed", other.pk: "failed"}
    all_here = reverse("verkosto_registrations_admin:desk_messages_resend_failed", args=[here.pk])
    everywhere = reverse("verkosto_registrations_admin:messages_resend_failed")
    admin_client.force_login(make_staff(Page.objects.get(depth=1), "see"))
    for url in (all_here, everywhere):
        admin_client.post(url)
    assert [*states().values()].count("failed") == 3
    admin_client.force_login(admin)
    assert "Lähetä uudelleen 2" in page(admin_client, "desk_messages", here.pk).content.decode()
    admin_client.post(all_here)
    assert states() == {first.pk: "queued", second.pk: "queued", third.pk: "queued", other.pk: "failed"}
    admin_client.post(everywhere)
    assert set(states().values()) == {"queued"}


def test_command_sends_all_undelivered_messages_again(desk, make_registration, server):
    failed(desk, make_registration, 2)
    call_command("send_messages", "--failed")
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert len(server.sent) == 2
