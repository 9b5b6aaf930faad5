"""The screens of pair forming: who may, the form, the pairs, and saving."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from network_pages.models import PairPlan
from network_pages.pair_plans.plans import EnteredOrganisation
from tests.factories.registrations import desk_of
from tests.network_pages.pair_plans.conftest import pairs, row_of
from verkosto.registrations.models import Message

NO_WISHES = {"wishes-TOTAL_FORMS": 3, "wishes-INITIAL_FORMS": 0}
# Of a second GET.
QUERIES = {"index": 8, "add": 16, "plan": 13, "wishes": 14, "save": 24}


def url(name, plan=None):
    return reverse(f"pair_plans:{name}", args=[plan.pk] if plan else [])


def filled(applications, questions, **fields):
    asked = {name: questions[name] for name in ("themes", "sizes", "wishes")}
    return {"applications": [each.pk for each in applications], "entered": "", **asked, **NO_WISHES, **fields}


def errors(answer):
    return list(answer.context["form"].non_field_errors())


def test_the_form_proposes_pairs_of_the_chosen_organisations(admin_client, six, questions):
    form = admin_client.get(url("add")).context["form"]
    assert [label for _key, label in form.fields["applications"].choices] == [
        "Lääni",
        "Neuvosto",
        "Rannikko",
        "Tarkastus",
        "Traficom",
        "Vero",
    ]
    assert [form.fields[name].initial for name in ("themes", "sizes", "wishes")] == [
        questions["themes"],
        questions["sizes"],
        "",
    ]
    data = filled(six[:4], questions, entered="Poliisi; Digitalisaatio, Turvallisuus; 11 000\n\nTulli")
    wish = {"wishes-0-one": "=poliisi", "wishes-0-kind": "apart", "wishes-0-other": "=tulli"}
    answer = admin_client.post(url("add"), {**data, **wish})
    plan = PairPlan.objects.get()
    assert answer["Location"] == url("plan", plan)
    assert sorted(map(len, pairs(plan).values())) == [2, 2, 2]
    assert plan.settings.apart == (("=poliisi", "=tulli"),)
    row = row_of(plan, "Poliisi")
    assert (row.themes, row.size) == ("Digitalisaatio, Turvallisuus", 11000)
    again = admin_client.get(url("wishes", plan)).context["form"]
    assert again.initial["entered"] == "Poliisi; Digitalisaatio, Turvallisuus; 11000\nTulli"


def test_what_cannot_be_done_is_explained(admin_client, six, questions):
    assert errors(admin_client.post(url("add"), filled(six[:1], questions))) == [
        "Valitse tai syötä vähintään kaksi organisaatiota."
    ]
    both = {"wishes-TOTAL_FORMS": 2}
    for row, kind in enumerate(("apart", "together")):
        both |= {f"wishes-{row}-one": six[0].pk, f"wishes-{row}-kind": kind, f"wishes-{row}-other": six[1].pk}
    assert errors(admin_client.post(url("add"), filled(six, questions) | both)) == [
        "Näiden organisaatioiden pitää olla yhdessä ja erillään: Traficom ja Vero. Poista toinen toiveista."
    ]
    half = {"wishes-0-one": six[0].pk}
    answer = admin_client.post(url("add"), filled(six, questions) | half)
    assert errors(answer) == ["Tarkista organisaatioita koskevat toiveet."]
    assert answer.context["form"].wish_forms[0].errors == {
        "other": ["Valitse kaksi organisaatiota tai jätä molemmat tyhjiksi."]
    }
    twice = admin_client.post(url("add"), filled(six, questions, entered="vero"))
    assert twice.context["form"].errors["entered"] == ["Nämä organisaatiot ovat hakeneet. Poista ne tästä: vero."]
    assert not PairPlan.objects.exists()


def test_rows_for_wishes_are_added_with_the_entered_organisations(admin_client, six, questions):
    data = filled(six, questions, entered="Poliisi", more="1")
    form = admin_client.post(url("add"), data).context["form"]
    assert len(form.wish_forms.forms) == 6
    assert ("=poliisi", "Poliisi") in form.wish_forms[0].fields["one"].choices
    assert not PairPlan.objects.exists()


def test_a_round_without_applications_says_so(admin_client, round_page):
    html = admin_client.get(url("add")).content.decode()
    assert "Kierroksella ei ole hyväksyttyjä hakemuksia, joissa on organisaatio." in html


def test_one_may_form_pairs_only_in_rounds_whose_members_one_may_see_and_change(
    client, make_staff, round_page, network, six, start, questions
):
    plan = start()
    client.force_login(make_staff(round_page, "see", username="reader"))
    assert [client.get(url(name, each)).status_code for name, each in (("index", None), ("plan", plan))] == [302, 302]
    client.force_login(make_staff(network, "see", "change", username="other"))
    assert list(client.get(url("index")).context["object_list"]) == []
    for name in ("plan", "wishes", "save", "status"):
        assert client.get(url(name, plan)).status_code == 404
    for name in ("change", "restart", "save", "wishes"):
        assert client.post(url(name, plan), {"again": "1"}).status_code == 404
    assert client.get(url("add"), {"page": round_page.translation_key}).status_code == 404
    client.force_login(make_staff(round_page, "see", "change"))
    assert client.get(url("plan", plan)).status_code == 200
    refused = client.get(url("save", plan)).content.decode()
    assert "Et voi nyt muokata kierroksen sivua" in refused
    assert client.post(url("save", plan), {f"theme_{n}": "x" for n in (1, 2, 3)}).status_code == 302
    assert PairPlan.objects.get().saved_at is None


def test_the_page_says_why_organisations_are_a_pair(admin_client, six, start):
    html = admin_client.get(url("plan", start())).content.decode()
    assert "48 pistettä" in html
    for line in (
        "Parit, joilla on yhteinen teema: 3 / 3",
        "Yhteinen teema: Työnantajakuva",
        "Lääni ja Rannikko toivoivat toisiaan",
        "Koot täydentävät toisiaan: 900 – 5\u00a0000",
    ):
        assert line in html
    assert ModelLogEntry.objects.filter(action="network_pages.see_members").first().data == {"count": 6}


def test_pairs_are_changed_without_scripts(admin_client, six, start):
    plan = start()
    change, vero, laani = url("change", plan), row_of(plan, "Vero"), row_of(plan, "Lääni")
    assert admin_client.get(change).status_code == 405
    answer = admin_client.post(change, {"move": vero.pk, f"group-{vero.pk}": f"swap-{laani.pk}"})
    assert answer["Location"] == f"{url('plan', plan)}#person-{vero.pk}"
    assert pairs(plan)[1] == ["Rannikko", "Vero"]
    assert "Ennen viimeistä muutosta: 48" in admin_client.get(url("plan", plan)).content.decode()
    admin_client.post(change, {"move": vero.pk, f"group-{vero.pk}": ""})
    assert pairs(plan)[None] == ["Vero"]
    html = admin_client.get(url("plan", plan)).content.decode()
    assert "Rannikko on yksin: Pari 1." in html
    admin_client.post(change, {"move": vero.pk, f"group-{vero.pk}": "3"})
    answer = admin_client.post(change, {"move": laani.pk, f"group-{laani.pk}": "3"}, follow=True)
    assert "Mitään ei muutettu: parissa on jo kolme organisaatiota." in answer.content.decode()
    admin_client.post(change, {"unlock": "3"})
    assert row_of(plan, "Vero").is_locked is False
    admin_client.post(change, {"lock": "3"})
    assert row_of(plan, "Vero").is_locked is True
    admin_client.post(change, {"split": "3"})
    assert pairs(plan)[None] == ["Neuvosto", "Tarkastus", "Vero"]
    undone = admin_client.post(change, {"undo": "1"}, follow=True)
    assert "Viimeisin muutos on kumottu." in undone.content.decode()
    admin_client.post(change, {"again": "1"})
    for wrong in ({"move": "x"}, {"move": vero.pk, f"group-{vero.pk}": "x"}, {"move": "0"}):
        assert admin_client.post(change, wrong).status_code == 404


def test_saving_shows_first_what_it_does(admin_client, six, start, round_page):
    plan = start(EnteredOrganisation(name="Poliisi"), EnteredOrganisation(name="Tulli"))
    shown = admin_client.get(url("save", plan))
    assert [field.initial for field in shown.context["form"] if field.name != "notify"] == [
        "Työnantajakuva",
        "Johtaminen",
        "Digitalisaatio",
        "",
    ]
    assert "Neljäs kierros" in shown.context["previews"][0].html
    html = shown.content.decode()
    assert "Nämä organisaatiot lisätään hakemistoon:" in html
    themes = {f"theme_{number}": f"Teema {number}" for number in (1, 2, 3)}
    wrong = admin_client.post(url("save", plan), themes)
    assert list(wrong.context["form"].errors) == ["theme_4"]
    done = admin_client.post(url("save", plan), {**themes, "theme_4": "Turvallisuus", "notify": "on"}, follow=True)
    html = done.content.decode()
    assert "Parit ovat kierroksen sivulla. 6 viestiä lähetetään." in html
    assert ("Nämä parit tallennettiin" in html, 'name="move"' in html) == (True, False)
    assert Message.objects.filter(kind="pair_formed").count() == 6
    assert round_page.learning_pairs.count() == 4
    refused = admin_client.get(url("save", plan), follow=True).content.decode()
    assert "Mitään ei muutettu: pareja ehdotetaan parhaillaan, tai suunnitelma on tallennettu." in refused


def test_the_progress_of_the_job_is_shown(admin_client, six, start, django_capture_on_commit_callbacks):
    plan = start()
    PairPlan.objects.update(state="running", done=0)
    html = admin_client.get(url("plan", plan)).content.decode()
    assert f'data-job="{url("status", plan)}"' in html
    status = admin_client.get(url("status", plan)).json()
    assert status == {"done": 0, "total": 1, "state": "Käynnissä", "over": False}
    PairPlan.objects.update(state="failed", result={"error": "OperationalError"})
    assert "OperationalError" in admin_client.get(url("plan", plan)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url("restart", plan))
    assert PairPlan.objects.get().state == "done"


def test_pages_cost_the_same_with_one_pair_and_with_thirty(admin_client, round_page, apply_to, start):
    def costs(plan):
        found = {}
        for name in QUERIES:
            page = url(name, None if name in ("index", "add") else plan)
            admin_client.get(page)
            with CaptureQueriesContext(connection) as queries:
                admin_client.get(page)
            found[name] = len(queries)
        return found

    apply_to("Vero", "Johtaminen")
    apply_to("Tulli", "Johtaminen")
    assert costs(start()) == QUERIES
    desk = desk_of(round_page)
    first = desk.registrations.first()
    type(first).objects.bulk_create(
        type(first)(
            desk=desk,
            email=f"v{number}@example.fi",
            language="fi",
            status="confirmed",
            holds_place=True,
            organisation=f"Virasto {number}",
            organisation_key=f"name:virasto{number}",
            answers=first.answers,
        )
        for number in range(58)
    )
    many = start()
    assert sorted(pairs(many)) == [*range(1, 31)]
    assert costs(many) == QUERIES
