from django.urls import path

from verkosto.registrations.public.views import links, manage, manage_session, signup

app_name = "verkosto_registrations"

urlpatterns = [
    path("mine/", manage_session.nothing_named, name="nothing_named"),
    path("mine/<str:reference>/", manage.overview, name="mine"),
    path("mine/<str:reference>/change/", manage.change, name="change"),
    path("mine/<str:reference>/confirm/", manage.confirm, name="confirm"),
    path("mine/<str:reference>/offer/", manage.offer, name="offer"),
    path("mine/<str:reference>/cancel/", manage.cancel, name="cancel"),
    path("mine/<str:reference>/rejoin/", manage.rejoin, name="rejoin"),
    path("mine/<str:reference>/calendar/", manage.calendar, name="my_calendar"),
    path("mine/<str:reference>/data/", manage.data, name="data"),
    path("mine/<str:reference>/file/<str:key>/", manage.file, name="file"),
    path("mine/<str:reference>/erase/", manage.erase, name="erase"),
    path("mine/<str:reference>/leave/", manage_session.leave, name="leave"),
    path("link/", links.ask_link, name="ask_link"),
    path("link/sent/", links.link_sent, name="link_sent"),
    path("open/<str:token>/", manage_session.enter, name="enter"),
    path("invitation/<str:code>/", signup.invited, name="invited"),
    path("<uuid:key>/", signup.register, name="register"),
    path("<uuid:key>/places/", signup.places, name="places"),
    path("<uuid:key>/challenge/", signup.challenge, name="challenge"),
    path("<uuid:key>/calendar/", signup.calendar, name="calendar"),
    path("<uuid:key>/received/<str:receipt>/", signup.received, name="received"),
]
