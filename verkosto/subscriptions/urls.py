from django.urls import path

from verkosto.subscriptions import views

app_name = "verkosto_subscriptions"

urlpatterns = [
    path("", views.follow, name="follow"),
    path("sent/", views.sent, name="sent"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("open/<str:token>/", views.enter, name="enter"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("manage/<uuid:reference>/", views.manage, name="manage"),
    path("manage/<uuid:reference>/unfollow/<int:pk>/", views.unfollow, name="unfollow"),
    path("manage/<uuid:reference>/end/", views.end, name="end"),
    path("manage/<uuid:reference>/leave/", views.leave, name="leave"),
]
