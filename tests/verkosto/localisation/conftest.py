from datetime import UTC, datetime, time

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import TestCase
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from home.models import StandardPage
from tests.factories.home import StandardPageFactory
from tests.recordings import recorded
from tests.verkosto.localisation import bodies
from tests.verkosto.localisation.testapp.models import Hall, Label, TalkItem, TalkLink, TalkPage
from verkosto.localisation.states.newer_original import newer_original

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
@recorded
def locales(db):
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("fi", "sv", "en")}


@pytest.fixture
@recorded
def home(locales):
    """The Finnish root of the test's pages."""
    page = TalkPage(title="Etusivu", slug="etusivu", locale=locales["fi"])
    Page.objects.get(depth=1).add_child(instance=page)
    return page


@pytest.fixture
@recorded
def hall(locales):
    return Hall.objects.create(name="Sali", seats=50, locale=locales["fi"])


@pytest.fixture
@recorded
def talk(home, hall):
    """A live Finnish talk with facts and words of every kind."""
    page = TalkPage(
        title="Puhe",
        slug="puhe",
        intro="Johdanto",
        starts_at=NOON,
        capacity=10,
        hall=hall,
        locale=home.locale,
        body=[("paragraph", "<p>Ensimmäinen</p>"), ("heading", "Otsikko")],
        contacts=[("hall", hall), ("mailbox", "a@example.org")],
    )
    page.items = [
        TalkItem(at=time(12), title="Avaus", speaker="Anna", locale=home.locale, sort_order=0),
        TalkItem(at=time(13), title="Kahvi", locale=home.locale, sort_order=1),
    ]
    page.talk_links = [TalkLink(url="https://example.org/1", hall=hall, sort_order=0)]
    home.add_child(instance=page)
    page.labels = [Label.objects.create(code="a")]
    page.save()
    page.save_revision().publish()
    return TalkPage.objects.get(pk=page.pk)


@pytest.fixture
@recorded
def swedish(talk, locales):
    """The talk's Swedish translation: live, every string translated."""
    return translated(talk, locales["sv"], TestCase.captureOnCommitCallbacks)


def translate_strings(source, locale, mark="sv"):
    from wagtail_localize.models import StringTranslation

    for segment in source.stringsegment_set.select_related("string"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            defaults={"data": f"{mark} {segment.string.data}", "translation_type": "manual"},
        )


def translated(page, locale, capture, publish=True):
    from wagtail_localize.models import Translation

    with capture(execute=True):
        parent = page.get_parent().specific
        if not parent.has_translation(locale):
            translate_object(parent, [locale])
            parent.get_translation(locale).save_revision().publish()
        translate_object(page, [locale])
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
    translate_strings(translation.source, locale)
    if publish:
        with capture(execute=True):
            translation.save_target(publish=True)
    return TalkPage.objects.get(translation_key=page.translation_key, locale=locale)


@pytest.fixture
def make_user(django_user_model, locales):
    """`make_user("sv", "change_page", "publish_page", submit=True)`: rights to one tree and to snippets."""

    def make(code, *codenames, submit=False):
        group = Group.objects.create(name=f"{code} {codenames} {submit}")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        group.permissions.add(Permission.objects.get(codename="change_hall"))
        group.permissions.add(Permission.objects.get(codename="delete_hall"))
        group.permissions.add(Permission.objects.get(codename="add_hall"))
        if submit:
            group.permissions.add(Permission.objects.get(codename="submit_translation"))
        for root in Page.objects.filter(depth=2, locale=locales[code]):
            for codename in codenames:
                permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
                GroupPagePermission.objects.create(group=group, page=root, permission=permission)
        user = django_user_model.objects.create_user(f"{code}-{len(codenames)}-{submit}", password="p")
        user.groups.add(group)
        return user

    return make


@pytest.fixture
@recorded
def translation(talk, swedish, locales):
    from wagtail_localize.models import Translation

    return Translation.objects.get(source__object_id=talk.translation_key, target_locale=locales["sv"])


@pytest.fixture
def workflow(db, home):
    """One task, approved by superusers, on every page."""
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

    Workflow.objects.all().delete()
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Approve"))
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(depth=1))
    return workflow


@pytest.fixture
def files(db):
    documents = [
        get_document_model().objects.create(title=f"doc {number}", file=ContentFile(b"x", f"{number}.pdf"))
        for number in (1, 2)
    ]
    images = [
        get_image_model().objects.create(title=f"image {number}", file=get_test_image_file(f"{number}.png"))
        for number in (1, 2)
    ]
    return {"documents": [document.pk for document in documents], "images": [image.pk for image in images]}


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def guide(homes, files):
    page = StandardPageFactory.build(title="Ohje", slug="ohje", locale=homes["fi"].locale, summary="Tiivistelmä")
    page.search_description = "Kuvaus"
    bodies.set_body(page, bodies.body(files))
    homes["fi"].add_child(instance=page)
    bodies.publish(page)
    return bodies.fresh(page)


@pytest.fixture
def swedish_guide(guide, locales, commit):
    sv = locales["sv"]
    with commit():
        translate_object(guide, [sv])
    translation = Translation.objects.get(source__object_id=guide.translation_key, target_locale=sv)
    with commit():
        translate_strings(translation.source, sv)
        translation.save_target(publish=True)
    page = StandardPage.objects.get(translation_key=guide.translation_key, locale=sv)
    assert (bodies.state(page).state, newer_original(page)) == ("up_to_date", None)
    return page


@pytest.fixture
def texts(swedish_guide, files):
    assert bodies.raw_body(swedish_guide) == bodies.body(files, "sv ")
    return bodies.body(files, "sv ")
