"""The URLs of a site in one language."""

from cms import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

several = {id(pattern) for pattern in urls.several_languages}
urlpatterns = [*(pattern for pattern in urls.urlpatterns if id(pattern) not in several), *urls.page_patterns]
