"""What an installed app adds to registrations (law 9); the app is tests/plugin_app."""

import pytest

from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.plugin_app import channels
from verkosto.registrations.enums import MessageState
from verkosto.registrations.exports import Export, export_formats
from verkosto.registrations.mail import delivery, outbox

pytestmark = pytest.mark.django_db


def test_question_type_of_a_plugin_is_asked_and_shown() -> None:
    block = question("distance", "Matka")
    desk = desk_of(event_with_desk(questions=[block]))

    asked = desk.questions.get()
    assert (asked.key, asked.type) == (block["id"], "distance")
    assert asked.display(12, "fi") == "12 km"
    row = register(desk, "aino@example.fi", answers={block["id"]: 12})
    assert row.answers == {block["id"]: 12}


def test_message_of_a_plugins_channel_goes_out_by_it() -> None:
    desk = desk_of(event_with_desk(title="Retki"))

    message = outbox.write(
        "bus_leaves",
        desk=desk,
        recipient="+358295000000",
        language="fi",
        context={"words": "Bussi lähtee."},
        channel="sms",
    )

    assert message is not None
    assert delivery.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.text) == (MessageState.SENT, "Retki: Bussi lähtee.")
    assert channels.sent.pop() == ("+358295000000", "Retki: Bussi lähtee.")


def test_export_format_of_a_plugin_stands_beside_ours() -> None:
    desk = desk_of(event_with_desk())
    register(desk, "aino@example.fi")

    made = Export(desk=desk, registrations=desk.registrations.all(), language="fi")

    assert list(export_formats()) == ["xlsx", "csv", "json", "txt"]
    assert b"".join(export_formats()["txt"].stream(made)).endswith(b"\naino@example.fi\n")
