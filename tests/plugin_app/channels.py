from verkosto.registrations.models import Message

#: What a real channel would hand to a gateway.
sent: list[tuple[str, str]] = []


def send_text_message(message: Message) -> bool:
    """Deliver a message to a telephone. An exception counts as a failure, and the outbox tries again."""
    title = message.desk.version(message.language)["title"] if message.desk else ""
    message.text = f"{title}: {message.context['words']}"
    sent.append((message.recipient, message.text))
    return True
