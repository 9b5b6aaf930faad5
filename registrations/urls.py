from django.urls import path

from .views import door, mine, signing_up

app_name = "registrations"

urlpatterns = [
    path("mine/", mine.overview, name="mine"),
    path("mine/change/", mine.change, name="change"),
    path("mine/confirm/", mine.confirm, name="confirm"),
    path("mine/offer/", mine.offer, name="offer"),
    path("mine/cancel/", mine.cancel, name="cancel"),
    path("mine/rejoin/", mine.rejoin, name="rejoin"),
    path("mine/calendar/", mine.calendar, name="my_calendar"),
    path("mine/data/", mine.data, name="data"),
    path("mine/file/<str:key>/", mine.file, name="file"),
    path("mine/erase/", mine.erase, name="erase"),
    path("mine/leave/", door.leave, name="leave"),
    path("link/", door.ask_link, name="ask_link"),
    path("link/sent/", door.link_sent, name="link_sent"),
    path("open/<str:token>/", door.enter, name="enter"),
    path("invitation/<str:code>/", signing_up.invited, name="invited"),
    path("<uuid:key>/", signing_up.register, name="register"),
    path("<uuid:key>/places/", signing_up.places, name="places"),
    path("<uuid:key>/challenge/", signing_up.challenge, name="challenge"),
    path("<uuid:key>/calendar/", signing_up.calendar, name="calendar"),
    path("<uuid:key>/received/<str:receipt>/", signing_up.received, name="received"),
]
