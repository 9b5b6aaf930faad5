"""Retention, restoring a backup, and what of a running site's machinery strangers may see."""

import json

import pytest

from tests.journeys import test_hostile_input
from tests.journeys.conftest import Web
from tests.journeys.signing_up import OPEN, filled_in
from tests.production.site import ProductionSite

pytestmark = pytest.mark.production
INTERNAL = ("/metrics", "/api/", "/api/docs", "/.git/", "/.git/config", "/__debug__/", "/django-admin/", "/.env")
ADMIN = ("/admin/", "/admin/pages/", "/admin/registrations/", "/admin/reports/", "/admin/users/")
PERSON = ("zaphod", "beeblebrox")


def holders(site: ProductionSite, text: str) -> list[str]:
    """Return the tables in which a text occurs, whatever the column."""
    tables = site.rows("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name} t WHERE t::text ILIKE '%{text}%')" for (name,) in tables
    )
    return [str(name) for (name,) in site.rows(asked)]


def test_retention_takes_sensitive_answers_then_the_person_and_keeps_the_counts(
    production: ProductionSite, web: Web
) -> None:
    path = f"/fi/registrations/{production.made['past_key']}/"
    form = filled_in(web.get(path).text, name="Zaphod Beeblebrox", email="zaphod@example.fi")
    (diet,) = (name for name in form if production.made["past_diet"] in name)
    assert web.post(path, form | {diet: "Gargleblaster"}).status_code == 302
    with Web(production.url) as registrant:
        registrant.get(production.personal_link("zaphod@example.fi"))
        exported = registrant.get(f"{production.manage_path('zaphod@example.fi')}data/").text
    for text in ("Zaphod Beeblebrox", "zaphod@example.fi", "Gargleblaster"):
        assert text in exported
    ((desk,),) = production.rows(
        "SELECT id FROM verkosto_registrations_desk WHERE translation_key = ?", production.made["past_key"]
    )
    counts = f"SELECT status, count(*) FROM verkosto_registrations_registration WHERE desk_id = {desk} GROUP BY 1"
    before = production.rows(counts)

    def days_later(days: int) -> None:
        ended = f"now() - interval '{days} days'"
        production.rows(
            f"UPDATE verkosto_registrations_desk SET starts_at = {ended}, ends_at = {ended} WHERE id = {desk}"
        )
        production.manage("purge_registrations")

    days_later(11)
    assert holders(production, "Gargleblaster") == []
    assert "verkosto_registrations_registration" in holders(production, "zaphod")
    for _time in range(2):
        days_later(101)
        assert [holders(production, word) for word in PERSON] == [[], []]
        assert production.rows(counts) == before
    assert [word for word in PERSON if word in production.log().lower()] == []


def test_nothing_internal_is_for_the_anonymous(production: ProductionSite, web: Web) -> None:
    for path in INTERNAL:
        test_hostile_input.test_internal_files_and_unused_paths_are_not_served(production, path)
    test_hostile_input.test_other_methods_make_no_error_and_echo_nothing(production, web, "TRACE")
    for path in ADMIN:
        test_hostile_input.test_admin_asks_who_is_there(web, path)
    test_hostile_input.test_error_pages_tell_nothing_of_the_machine(web)


def test_backup_in_an_empty_database_counts_alike_and_erases_again(production: ProductionSite, web: Web) -> None:
    path = production.desk(OPEN, "fi")
    for name in ("stays", "leaves"):
        form = filled_in(web.get(path).text, name=f"Restored {name}", email=f"{name}@example.fi")
        assert web.post(path, form).status_code == 302
    link = production.personal_link("leaves@example.fi")
    restored = production.restored(f"{production.database.rpartition('/')[2]}_restored")
    with Web(production.url) as registrant:
        registrant.get(link)
        assert registrant.post(production.manage_path("leaves@example.fi") + "erase/").status_code == 200
    erasures = production.folder / "erasures.txt"
    production.manage("reapply_erasures", f"--save={erasures}")
    emails = "SELECT email FROM verkosto_registrations_registration WHERE name LIKE 'Restored%' ORDER BY 1"
    assert restored.rows(emails) == [("leaves@example.fi",), ("stays@example.fi",)]
    restored.manage("migrate", "--verbosity=0")
    restored.manage("reapply_erasures", f"--load={erasures}")
    assert restored.rows(emails) == production.rows(emails) == [("stays@example.fi",)]
    assert holders(restored, "leaves@example.fi") == []
    assert "example.fi" not in erasures.read_text()
    counts = [
        [json.loads(line) for line in site.run("check_desks", "--json").splitlines()]
        for site in (production, restored)
    ]
    assert counts[0] == counts[1]
