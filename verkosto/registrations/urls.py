from django.urls import path

from verkosto.registrations.public.views import links, manage, signup

app_name = "verkosto_registrations"

urlpatterns = [
    path("mine/", manage.overview, name="mine"),
    path("mine/change/", manage.change, name="change"),
    path("mine/confirm/", manage.confirm, name="confirm"),
    path("mine/offer/", manage.offer, name="offer"),
    path("mine/cancel/", manage.cancel, name="cancel"),
    path("mine/rejoin/", manage.rejoin, name="rejoin"),
    path("mine/calendar/", manage.calendar, name="my_calendar"),
    path("mine/data/", manage.data, name="data"),
    path("mine/file/<str:key>/", manage.file, name="file"),
    path("mine/erase/", manage.erase, name="erase"),
    path("mine/leave/", links.leave, name="leave"),
    path("link/", links.ask_link, name="ask_link"),
    path("link/sent/", links.link_sent, name="link_sent"),
    path("open/<str:token>/", links.enter, name="enter"),
    path("invitation/<str:code>/", signup.invited, name="invited"),
    path("<uuid:key>/", signup.register, name="register"),
    path("<uuid:key>/places/", signup.places, name="places"),
    path("<uuid:key>/challenge/", signup.challenge, name="challenge"),
    path("<uuid:key>/calendar/", signup.calendar, name="calendar"),
    path("<uuid:key>/received/<str:receipt>/", signup.received, name="received"),
]
