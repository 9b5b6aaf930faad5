from wagtail import blocks, hooks

from registrations.channels import Channel
from registrations.exports import ExportFormat
from registrations.question_types import QuestionType

from .channels import send_text_message
from .exports import ADDRESSES
from .questions import Distance


@hooks.register("register_event_kinds")
def excursion() -> list[tuple[str, str]]:
    return [("excursion", "Excursion")]


@hooks.register("register_body_blocks")
def packing_list() -> list[tuple[str, blocks.Block]]:
    return [
        (
            "packing_list",
            blocks.ListBlock(blocks.CharBlock(), description="What to bring along", preview_value=["Boots"]),
        )
    ]


@hooks.register("register_question_types")
def distance() -> list[QuestionType]:
    return [Distance()]


@hooks.register("register_message_channels")
def text_messages() -> dict[str, Channel]:
    return {"sms": send_text_message}


@hooks.register("register_export_formats")
def addresses() -> list[ExportFormat]:
    return [ADDRESSES]
