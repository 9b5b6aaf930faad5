import uuid

import pytest
from django.contrib.auth.models import User

from verkosto.registrations.models import Question

PASSWORD = "a long password for tests"


@pytest.fixture
def desk(make_desk):
    return make_desk()


@pytest.fixture
def make_question():
    def make(desk, label="Kotikunta", type="text", choices=(), **fields):
        rows = [{"key": str(uuid.uuid4()), "labels": {"fi": words}, "capacity": None} for words in choices]
        return Question.objects.create(
            desk=desk,
            key=str(uuid.uuid4()),
            type=type,
            labels={"fi": label},
            choice_rows=[{**row, "retired": False} for row in rows],
            **fields,
        )

    return make


@pytest.fixture
def admin(db):
    return User.objects.create_superuser("admin", "admin@example.org", PASSWORD)


@pytest.fixture
def admin_client(client, admin):
    client.force_login(admin)
    return client
