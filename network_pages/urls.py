from django.urls import path

from network_pages import member_session, membership_views
from network_pages.pair_reports import views as report_views

app_name = "verkosto_networks"

urlpatterns = [
    path("memberships/open/<str:token>/", member_session.enter, name="enter"),
    path("memberships/<int:pk>/", membership_views.overview, name="membership"),
    path("memberships/<int:pk>/change/", membership_views.change, name="membership_change"),
    path("memberships/<int:pk>/renew/", membership_views.renew, name="membership_renew"),
    path("memberships/<int:pk>/leave/", membership_views.leave, name="membership_leave"),
    path("memberships/<int:pk>/data/", membership_views.data, name="membership_data"),
    path("memberships/<int:pk>/meetings.ics", membership_views.calendar, name="membership_calendar"),
    path("memberships/<int:pk>/documents/<int:document_pk>/", membership_views.document, name="membership_document"),
    path("memberships/<int:pk>/report/<uuid:pair_key>/", report_views.report, name="membership_report"),
    path("memberships/<int:pk>/erase/", membership_views.erase, name="membership_erase"),
    path("memberships/<int:pk>/sign-out/", member_session.sign_out, name="membership_sign_out"),
]
