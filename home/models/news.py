from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, ObjectList, PageChooserPanel, TabbedInterface
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.querysets import NewsManager, NewsQuerySet
from verkosto.core.locales import all_versions, localise_pks
from verkosto.core.models import BasePage
from verkosto.core.pagination import paginate
from verkosto.core.view_restrictions import public_q
from verkosto.directory.models import Topic
from verkosto.directory.pages import ContactsMixin

#: The feeds below a list of news.
NEWS_FEEDS = ("news.rss", "news.atom", "news.json")


class NewsIndexPage(BasePage):
    """The index of the news in one language, newest first."""

    per_page = 20

    content_panels = [*BasePage.content_panels, *BasePage.listing_panels, *BasePage.notice_panels]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(BasePage.promote_panels, heading=_("Search and sharing")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    template = "home/news_index_page.html"
    file_names = NEWS_FEEDS
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count_per_parent = 1
    page_description = _("Lists the news in this language, including news of networks and programmes.")

    class Meta(BasePage.Meta):
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    @property
    def public_news(self) -> NewsQuerySet:
        """The public news of the language, wherever they stand in the tree."""
        return NewsPage.objects.live().filter(public_q()).in_locale(self.locale_id)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, object]:
        """Return the context with ``news`` (a page of a Paginator), ``topics`` and ``topic`` (the selected one or None)."""
        context = super().get_context(request, *args, **kwargs)
        news = self.public_news
        topics = list(Topic.objects.filter(locale_id=self.locale_id, links__page__in=news).distinct())
        topic = next((topic for topic in topics if topic.slug == request.GET.get("topic")), None)
        if topic:
            news = news.about_topic(topic.slug)
        context.update(
            news=paginate(news.newest(), request.GET.get("page"), per_page=self.per_page), topics=topics, topic=topic
        )
        return context


class NewsPage(ContactsMixin, BasePage):
    """A news item or a story."""

    class Kind(models.TextChoices):
        NEWS = "news", pgettext_lazy("kind of news", "News")
        STORY = "story", _("Story")

    kind = models.CharField(_("type"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    headline_is_quotation = models.BooleanField(
        _("the headline is a quotation"),
        default=False,
        help_text=_("The page adds the quotation marks of its language: write the headline without them."),
    )
    published_on = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("Shown to visitors. Lists are sorted by this date.")
    )
    lead = models.TextField(
        _("lead"),
        blank=True,
        help_text=_("The first paragraph, in larger type. If left empty, the summary is shown instead."),
    )
    byline = models.CharField(_("byline"), max_length=150, blank=True)
    read_more = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("read more"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The network, programme or event that the news is about. Linked after the text."),
    )

    objects: ClassVar[Any] = NewsManager()

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            ["headline_is_quotation", FieldRowPanel(["kind", "published_on"]), "byline"], heading=_("Story")
        ),
        "summary",
        "lead",
        "body",
        PageChooserPanel("read_more"),
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = [*ContactsMixin.contacts_panels, *BasePage.related_panels]
    promote_panels = [*BasePage.promote_panels, *ContactsMixin.topic_panels]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(people_panels, heading=_("Contacts and related")),
            ObjectList(promote_panels, heading=_("Search and sharing")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    template = "home/news_page.html"
    parent_page_types = [
        "home.NewsIndexPage",
        "verkosto_networks.NetworkPage",
        "verkosto_networks.ProgrammePage",
        "verkosto_networks.ProgrammeRoundPage",
    ]
    subpage_types: list[str] = []
    page_description = _("News, or a story with quotations.")
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("byline"),
        index.FilterField("published_on"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
        SynchronizedField("headline_is_quotation", overridable=False),
        SynchronizedField("published_on", overridable=False),
        SynchronizedField("read_more"),
    ]

    class Meta(BasePage.Meta):
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    def is_older_than(self, months: int | None, today: date | None = None) -> bool:
        """Return whether the page was published more than a number of calendar months ago; False for None."""
        if not months or not self.published_on:
            return False
        today = today or timezone.localdate()
        day = self.published_on
        passed = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
        return passed > months or (passed == months and today.day > day.day)

    @cached_property
    def read_more_page(self) -> Page | None:
        """The page that the news is about, in the active language if it is published in it. One query."""
        if self.read_more_id is None:
            return None
        return localise_pks([self.read_more_id], all_versions([self.read_more_id])).get(self.read_more_id)
