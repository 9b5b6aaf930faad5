from home.models.accessibility import AccessibilityPage
from home.models.accessibility_feedback import AccessibilityFeedback
from home.models.home import HomePage
from home.models.news import NewsIndexPage, NewsPage
from home.models.settings import SiteSettings
from home.models.standard import StandardPage

__all__ = [
    "AccessibilityFeedback",
    "AccessibilityPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "SiteSettings",
    "StandardPage",
]
