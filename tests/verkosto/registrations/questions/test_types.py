"""The types of questions: asked, stored and shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from tests.factories.directory import OrganisationFactory
from tests.factories.locales import in_language
from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.models import Registration, SensitiveAnswers
from verkosto.registrations.questions.conditions import description
from verkosto.registrations.tokens import issue_token

pytestmark = pytest.mark.django_db


def only_if(wanted: str, answers: str = "") -> dict[str, str]:
    return {"question": wanted, "answers": answers}


def chain():
    """Lunch, then diet if lunch, then which nuts if diet is answered; and a workshop with places."""
    lunch = question("yes_no", "Lounas?", required=True)
    diet = question(
        "choice", "Ruokavalio?", choices=["Liha", "Muu"], required=True, shown_if=only_if("Lounas?", "kyllä")
    )
    other = question("text", "Mikä?", required=True, shown_if=only_if("Ruokavalio?", "Muu"))
    return lunch, diet, other


def test_organisation_of_the_directory_is_one_in_every_language_and_any_other_may_be_typed(client):
    finnish = OrganisationFactory(name="Ääkköslaitos")
    in_language(finnish, "sv", name="Umlautverket")
    asked = question("organisation", "Organisaatio")
    desk = desk_of(event_with_desk(questions=[asked], limit_per_organisation=2))
    for email, name in [("a", "ÄÄKKÖSLAITOS"), ("b", "umlautverket"), ("c", "Ihan muu")]:
        form = fill(desk, email=f"{email}@example.fi", **{f"q-{asked['id']}": name})
        assert client.post(address(desk), form).status_code == 302
    stored = [row.answers[asked["id"]] for row in desk.registrations.order_by("email")]
    assert [answer["key"] for answer in stored] == [str(finnish.translation_key)] * 2 + [""]
    kind = desk.questions.get()
    assert [kind.display(answer, "sv") for answer in stored] == ["Umlautverket", "Umlautverket", "Ihan muu"]
    assert kind.display(stored[1], "fi") == "Ääkköslaitos"
    form = fill(desk, email="d@example.fi", **{f"q-{asked['id']}": "Ääkköslaitos"})
    assert client.post(address(desk), form).status_code == 422


def test_full_alternative_is_shown_as_full(client):
    workshop = question("choice", "Työpaja", choices=[("A", 1), ("B", None)])
    desk = desk_of(event_with_desk(questions=[workshop]))
    register(desk, "a@example.fi", answers={workshop["id"]: workshop["value"]["choices"][0]["id"]})
    html = client.get(address(desk)).content.decode()
    assert "A (täynnä)" in html
    assert "B (täynnä)" not in html
    assert html.count(" disabled") == 1


def test_access_needs_are_kept_apart_and_in_no_mail(client, django_capture_on_commit_callbacks, mailoutbox):
    asked = question("access_needs", "Esteettömyys")
    desk = desk_of(event_with_desk(questions=[asked]))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(desk), fill(desk, **{f"q-{asked['id']}": "pyörätuolipaikka"}))
    assert Registration.objects.get().answers == {}
    assert SensitiveAnswers.objects.get().answers == {asked["id"]: "pyörätuolipaikka"}
    assert "pyörätuoli" not in mailoutbox[0].message().as_string()


def test_file_is_sent_only_as_an_attachment_to_its_owner_and_the_staff(client, admin_client):
    asked = question("file", "Liite")
    desk = desk_of(event_with_desk(questions=[asked]))
    upload = SimpleUploadedFile("kuva.html", b"%PDF-1.7 <script>alert(1)</script>", content_type="text/html")
    assert client.post(address(desk), fill(desk, **{f"q-{asked['id']}": upload})).status_code == 302
    registration = Registration.objects.get()
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    answers = [
        client.get(f"/fi/registrations/manage/{registration.reference}/file/{asked['id']}/"),
        admin_client.get(f"/admin/registrations/{desk.pk}/{registration.pk}/files/{registration.files.get().pk}/"),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "html" not in answer["Content-Type"]
        assert "no-store" in answer["Cache-Control"]
    assert client.get(registration.files.get().file.url, follow=True).status_code == 404


def test_question_no_longer_asked_is_marked_for_its_owner_and_the_staff(client, admin_client):
    old = question("text", "Vanha kysymys")
    page = event_with_desk(questions=[old])
    registration = register(desk_of(page), "a@example.fi", answers={old["id"]: "vastaus"})
    page.questions = []
    publish(page)
    html = admin_client.get(f"/admin/registrations/{registration.desk_id}/{registration.pk}/").content.decode()
    assert "Vanha kysymys" in html
    assert "Ei enää kysytä" in html
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    assert "vastaus" in client.get(f"/fi/registrations/manage/{registration.reference}/").content.decode()


def test_answers_and_conditions_in_another_language_are_marked(danish):
    """Finding: they stood unmarked on the personal page (WCAG 2.2 SC 3.1.2)."""
    lunch = question("yes_no", "Lounas?")
    diet = question("choice", "Ruokavalio?", choices=["<Liha>", "Muu"], shown_if=only_if("Lounas?", "kyllä"))
    days = question("several_choices", "Päivät?", choices=["Ma", "Ti"])
    other = question("text", "Mikä?", shown_if=only_if("Päivät?", "Ti"))
    desk = desk_of(event_with_desk(questions=[lunch, diet, days, other]))
    asked = {each.key: each for each in desk.questions.all()}
    meat = diet["value"]["choices"][0]["id"]
    both = [choice["id"] for choice in days["value"]["choices"]]
    answers = {lunch["id"]: True, diet["id"]: meat, days["id"]: both, other["id"]: "<b>"}
    shown, conditions = {}, {}
    for language in ("fi", "da"):
        with override(language):
            shown[language] = [asked[key].display_html(answer) for key, answer in answers.items()]
            conditions[language] = [description(asked[each["id"]], asked) for each in (diet, other)]
    assert shown == {
        "fi": ["Kyllä", "&lt;Liha&gt;", "Ma, Ti", "&lt;b&gt;"],
        "da": [
            '<span lang="en">Yes</span>',
            '<span lang="fi">&lt;Liha&gt;</span>',
            '<span lang="fi">Ma</span>, <span lang="fi">Ti</span>',
            "&lt;b&gt;",
        ],
    }
    assert conditions == {
        "fi": [("Lounas?", "Kyllä"), ("Päivät?", "Ti")],
        "da": [
            ('<span lang="fi">Lounas?</span>', '<span lang="en">Yes</span>'),
            ('<span lang="fi">Päivät?</span>', '<span lang="fi">Ti</span>'),
        ],
    }
