from django.urls import reverse
from wagtail.models import Page

from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import Message, Registration, SensitiveAnswers


def act(client, step, registration, **data):
    return client.post(
        reverse(f"verkosto_registrations_admin:{step}", args=[registration.desk_id, registration.pk]), data
    )


def test_staff_add_a_registration_to_a_closed_desk(admin_client, admin, make_desk, make_question):
    desk = make_desk(is_open=False)
    question = make_question(desk, "Kotikunta", required=True)
    url = reverse("verkosto_registrations_admin:add", args=[desk.pk])
    assert "Kotikunta" in admin_client.get(url).content.decode()
    admin_client.post(url, {"name": "Aino Virtanen", "email": "aino@example.org", "language": "sv"})
    registration = Registration.objects.get()
    assert (registration.status, registration.added_by, registration.language) == ("confirmed", admin, "sv")
    assert question.key not in registration.answers
    assert Message.objects.get().kind == "confirmed"
    assert check(desk).consistent


def test_adding_an_address_twice_shows_why_it_is_refused(admin_client, desk, make_registration):
    taken = make_registration(desk, email="aino@example.org")
    url = reverse("verkosto_registrations_admin:add", args=[desk.pk])
    response = admin_client.post(url, {"name": "Aino", "email": taken.email, "language": "fi"})
    assert response.context["form"].non_field_errors() == ["Tällä osoitteella on jo ilmoittauduttu."]
    assert "Tällä osoitteella on jo ilmoittauduttu." in response.content.decode()
    assert Registration.objects.count() == 1


def test_staff_change_answers_but_not_the_sensitive_ones_they_cannot_read(
    client, desk, make_question, make_registration, make_staff
):
    question = make_question(desk, "Kotikunta")
    diet = make_question(desk, "Ruokavalio", "dietary_needs", sensitive=True)
    registration = make_registration(desk, answers={question.key: "Espoo"})
    SensitiveAnswers.objects.create(registration=registration, answers={diet.key: "Gluteeniton"})
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "change"))
    page = client.get(reverse("verkosto_registrations_admin:change", args=[desk.pk, registration.pk])).content.decode()
    assert "Espoo" in page
    assert "Gluteeniton" not in page
    data = {"name": "Aino", "email": registration.email, "language": "sv", f"q-{question.key}": "Vantaa"}
    act(client, "change", registration, **data)
    registration.refresh_from_db()
    assert (registration.name, registration.language, registration.answers) == ("Aino", "sv", {question.key: "Vantaa"})
    assert registration.sensitive.answers == {diet.key: "Gluteeniton"}
