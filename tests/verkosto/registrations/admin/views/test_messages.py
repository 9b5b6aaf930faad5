from django.urls import reverse

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
