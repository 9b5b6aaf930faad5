from django.urls import path

from .views import acting, desks, editing, exporting, outbox, registration, registrations

app_name = "registrations_staff"
urlpatterns = [
    path("", desks.DeskIndexView.as_view(), name="desks"),
    path("results/", desks.DeskResultsView.as_view(), name="desks_results"),
    path("messages/", outbox.MessageIndexView.as_view(), name="messages"),
    path("messages/results/", outbox.MessageResultsView.as_view(), name="messages_results"),
    path("messages/<int:pk>/", outbox.MessageView.as_view(), name="message"),
    path("messages/<int:pk>/send-again/", outbox.ResendMessageView.as_view(), name="message_resend"),
    path("<int:desk_pk>/", registrations.RegistrationIndexView.as_view(), name="registrations"),
    path("<int:desk_pk>/results/", registrations.RegistrationResultsView.as_view(), name="registrations_results"),
    path("<int:desk_pk>/messages/", outbox.DeskMessageIndexView.as_view(), name="desk_messages"),
    path("<int:desk_pk>/messages/results/", outbox.DeskMessageResultsView.as_view(), name="desk_messages_results"),
    path("<int:desk_pk>/<int:pk>/", registration.RegistrationView.as_view(), name="registration"),
    path("<int:desk_pk>/export/", exporting.ExportView.as_view(), name="export"),
    path("<int:desk_pk>/add/", editing.AddView.as_view(), name="add"),
    path("<int:desk_pk>/<int:pk>/change/", editing.ChangeView.as_view(), name="change"),
    path("<int:desk_pk>/<int:pk>/approve/", acting.ApproveView.as_view(), name="approve"),
    path("<int:desk_pk>/<int:pk>/decline/", acting.DeclineView.as_view(), name="decline"),
    path("<int:desk_pk>/<int:pk>/cancel/", acting.CancelView.as_view(), name="cancel"),
    path("<int:desk_pk>/<int:pk>/rejoin/", acting.RejoinView.as_view(), name="rejoin"),
    path("<int:desk_pk>/<int:pk>/move/", acting.MoveView.as_view(), name="move"),
    path("<int:desk_pk>/<int:pk>/resend/", acting.ResendView.as_view(), name="resend"),
    path("<int:desk_pk>/<int:pk>/erase/", acting.EraseView.as_view(), name="erase"),
    path("<int:desk_pk>/<int:pk>/note/", registration.AddNoteView.as_view(), name="note"),
    path("<int:desk_pk>/<int:pk>/files/<int:file_pk>/", registration.FileView.as_view(), name="file"),
]
