"""The addresses of signing in, outside the languages: ``path("accounts/", include("verkosto.accounts.urls"))``.

Of allauth's, those are left out that have another page: accounts are made, and their address and password changed, in
Wagtail's admin.
"""

from allauth.account.views import account_inactive, reauthenticate
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.views import login_cancelled
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.views.account import LogoutView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from verkosto.accounts import views
from verkosto.accounts.interface_language import in_own_language

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("logout/", LogoutView.as_view(), name="account_logout"),
    path("sessions/", views.SessionsView.as_view(), name="account_sessions"),
    path("inactive/", account_inactive, name="account_inactive"),
    path("reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path("oidc/<str:provider_id>/login/", views.provider_login, name="openid_connect_login"),
    path("oidc/again/", views.provider_login_again, name="openid_connect_again"),
    path("oidc/<str:provider_id>/login/callback/", views.provider_callback, name="openid_connect_callback"),
    path("oidc/logout/", views.provider_logout, name="openid_connect_logout"),
    path("oidc/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.ActivateTOTPView.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", views.passkey_login, name="mfa_login_webauthn"),
    path("2fa/passkeys/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
urlpatterns = decorate_urlpatterns(urlpatterns, in_own_language)
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
