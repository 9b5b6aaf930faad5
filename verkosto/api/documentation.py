"""The OpenAPI document as plain data for a page, so that people can read it without a script or a foreign host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]  # JSON (OpenAPI 3.1)
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Field:
    """A parameter of an operation, or a field of a schema."""

    name: str
    type: str
    description: str
    is_required: bool


@dataclass(frozen=True)
class Response:
    """A status that an operation returns, and the schema of its content ("" for none)."""

    status: str
    description: str
    schema: str


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    needs_token: bool
    parameters: list[Field]
    body: str
    responses: list[Response]


@dataclass(frozen=True)
class Group:
    """The operations of one tag."""

    name: str
    operations: list[Operation]


@dataclass(frozen=True)
class Schema:
    """The fields of an object."""

    name: str
    description: str
    fields: list[Field]


def groups(document: Document) -> list[Group]:
    """Return the operations by tag, in the order of the document."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                found.setdefault(operation["tags"][0], []).append(_operation(method, path, operation))
    return [Group(name, operations) for name, operations in found.items()]


def schemas(document: Document) -> list[Schema]:
    """Return the objects that responses and requests consist of, in alphabetical order."""
    described = sorted(document["components"]["schemas"].items())
    return [
        Schema(schema_title(name), schema.get("description", ""), list(_fields(schema)))
        for name, schema in described
        if "properties" in schema
    ]


def schema_title(name: str) -> str:
    """Return a name for people: that of a list is "Listing_EventItem_" in the document."""
    outer, _sep, inner = name.strip("_").partition("_")
    return f"{outer} of {inner}" if inner else outer


def type_text(schema: Document) -> str:
    """Return the type of a value in a few words: "string (date-time) or null", "list of EventItem"."""
    if "$ref" in schema:
        return schema_title(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if options := schema.get("anyOf") or schema.get("allOf"):
        return " or ".join(type_text(option) for option in options)
    if schema.get("type") == "array":
        return f"list of {type_text(schema.get('items', {}))}"
    return _simple_type(schema)


def _simple_type(schema: Document) -> str:
    about = [schema["format"]] if "format" in schema else []
    if "minimum" in schema and "maximum" in schema:
        about.append(f"{schema['minimum']} to {schema['maximum']}")
    if schema.get("default") not in (None, ""):
        about.append(f"if left out {schema['default']}")
    name = schema.get("type", "any value")
    return f"{name} ({', '.join(about)})" if about else name


def _operation(method: str, path: str, operation: Document) -> Operation:
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        needs_token=bool(operation.get("security")),
        parameters=[
            Field(
                parameter["name"],
                type_text(parameter["schema"]),
                parameter.get("description") or parameter["schema"].get("description", ""),
                parameter.get("required", False),
            )
            for parameter in operation.get("parameters", [])
        ],
        body=_content(operation.get("requestBody", {})),
        responses=[
            Response(str(status), response.get("description", ""), _content(response))
            for status, response in operation["responses"].items()
        ],
    )


def _content(part: Document) -> str:
    """Return the name of the schema of a body or a response; "" for none."""
    for content in part.get("content", {}).values():
        return type_text(content["schema"])
    return ""


def _fields(schema: Document) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, field in schema["properties"].items():
        yield Field(name, type_text(field), field.get("description", ""), name in required)
