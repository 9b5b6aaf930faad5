from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from verkosto.registrations.models import SensitiveAnswers


def page(client, name, *args, **query):
    response = client.get(reverse(f"verkosto_registrations_admin:{name}", args=args), query)
    assert response.status_code == 200
    return response


def test_sensitive_answers_need_their_own_right(client, desk, make_page, make_question, make_registration, make_staff):
    question = make_question(desk, "Ruokavalio", "dietary_needs", sensitive=True)
    registration = make_registration(desk)
    SensitiveAnswers.objects.create(registration=registration, answers={question.key: "Pähkinäallergia"})
    root = Page.objects.get(depth=1)
    client.force_login(make_staff(root, "see", "change", "export"))
    detail = page(client, "registration", desk.pk, registration.pk).content.decode()
    listed = page(client, "registrations", desk.pk, columns=[f"q_{question.key}"]).content.decode()
    assert "Pähkinäallergia" not in detail + listed
    client.force_login(make_staff(root, "see", "read_sensitive", username="kitchen"))
    assert "Pähkinäallergia" in page(client, "registration", desk.pk, registration.pk).content.decode()
    assert "Pähkinäallergia" in page(client, "registrations", desk.pk, columns=[f"q_{question.key}"]).content.decode()
    assert ModelLogEntry.objects.filter(action="registrations.see_sensitive").count() == 1


def test_a_note_is_kept_with_its_author(admin_client, admin, desk, make_registration):
    registration = make_registration(desk)
    admin_client.post(
        reverse("verkosto_registrations_admin:note", args=[desk.pk, registration.pk]), {"text": "Soitti."}
    )
    note = registration.notes.get()
    assert (note.text, note.author) == ("Soitti.", admin)
    assert "Soitti." in page(admin_client, "registration", desk.pk, registration.pk).content.decode()


def test_a_note_that_is_too_long_is_shown_again_with_what_is_wrong(admin_client, desk, make_registration):
    """It was thrown away, with the message that it was empty."""
    registration = make_registration(desk)
    url = reverse("verkosto_registrations_admin:note", args=[desk.pk, registration.pk])
    answer = admin_client.post(url, {"text": "Soitti. " * 1000})
    form = answer.context["note_form"]
    assert (form["text"].value(), len(form.errors["text"])) == ("Soitti. " * 1000, 1)
    assert "Soitti. Soitti." in answer.content.decode()
    assert not registration.notes.exists()
