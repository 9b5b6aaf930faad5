from .directory import OrganisationFactory, PersonFactory, PrivacyNoticeFactory, TopicFactory, VenueFactory
from .home import (
    AccessibilityPageFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SiteSettingsFactory,
    StandardPageFactory,
    home_tree,
)
from .locales import in_language, locale

__all__ = [
    "AccessibilityPageFactory",
    "HomePageFactory",
    "NewsIndexPageFactory",
    "NewsPageFactory",
    "OrganisationFactory",
    "PersonFactory",
    "PrivacyNoticeFactory",
    "SiteSettingsFactory",
    "StandardPageFactory",
    "TopicFactory",
    "VenueFactory",
    "home_tree",
    "in_language",
    "locale",
]
