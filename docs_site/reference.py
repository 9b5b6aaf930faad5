"""The pages of the reference, made from the code and from the tables of the guides: one truth for each."""

import re
from argparse import Action
from collections.abc import Iterator

from django.core.management import get_commands, load_command_class
from django.core.management.base import DjangoHelpFormatter

from docs_site.source_code import (
    PACKAGES,
    ROOT,
    Setting,
    environment_names,
    hook_modules,
    project_settings,
    public_signals,
)
from verkosto.api.documentation import Operation, groups
from verkosto.api.views import document

ROW = re.compile(r"^\| (`[^|]+?) \| (.*) \|$", re.MULTILINE)
NAME = re.compile(r"`([\w.\[\]\"]+)`")
#: Options that every command of Django has.
DJANGO_OPTIONS = {
    *("help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"),
}


def table_of(guide: str) -> dict[str, list[str]]:
    """Return the rows of a guide's tables by the names in their first column, each with the cells that follow it.

    A name counts where it stands first.
    """
    found: dict[str, list[str]] = {}
    for first, cells in ROW.findall((ROOT / "docs" / f"{guide}.md").read_text()):
        row = [_seen_from_reference(cell.strip(), guide) for cell in re.split(r"(?<!\\)\|", cells)]
        for name in NAME.findall(first):
            found.setdefault(name, row)
    return found


def _seen_from_reference(cell: str, guide: str) -> str:
    return re.sub(r"\]\((?!https?:)", "](../", cell.replace("](#", f"]({guide}.md#"))


def table(*rows: tuple[str, ...]) -> str:
    """Return a Markdown table; the first row is its head."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


def settings_page() -> str:
    """Return the page of the settings: the environment of the whole site, and what a project can set."""
    meanings = table_of("operators")
    explained = table_of("install")
    environment = [
        (f"`{name}`", meanings.get(name, [""])[0], meanings.get(name, ["", ""])[-1])
        for name in sorted(environment_names())
    ]
    project = [
        (f"`{setting.name}`", *_meaning_and_default(setting, explained, meanings)) for setting in project_settings()
    ]
    return f"""# Settings

## The site's environment
The complete site, `cms`, reads these from the environment. [For operators](../operators.md#settings) says how they work
together.

{table(("Name", "Value", "Default"), *environment)}

## Settings of a project
A project that includes the package names those that it wants to change in its settings module; see also
[Install](../install.md#settings). Django's and Wagtail's own settings are not repeated here.

{table(("Name", "Meaning", "Default"), *project)}

## Rate limits
`REGISTRATION_LIMITS` replaces single ones of these; an empty text lifts a limit.

```python
{rate_limits()}
```
"""


def _meaning_and_default(
    setting: Setting, project: dict[str, list[str]], operators: dict[str, list[str]]
) -> list[str]:
    """Return what the guide to installing says of a setting, else its code, else the operators' guide."""
    if setting.name in project:
        return project[setting.name]
    if setting.meaning:
        return [setting.meaning, f"`{setting.default}`"]
    return operators.get(setting.name, ["", ""])


def rate_limits() -> str:
    """Return the default limits as they stand in the code, with their comments."""
    text = (ROOT / "verkosto" / "registrations" / "conf.py").read_text()
    return text[text.index("RATE_LIMITS = {") : text.index("}\n", text.index("RATE_LIMITS = {")) + 1]


def hooks_page() -> str:
    """Return the page of the hooks: what each adds, and which module calls it."""
    explained = table_of("plugins")
    rows = [
        (
            f"`{hook}`",
            *explained.get(hook, ["", ""]),
            f"`{module}`",
        )
        for hook, module in hook_modules().items()
    ]
    return f"""# Hooks

An app adds things with these [Wagtail hooks](../plugins.md). Each is a function without arguments in `wagtail_hooks.py`:
`@hooks.register("register_verkosto_event_types")`.

{table(("Hook", "Returns", "Adds", "Called by"), *rows)}
"""


def signals_page() -> str:
    """Return the page of the signals: when each is sent, and its arguments."""
    arguments = table_of("plugins")
    rows = [
        (
            f"`{signal.name}`",
            f"`{signal.module}`",
            signal.meaning,
            arguments.get(f"{signal.module}.{signal.name}", [""])[-1],
        )
        for signal in public_signals()
    ]
    return f"""# Signals

Receivers get keyword arguments. [Plugins](../plugins.md#signals) says which are sent inside the transaction and which
after the commit.

{table(("Signal", "Module", "Sent when", "Arguments"), *rows)}
"""


def commands() -> dict[str, str]:
    """Return our management commands, each with its app."""
    ours = {name: app for name, app in get_commands().items() if str(app).partition(".")[0] in {*PACKAGES, "cms"}}
    return dict(sorted((name, str(app)) for name, app in ours.items()))


def commands_page() -> str:
    """Return the page of the management commands: those of the package, then those of the complete site."""
    found = commands()
    package = "\n".join(command_section(app, name) for name, app in found.items() if app != "cms")
    site = "\n".join(command_section(app, name) for name, app in found.items() if app == "cms")
    return f"""# Commands

Run them with `python manage.py NAME`. Options that every command of Django has are left out.

## Of the package
{package}

## Of the complete site
{site}
"""


def command_section(app: str, name: str) -> str:
    """Return a command's text and its arguments."""
    command = load_command_class(app, name)
    parser = command.create_parser("manage.py", name)
    rows = list(_argument_rows(parser._actions))
    arguments = "\n\n" + table(("Argument", "Meaning", "Default"), *rows) if rows else ""
    return f"### {name}\nOf `{app}`. {command.help}{arguments}\n"


def _argument_rows(actions: list[Action]) -> Iterator[tuple[str, str, str]]:
    formatter = DjangoHelpFormatter("manage.py")
    for action in actions:
        if action.dest not in DJANGO_OPTIONS:
            invoked = formatter._format_action_invocation(action)
            default = "" if action.default in (None, False, "", []) else f"`{action.default}`"
            yield f"`{invoked}`", (action.help or "").replace("|", "\\|"), default


def api_page() -> str:
    """Return the page of the API's addresses, from its OpenAPI document."""
    sections = [
        "\n".join([f"## {group.name}", *(operation_section(operation) for operation in group.operations)])
        for group in groups(document("/api/v1/"))
    ]
    listed = "\n".join(sections)
    return f"""# Addresses of the API

[API](../api.md) says how they work. A running site has the same at `/api/v1/`, and as an OpenAPI 3.1 document at
`/api/v1/openapi.json`.

{listed}
"""


def operation_section(operation: Operation) -> str:
    """Return what one method of one address does, and its parameters."""
    token = " Needs a token." if operation.needs_token else ""
    rows = [
        (
            f"`{field.name}`",
            field.type.replace("|", "\\|"),
            field.description.replace("\n", " "),
            "yes" if field.is_required else "",
        )
        for field in operation.parameters
    ]
    parameters = "\n\n" + table(("Parameter", "Type", "Meaning", "Required"), *rows) if rows else ""
    return f"""### {operation.summary}
`{operation.method.upper()} {operation.path}`

{operation.description}{token}{parameters}
"""


PAGES = {
    "reference/settings.md": settings_page,
    "reference/hooks.md": hooks_page,
    "reference/signals.md": signals_page,
    "reference/commands.md": commands_page,
    "reference/api.md": api_page,
}
