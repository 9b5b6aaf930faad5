"""The wheel in projects of others: what it holds, and that an event with a form works there as docs/install.md says."""

import urllib.parse
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from tests.docs_site.tutorials import commands, steps
from tests.packaging.browsing import make_event, register
from tests.packaging.projects import ROOT, Project, blocks, build_wheel, install, make_environment, start_project
from tests.packaging.visitor import Visitor

pytestmark = pytest.mark.packaging

MIGRATE = """
import gc
from django.core.management import call_command

gc.set_threshold(100_000, 50, 1000)  # as tests.databases migrates
call_command("check")
call_command("makemigrations", check=True, dry_run=True)
call_command("migrate", verbosity=0)
"""
CALENDAR = """
import datetime
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from event_pages.models import EventIndexPage, EventPage
from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.models import Desk

get_user_model().objects.create_superuser("admin", "admin@example.org", "verkosto-tests")
home = Site.objects.get(is_default_site=True).root_page
calendar = home.add_child(instance=EventIndexPage(title="Events", slug="events", summary="What comes."))
notice = PrivacyNotice.objects.create(
    locale=Locale.get_default(), title="Privacy", valid_from=datetime.date(2026, 1, 1), purpose="To hold the event."
)
print(calendar.pk)
"""
EVENT = f"""{CALENDAR}
event = calendar.add_child(instance=EventPage(
    title="Open day", slug="open-day", summary="Come and see.", starts_at=timezone.now() + datetime.timedelta(days=9),
    registration_enabled=True, privacy_notice=notice, capacity=5,
    questions=[{{"type": "long_text", "id": "d5e1c0de-0000-4000-8000-000000000001", "value": {{"label": "Team"}}}}],
))
event.save_revision().publish()
print(event.url, Desk.objects.get().pk)
"""
PACKAGES = ["event_pages", "network_pages", "verkosto"]
DESK = "from verkosto.registrations.models import Desk; print(Desk.objects.get().pk)"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_environment(tmp_path_factory.mktemp("environment") / "venv", wheel)


@pytest.fixture(scope="module")
def new(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return start_project(tmp_path_factory.mktemp("new") / "project", python)


@pytest.fixture
def started(new: Project, tmp_path: Path) -> Project:
    """A project of Wagtail alone, without a database."""
    return new.copy(tmp_path / "project")


@pytest.fixture(scope="module")
def plain(new: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of Wagtail alone, migrated."""
    project = new.copy(tmp_path_factory.mktemp("plain") / "project")
    project.manage("shell", "--no-imports", "-c", MIGRATE)
    return project


@pytest.fixture(scope="module")
def whole(plain: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site of Wagtail that has installed all apps of the wheel: the tutorial as far as ``migrate``."""
    project = plain.copy(tmp_path_factory.mktemp("whole") / "project")
    _new_project, settings, urls, *_ = steps("first-event")
    project.append(settings.file, settings.text)
    project.append(urls.file, urls.text)
    migrate(project)
    return project


def migrate(project: Project) -> None:
    """Migrate a project that lacks no migration, and to which the checks object in nothing."""
    said = project.manage("shell", "--no-imports", "-c", MIGRATE)
    assert "verkosto" not in said
    assert "No changes detected" in said


def assert_takes_registrations(project: Project) -> None:
    """Make an event with a form, serve it, register, and find the registration in the admin."""
    url, desk = project.shell(EVENT).split()
    assert urllib.parse.urlsplit(url).path == "/events/open-day/"
    assert_event_takes_a_registration(project, desk, password="verkosto-tests", question="Team")
    assert_mail_is_sent(project.manage("db_worker", "--batch"))


def assert_event_takes_a_registration(project: Project, desk: str, *, password: str, question: str) -> None:
    path = "/events/open-day/"
    with project.served() as site:
        visitor = Visitor(site)
        page = visitor.get(path)
        assert "Come and see." in page
        assert question in page
        sheets = [str(link["href"]) for link in BeautifulSoup(page, "html.parser").select("link[rel=stylesheet]")]
        own = [sheet for sheet in sheets if "/verkosto_" in sheet]
        assert own
        assert all(visitor.get(sheet) for sheet in own)
        assert "Open day" in visitor.get("/events/")
        assert "BEGIN:VEVENT" in visitor.get("/events/calendar.ics")

        typed = {"name": "Ada Example", "email": "ada@example.org"}
        receipt = visitor.send(page, "form[data-registration]", path, **typed)
        assert "Open day" in receipt
        assert "ds-error-summary" not in receipt

        staff = Visitor(site)
        login = "/admin/login/"
        staff.send(staff.get(login), "form", login, username="admin", password=password)
        assert "Ada Example" in staff.get(f"/admin/registrations/{desk}/")


def assert_mail_is_sent(mail: str) -> None:
    """Compare what the worker of a new project prints."""
    assert "ada@example.org" in mail
    assert "http://localhost/registrations/open/" in mail


def test_wheel_holds_three_packages_with_their_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    folders = {name.partition("/")[0] for name in names}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == set(PACKAGES)
    files = [path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()]
    wanted = {str(path) for path in files if path.suffix in {".py", ".html", ".txt", ".css", ".js", ".svg", ".ttf"}}
    compiled = {str(path.with_suffix(".mo")) for path in files if path.suffix == ".po"}
    assert {path.parts[-3] for path in files if path.suffix == ".po"} == {"fi", "sv", "en"}
    assert (wanted | compiled) - names == set()


def test_tutorial_leads_to_an_event_with_a_registration(whole: Project, tmp_path: Path) -> None:
    """Each block of docs/tutorial/first-event.md is executed, here or by the fixtures, in its order."""
    new_project, settings, urls, database, script, run_script, serve, work = steps("first-event")
    assert commands(new_project) == [
        *("python3 -m venv .venv", ". .venv/bin/activate", 'pip install "verkosto[tasks]"'),
        *("wagtail start mysite", "cd mysite"),
    ]
    guide = "".join(blocks("python")[:2]).split("\n")
    assert [line for line in f"{settings.text}{urls.text}".split("\n") if line not in guide] == []
    migration, account = commands(database)
    project = whole.copy(tmp_path / "project")
    assert migration == "python manage.py migrate"
    project.sh(account)
    project.append(script.file, script.text)
    (run_line,) = commands(run_script)
    project.sh(run_line)
    assert commands(serve) == ["python manage.py runserver"]
    password = account.partition("PASSWORD=")[2].partition(" ")[0]
    question = "What would you like to see?"
    assert_event_takes_a_registration(project, "1", password=password, question=question)
    activate, worker = commands(work)
    assert activate == ". ../.venv/bin/activate"
    assert_mail_is_sent(project.sh(worker))


@pytest.mark.browser
def test_editor_makes_an_event_in_a_browser_where_a_visitor_registers(
    whole: Project, browser: Browser, tmp_path: Path
) -> None:
    project = whole.copy(tmp_path / "project")
    calendar = project.shell(CALENDAR)
    problems: list[str] = []
    with project.served() as site, closing(browser.new_context()) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{site}/admin/login/")
        page.locator("[name=username]").fill("admin")
        page.locator("[name=password]").fill("verkosto-tests")
        page.locator("[name=password]").press("Enter")
        page.wait_for_url("**/admin/")
        make_event(page, f"{site}/admin/pages/{calendar}/add_subpage/")
        register(context, f"{site}/events/open-day/")
        page.goto(f"{site}/admin/registrations/{project.shell(DESK)}/")
        page.get_by_text("Ada Example").first.wait_for()
    assert problems == []


def test_project_with_events_and_what_they_need_takes_registrations(plain: Project, tmp_path: Path) -> None:
    project = plain.copy(tmp_path / "project")
    install(
        project, without=("network_pages", "verkosto.localisation", "verkosto.subscriptions", "verkosto.embedding")
    )
    migrate(project)
    assert_takes_registrations(project)


def test_project_with_models_and_a_base_template_of_its_own_takes_registrations(started: Project) -> None:
    """A new site, whose first migration is with all apps."""
    started.append("people/__init__.py", "")
    started.append(
        "people/models.py",
        "from django.contrib.auth.models import AbstractUser\n\n\nclass Person(AbstractUser):\n    pass\n",
    )
    started.append("pictures/__init__.py", "")
    started.append("pictures/models.py", PICTURES)
    install(started)
    started.append("mysite/settings/base.py", OWN_MODELS + blocks("python")[2])
    started.manage("makemigrations", "people", "pictures")
    migrate(started)
    assert_takes_registrations(started)
    table = "from event_pages.models import EventPage as E; print(E.listing_image.field.related_model.__name__)"
    assert started.shell(table) == "Picture"


PICTURES = """
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    credit = models.CharField(max_length=100, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "credit")


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
"""
OWN_MODELS = """
INSTALLED_APPS += ["people", "pictures"]
AUTH_USER_MODEL = "people.Person"
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('include("verkosto.urls")', 'Add path("", include("verkosto.urls")) to mysite.urls'),
        ("TranslationGuardMiddleware", "TranslationGuardMiddleware is not in MIDDLEWARE"),
        ("PublishingRulesMiddleware", "PublishingRulesMiddleware is not in MIDDLEWARE"),
        ("ConfirmApprovalMiddleware", "ConfirmApprovalMiddleware is not in MIDDLEWARE"),
        ("TASKS =", 'set TASKS = {"default"'),
        ('"verkosto.directory"', 'needs "verkosto.directory" in INSTALLED_APPS'),
        ('"wagtail_localize",', 'needs "wagtail_localize" in INSTALLED_APPS'),
        ('"wagtail.contrib.table_block"', 'needs "wagtail.contrib.table_block" in INSTALLED_APPS'),
    ],
)
def test_check_names_the_line_that_is_missing(started: Project, line: str, message: str) -> None:
    install(started)
    for name in ("settings/base.py", "urls.py"):
        path = started.folder / "mysite" / name
        path.write_text("\n".join(each for each in path.read_text().split("\n") if line not in each))
    assert message in checked(started)


def test_check_finds_a_base_template_without_a_place_for_content(started: Project) -> None:
    install(started)
    started.append("mysite/settings/base.py", 'VERKOSTO_BASE_TEMPLATE = "bare.html"\n')
    started.append("mysite/templates/bare.html", "<html><body>{% block text %}{% endblock %}</body></html>")
    assert 'VERKOSTO_BASE_TEMPLATE ("bare.html") shows no content' in checked(started)


def checked(project: Project) -> str:
    try:
        return project.manage("check")
    except AssertionError as failure:
        return str(failure)
