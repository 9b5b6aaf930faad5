from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from cms import views
from cms.account import AccountView, PasswordResetView
from home.urls import language_urlpatterns
from verkosto.accounts.views import LoginView, login_of_pages
from verkosto.core.routing import serve

handler400 = "home.views.bad_request"
handler403 = "home.views.forbidden"
handler404 = "home.views.not_found"
handler500 = "home.views.server_error"

#: The pages. In a site with several languages each path begins with its language.
page_patterns: list[URLPattern | URLResolver] = [
    path("registrations/", include("verkosto.registrations.urls")),
    path("follow/", include("verkosto.subscriptions.urls")),
    path("", include("verkosto.embedding.urls")),
    *language_urlpatterns,
    path("", include("event_pages.urls")),
    path("", include("network_pages.urls")),
    path("_util/login/", login_of_pages, name="wagtailcore_login"),  # in place of Wagtail's
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
several_languages = [path("", views.root_redirect, name="root"), *i18n_patterns(*page_patterns)]

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("verkosto.operations.urls")),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("media/images/<path:path>", views.media, name="media"),
    path(
        "admin/password_reset/", PasswordResetView.as_view(), name="wagtailadmin_password_reset"
    ),  # in place of Wagtail's
    path("admin/login/", LoginView.as_view(), name="wagtailadmin_login"),  # likewise
    path("admin/account/", require_admin_access(AccountView.as_view()), name="wagtailadmin_account"),  # likewise
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("verkosto.accounts.urls")),
    re_path(r"^documents/(\d+)/(.*)$", views.document),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include("verkosto.core.urls")),
    path("api/v1/", include("verkosto.api.urls")),
    path("linkedevents/v1/", include("verkosto.linked_events.urls")),
    *(several_languages if len(settings.LANGUAGES) > 1 else page_patterns),
]
