from .accessibility import AccessibilityPage
from .home import HomePage
from .news import NewsIndexPage, NewsPage
from .settings import SiteSettings
from .standard import StandardPage

__all__ = ["AccessibilityPage", "HomePage", "NewsIndexPage", "NewsPage", "SiteSettings", "StandardPage"]
