"""An organisation states its wish in the round's form; staff pair it in a browser, and the page shows the pairs."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from network_pages.models import PairPlan, ProgrammeRoundPage
from tests.network_pages.pair_plans.conftest import pairs, row_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def apply_in_browser(page):
    """Apply as Lääni, which looks for employer branding and wishes to work with Rannikko."""
    form = page.locator("form[data-registration]")
    form.locator("[name=name]").fill("Aino Virtanen")
    form.locator("[name=email]").fill("laani@example.fi")
    form.locator("[autocomplete=organization]").fill("Lääni")
    form.get_by_label("Työnantajakuva").check()
    form.get_by_label("Henkilöstömäärä").fill("700")
    form.get_by_label("Toive").fill("Haluamme parin kanssa Rannikko.")
    form.locator("button[type=submit]").click()
    page.wait_for_url("**/received/**")


def test_organisations_state_wishes_are_paired_and_shown(
    visit, live_server, admin_user, round_page, questions, apply_to
):
    apply_to("Vero", "Johtaminen", size=5000)
    apply_to("Traficom", "Johtaminen", size=900, language="sv")
    apply_to("Tarkastus", "Digitalisaatio", size=40)
    apply_to("Neuvosto", "Digitalisaatio", size=60)
    apply_to("Rannikko", "Työnantajakuva", size=2500)
    apply_in_browser(visit(round_page.url))

    client = Client()
    client.force_login(admin_user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page = visit("/fi/")
    page.context.add_cookies([cookie])
    page.goto(live_server.url + reverse("pair_plans:add"))
    page.get_by_label("Kysymys toivotuista pareista").select_option(label="Toive")
    page.get_by_role("button", name="Ehdota pareja").click()

    # The proposal says why.
    expect(page.get_by_text("Lääni toivoi: Rannikko")).to_be_visible()
    expect(page.get_by_text("Yhteinen teema: Johtaminen")).to_be_visible()
    expect(page.get_by_text("Parit, joilla on yhteinen teema: 3 / 3")).to_be_visible()
    plan = PairPlan.objects.get()
    proposed = pairs(plan)
    assert sorted(proposed.values()) == [["Lääni", "Rannikko"], ["Neuvosto", "Tarkastus"], ["Traficom", "Vero"]]

    # It is changed, and the change is taken back.
    vero, other = row_of(plan, "Vero"), row_of(plan, "Tarkastus")
    row = page.locator(f"#person-{vero.pk}")
    row.locator("select").select_option(f"swap-{other.pk}")
    row.get_by_role("button", name="Siirrä").click()
    expect(page.get_by_text("Parit, joilla on yhteinen teema: 1 / 3")).to_be_visible()
    assert sorted(pairs(plan).values()) == [["Lääni", "Rannikko"], ["Neuvosto", "Vero"], ["Tarkastus", "Traficom"]]
    page.get_by_role("button", name="Kumoa viimeisin muutos").click()
    expect(page.get_by_text("Parit, joilla on yhteinen teema: 3 / 3")).to_be_visible()
    assert pairs(plan) == proposed

    page.get_by_role("link", name="Tallenna parit…").click()
    page.get_by_label("Teema: Rannikko ja Lääni").fill("Työnantajakuva rannikolla")
    page.get_by_label("Lähetä viesti organisaatioiden yhteyshenkilöille").check()
    mail.outbox.clear()
    page.get_by_role("button", name="Tallenna parit").click()
    expect(page.get_by_text("Parit ovat kierroksen sivulla.")).to_be_visible()

    stored = ProgrammeRoundPage.objects.get(pk=round_page.pk).pairs
    assert sorted((pair.theme, sorted(str(each) for each in pair.members.all())) for pair in stored) == [
        ("Digitalisaatio", ["Neuvosto", "Tarkastus"]),
        ("Johtaminen", ["Traficom", "Vero"]),
        ("Työnantajakuva rannikolla", ["Lääni", "Rannikko"]),
    ]
    sent = {message.to[0]: (message.subject, message.body) for message in mail.outbox}
    assert sorted(sent) == [
        *(f"{name}@example.fi" for name in ("laani", "neuvosto", "rannikko", "tarkastus", "traficom", "vero")),
    ]
    assert sent["laani@example.fi"][0] == "Oppimisparinne: Neljäs kierros"
    assert "Rannikko" in sent["laani@example.fi"][1]
    assert "Teemanne: Työnantajakuva rannikolla" in sent["laani@example.fi"][1]
    assert sent["traficom@example.fi"][0] == "Ert lärpar: Neljäs kierros"
    assert "Vero" in sent["traficom@example.fi"][1]

    public = visit(round_page.url)
    shown = {" ".join(text.split()) for text in public.locator(".pair").all_inner_texts()}
    assert len(shown) == 3
    assert any("Lääni" in text and "Työnantajakuva rannikolla" in text and "Rannikko" in text for text in shown)
    assert visit.problems == []
