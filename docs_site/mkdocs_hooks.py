"""What MkDocs calls while it builds the site (``hooks`` of mkdocs.yml)."""

import os

import django
from django.apps import apps
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs_site.diagrams import without_mermaid
from docs_site.links import ROOT_PAGES, for_site
from docs_site.source_code import ROOT

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()

from docs_site.reference import PAGES

#: Folders of texts in other languages than English.
LANGUAGES = ("fi", "sv")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from the code, and those whose text is at the root of the repository."""
    for name, make in PAGES.items():
        files.append(File.generated(config, name, content=make()))
    for source, name in ROOT_PAGES.items():
        files.append(File.generated(config, name, content=(ROOT / source).read_text()))
    return files


def on_page_markdown(markdown: str, page: Page, **kwargs: object) -> str:
    """Return a page's text with links and diagrams as the site shows them."""
    return without_mermaid(for_site(markdown, page.file.src_uri))


def on_post_page(output: str, page: Page, **kwargs: object) -> str:
    """Return a page with the language of its text (WCAG SC 3.1.2); the navigation around it is English."""
    language = page.file.src_uri.partition("/")[0]
    if language not in LANGUAGES:
        return output
    return output.replace("<article class=", f'<article lang="{language}" class=', 1)
