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


def test_of_two_who_change_a_registration_the_second_sees_what_the_first_saved(
    admin_client, desk, make_question, make_registration
):
    """Finding: the second overwrote what the first had saved, without knowing of it."""
    town = make_question(desk, "Kotikunta")
    diet = make_question(desk, "Ruokavalio")
    registration = make_registration(desk, name="Aino", answers={town.key: "Espoo"})
    url = reverse("verkosto_registrations_admin:change", args=[desk.pk, registration.pk])
    opened = admin_client.get(url).context["form"]["version"].value()
    form = {"email": registration.email, "language": registration.language, "version": opened}
    assert admin_client.post(url, {**form, "name": "Aino A", f"q-{town.key}": "Vantaa"}).status_code == 302

    mine = {**form, "name": "Aino", f"q-{town.key}": "Espoo", f"q-{diet.key}": "Vegaani"}
    refused = admin_client.post(url, mine)

    text = refused.content.decode()
    assert "Joku muu on tallentanut uudemman version" in text
    assert "Nimi: Aino A" in text
    assert "Kotikunta: Vantaa" in text
    assert "Ruokavalio:" not in text
    assert refused.context["form"][f"q-{diet.key}"].value() == "Vegaani"  # nothing typed is lost
    registration.refresh_from_db()
    assert (registration.name, registration.answers) == ("Aino A", {town.key: "Vantaa"})

    # Who saves once more has seen it, and replaces it.
    again = admin_client.post(url, {**mine, "version": refused.context["form"]["version"].value()})
    assert again.status_code == 302
    registration.refresh_from_db()
    assert registration.answers == {town.key: "Espoo", diet.key: "Vegaani"}


def test_change_of_what_the_form_does_not_show_is_no_newer_version(admin_client, desk, make_registration):
    registration = make_registration(desk, name="Aino")
    url = reverse("verkosto_registrations_admin:change", args=[desk.pk, registration.pk])
    opened = admin_client.get(url).context["form"]["version"].value()
    Registration.objects.filter(pk=registration.pk).update(attendance="attended")
    form = {"name": "Aino B", "email": registration.email, "language": registration.language, "version": opened}
    assert admin_client.post(url, form).status_code == 302
    assert Registration.objects.get().name == "Aino B"
