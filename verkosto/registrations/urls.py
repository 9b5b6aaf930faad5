from django.urls import path

from verkosto.registrations.public.views import (
    feedback,
    guests,
    handover,
    links,
    manage,
    manage_session,
    meetings,
    receipt,
    signup,
)

app_name = "verkosto_registrations"

urlpatterns = [
    path("manage/", manage_session.manage_unnamed, name="manage_unnamed"),
    path("manage/<str:reference>/", manage.overview, name="manage"),
    path("manage/<str:reference>/change/", manage.change, name="change"),
    path("manage/<str:reference>/confirm/", manage.confirm, name="confirm"),
    path("manage/<str:reference>/offer/", manage.offer, name="offer"),
    path("manage/<str:reference>/cancel/", manage.cancel, name="cancel"),
    path("manage/<str:reference>/guest/<str:guest>/", guests.change_guest, name="guest"),
    path("manage/<str:reference>/guest/<str:guest>/cancel/", guests.cancel_guest, name="guest_cancel"),
    path("manage/<str:reference>/hand-over/", handover.hand_over, name="hand_over"),
    path("manage/<str:reference>/hand-over/withdraw/", handover.withdraw, name="hand_over_withdraw"),
    path("manage/<str:reference>/rejoin/", manage.rejoin, name="rejoin"),
    path("manage/<str:reference>/meetings/", meetings.change_meeting, name="change_meeting"),
    path("manage/<str:reference>/calendar/", manage.calendar, name="manage_calendar"),
    path("manage/<str:reference>/certificate/", manage.certificate, name="certificate"),
    path("manage/<str:reference>/certificate.pdf", manage.certificate_file, name="certificate_file"),
    path("manage/<str:reference>/data/", manage.data, name="data"),
    path("manage/<str:reference>/file/<str:key>/", manage.file, name="file"),
    path("manage/<str:reference>/erase/", manage.erase, name="erase"),
    path("manage/<str:reference>/leave/", manage_session.leave, name="leave"),
    path("link/", links.request_link, name="request_link"),
    path("link/challenge/", links.challenge, name="link_challenge"),
    path("link/sent/", links.link_sent, name="link_sent"),
    path("open/<str:token>/", manage_session.enter, name="enter"),
    path("feedback/open/<str:token>/", feedback.enter, name="feedback_enter"),
    path("feedback/<str:reference>/", feedback.feedback, name="feedback"),
    path("invitation/<str:code>/", signup.invited, name="invited"),
    path("<uuid:key>/", signup.register, name="register"),
    path("<uuid:key>/places/", signup.places, name="places"),
    path("<uuid:key>/challenge/", signup.challenge, name="challenge"),
    path("<uuid:key>/calendar/", signup.calendar, name="calendar"),
    path("<uuid:key>/received/<str:receipt>/", receipt.received, name="received"),
]
