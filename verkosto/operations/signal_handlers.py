"""Connects what this app hears of: background tasks, and entries of the audit log."""

from django.db.models.signals import post_save
from django_tasks.signals import task_finished, task_started

from verkosto.operations import audit_log, conf, request_ids


def connect() -> None:
    """Connect the handlers; once, when the apps are ready."""
    task_started.connect(request_ids.begin_task, dispatch_uid="verkosto_operations_begin_task")
    task_finished.connect(request_ids.end_task, dispatch_uid="verkosto_operations_end_task")
    if conf.ships_audit_log():
        post_save.connect(audit_log.ship, dispatch_uid="verkosto_operations_audit_log")
