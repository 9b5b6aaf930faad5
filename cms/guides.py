"""The users' guides in the admin, in the language of whoever reads them, opened at the section about the current page."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import markdown
from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from verkosto.core.locales import interface_language

DOCS = settings.BASE_DIR / "docs"
GUIDES = {
    "editors": _("Guide for editors"),
    "registrars": _("Guide for registrars"),
    "translators": _("Guide for translators"),
}
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
PICTURE = re.compile(r"^!\[.*\n+", re.MULTILINE)
GUIDE_LINK = re.compile(r'href="(\w+)\.md(#[\w-]+)?"')
#: Which section of which guide is about a view of the admin, by the view's full name or by its namespace. Sections are
#: named as in the English guides.
SECTIONS = {
    "events": "editors#create-an-event",
    "verkosto_events_admin": "editors#many-meetings-in-one-go",
    "wagtailadmin_explore": "editors#create-an-event",
    "wagtailadmin_explore_root": "editors#create-an-event",
    "wagtailadmin_pages": "editors#create-an-event",
    "wagtailadmin_pages:copy": "editors#many-meetings-in-one-go",
    "wagtailadmin_pages:unpublish": "editors#changed-postponed-moved-online-or-cancelled",
    "wagtailadmin_pages:workflow_action": "editors#approval",
    "glossary": "translators#glossary",
    "group_plans": "registrars#forming-small-groups",
    "followers": "registrars#followers",
    "members": "registrars#members-of-networks",
    "pair_plans": "registrars#forming-learning-pairs",
    "reviews": "registrars#reviewing-the-applications-to-a-round",
    "verkosto_localisation": "translators#translate",
    "verkosto_localisation:assignment": "translators#assign-a-translation",
    "verkosto_localisation:bulk_submission": "translators#many-pages-at-once",
    "verkosto_localisation:compare": "translators#local-overrides",
    "verkosto_localisation:dashboard": "translators#the-dashboard",
    "verkosto_localisation:exchange": "translators#many-pages-at-once",
    "verkosto_localisation:glossary_files": "translators#glossary",
    "verkosto_localisation:local_override": "translators#local-overrides",
    "verkosto_localisation:local_overrides": "translators#local-overrides",
    "verkosto_localisation:questions": "translators#the-dashboard",
    "verkosto_localisation:work": "translators#the-dashboard",
    "verkosto_registrations_admin": "registrars#the-list-of-registrations",
    "verkosto_registrations_admin:announce": "editors#changed-postponed-moved-online-or-cancelled",
    "verkosto_registrations_admin:badges": "registrars#check-in",
    "verkosto_registrations_admin:certificates": "registrars#certificates-of-attendance",
    "verkosto_registrations_admin:check_in": "registrars#check-in",
    "verkosto_registrations_admin:data_subject": "registrars#personal-data",
    "verkosto_registrations_admin:desk_messages": "registrars#emails",
    "verkosto_registrations_admin:desks": "registrars#desks",
    "verkosto_registrations_admin:email_template": "registrars#emails",
    "verkosto_registrations_admin:email_templates": "registrars#emails",
    "verkosto_registrations_admin:erase": "registrars#personal-data",
    "verkosto_registrations_admin:export": "registrars#export",
    "verkosto_registrations_admin:feedback": "registrars#feedback",
    "verkosto_registrations_admin:follow_up": "registrars#emails",
    "verkosto_registrations_admin:form_template": "editors#the-registration-form",
    "verkosto_registrations_admin:invitations": "registrars#invitations",
    "verkosto_registrations_admin:mailing_new": "registrars#emails",
    "verkosto_registrations_admin:mailings": "registrars#emails",
    "verkosto_registrations_admin:messages": "registrars#emails",
    "verkosto_registrations_admin:print": "registrars#check-in",
    "verkosto_registrations_admin:registration_meeting": "registrars#the-meetings-of-a-series",
    "verkosto_registrations_admin:retention": "registrars#personal-data",
}


class GuideMenuItem(MenuItem):
    """A link to a guide, and to its section about the page on which the menu is shown."""

    def __init__(self, name: str, order: int) -> None:
        super().__init__(GUIDES[name], "", name=f"guide-{name}", icon_name="help", order=order)
        self.guide = name

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        url = reverse("guide", args=[self.guide])
        guide, section = section_about(request)
        return LinkMenuItem(
            self.name,
            str(self.label),
            f"{url}#{section}" if guide == self.guide and section else url,
            icon_name=self.icon_name,
        )


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """A guide as a page of the admin."""

    template_name = "cms/guide.html"
    header_icon = "help"
    _show_breadcrumbs = True

    def get_page_title(self) -> Promise | str:
        return GUIDES[self.kwargs["name"]]

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        name = self.kwargs["name"]
        if name not in GUIDES:
            raise Http404
        language = interface_language(get_language() or settings.LANGUAGE_CODE)
        written_in = language if path_of(name, language).exists() else "en"
        contents, text = guide(name, written_in)
        texts = {"contents": contents, "text": text, "written_in": written_in, "is_foreign": written_in != language}
        return super().get_context_data(**kwargs) | texts


def section_about(request: HttpRequest) -> tuple[str, str]:
    """Return the guide and the section about the view that answers a request; ("", "") if none is."""
    match = request.resolver_match
    names = (match.view_name, match.namespace) if match else ()
    found = next((SECTIONS[name] for name in names if name in SECTIONS), "")
    guide_name, _, section = found.partition("#")
    return guide_name, section


def path_of(name: str, language: str) -> Path:
    """Return where a guide lies: the English ones in ``docs``, the others in a folder of their language."""
    return DOCS / f"{name}.md" if language == "en" else DOCS / language / f"{name}.md"


def section_names(name: str) -> list[str]:
    """Return the names of a guide's sections, which are the same in all languages."""
    return [
        re.sub(r"[^\w]+", "-", title.lower()).strip("-") for title in HEADING.findall(path_of(name, "en").read_text())
    ]


@cache
def guide(name: str, language: str) -> tuple[list[tuple[str, str]], SafeString]:
    """Return a guide's sections, each with its name and title, and its text as HTML. The guides are ours, so is the HTML."""
    text = PICTURE.sub("", path_of(name, language).read_text()).partition("\n")[2]
    sections = list(zip(section_names(name), HEADING.findall(text), strict=True))
    for section, title in sections:
        text = text.replace(f"## {title}\n", f"## {title} {{: #{section} }}\n", 1)
    html = markdown.markdown(text, extensions=["tables", "fenced_code", "attr_list", "sane_lists"])
    return sections, SafeString(GUIDE_LINK.sub(lambda link: f'href="../{link[1]}/{link[2] or ""}"', html))
