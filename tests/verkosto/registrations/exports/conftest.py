from tests.verkosto.registrations.admin.conftest import (  # noqa: F401
    admin,
    admin_client,
    desk,
    make_question,
)
