from wagtail import blocks, hooks

from tests.plugin_app.channels import send_text_message
from tests.plugin_app.emails import bus_can_be_caught
from tests.plugin_app.exports import ADDRESSES
from tests.plugin_app.questions import Distance
from verkosto.registrations.exports import ExportFormat
from verkosto.registrations.mail.channels import Channel
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.questions.types.base import QuestionType


@hooks.register("register_verkosto_event_types")
def excursion() -> list[tuple[str, str]]:
    return [("excursion", "Excursion")]


@hooks.register("register_verkosto_body_blocks")
def packing_list() -> list[tuple[str, blocks.Block]]:
    return [
        (
            "packing_list",
            blocks.ListBlock(blocks.CharBlock(), description="What to bring along", preview_value=["Boots"]),
        )
    ]


@hooks.register("register_verkosto_question_types")
def distance() -> list[QuestionType]:
    return [Distance()]


@hooks.register("register_verkosto_channels")
def text_messages() -> dict[str, Channel]:
    return {"sms": send_text_message}


@hooks.register("register_verkosto_mail_kinds")
def mail_kinds() -> list[MailKind]:
    return [
        MailKind(
            name="bus_leaves",
            label="Departure of the bus",
            subject="The bus to {title}",
            body="Hello {name},\n\nThe bus leaves at 8.30 from the main entrance.",
            still_applies=bus_can_be_caught,
        )
    ]


@hooks.register("register_verkosto_export_formats")
def addresses() -> list[ExportFormat]:
    return [ADDRESSES]
