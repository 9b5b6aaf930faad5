"""What clients of LinkedEvents rely on, written by us from the public description of its API as JSON Schema.

The source is https://github.com/City-of-Helsinki/linkedevents (``events/serializers.py``, ``linkedevents/serializers.py``,
``events/api_pagination.py``): names of fields, which of them are texts by language, references and times.
"""

from typing import Any

import jsonschema

TEXTS = {
    "type": ["object", "null"],
    "properties": {code: {"type": "string", "minLength": 1} for code in ("fi", "sv", "en")},
    "additionalProperties": False,
    "minProperties": 1,
}
URI = {"type": "string", "format": "uri", "pattern": "^https?://"}
REFERENCE = {"type": "object", "required": ["@id"], "properties": {"@id": URI}}
TIME = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$",
}
TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["integer", "null"]}
BOOLEAN = {"type": "boolean"}


def _object(kind: str, **fields: object) -> dict[str, Any]:
    """Return the schema of an object that has all the fields, and no others."""
    identity = {
        "id": {"type": "string", "pattern": "^[^:/]+:[^/]+$"},
        "origin_id": TEXT,
        "data_source": {"type": "string"},
        "publisher": TEXT,
        "@id": URI,
        "@context": {"const": "http://schema.org"},
        "@type": {"const": kind},
    }
    properties = {**identity, **fields}
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


def _many(names: str, schema: object) -> dict[str, object]:
    return dict.fromkeys(names.split(), schema)


def _list_of(schema: object) -> dict[str, object]:
    return {"type": "array", "items": schema}


IMAGE = {
    "type": "object",
    "required": ["id", "name", "url", "license", "photographer_name", "alt_text", "@id", "@type"],
    "properties": {"id": {"type": "integer"}, "url": URI, "license": {"enum": ["cc_by", "event_only"]}},
}
OFFER = {
    "type": "object",
    "required": ["is_free", "price", "description", "info_url"],
    "properties": {"is_free": BOOLEAN, **_many("price description info_url", TEXTS)},
    "additionalProperties": False,
}
PLACE = _object(
    "Place",
    **_many("name street_address address_locality info_url description telephone", TEXTS),
    **_many("postal_code address_country address_region contact_type email post_office_box_num", TEXT),
    **_many("created_time last_modified_time", TIME),
    **_many("position parent replaced_by image custom_data", {"type": "null"}),
    divisions=_list_of({"type": "object"}),
    deleted=BOOLEAN,
    n_events=NUMBER,
    has_upcoming_events=BOOLEAN,
)
KEYWORD = _object(
    "Keyword",
    name=TEXTS,
    alt_labels=_list_of(TEXT),
    **_many("aggregate deprecated has_upcoming_events", BOOLEAN),
    **_many("replaced_by image", {"type": "null"}),
    **_many("created_time last_modified_time", TIME),
    n_events=NUMBER,
    same_as={"anyOf": [URI, {"type": "null"}]},
)
EVENT = _object(
    "Event/LinkedEvent",
    **_many("name short_description description info_url provider location_extra_info", TEXTS),
    **_many("provider_contact_info", TEXTS),
    **_many("start_time end_time created_time last_modified_time date_published", TIME),
    **_many("enrolment_start_time enrolment_end_time", TIME),
    **_many("audience_min_age audience_max_age minimum_attendee_capacity maximum_attendee_capacity", NUMBER),
    **_many("environment environmental_certificate custom_data replaced_by", TEXT),
    **_many("deleted local", BOOLEAN),
    event_status={"enum": ["EventScheduled", "EventCancelled", "EventPostponed", "EventRescheduled"]},
    type_id={"enum": ["General", "Course", "Volunteering"]},
    super_event_type={"enum": [None, "recurring", "umbrella"]},
    super_event={"anyOf": [REFERENCE, {"type": "null"}]},
    location={"anyOf": [PLACE, {**REFERENCE, "additionalProperties": False}, {"type": "null"}]},
    keywords=_list_of({"anyOf": [KEYWORD, {**REFERENCE, "additionalProperties": False}]}),
    **_many("sub_events in_language audience", _list_of(REFERENCE)),
    images=_list_of(IMAGE),
    offers=_list_of(OFFER),
    **_many("external_links videos", _list_of({"type": "object"})),
)


def validate_one(answer: object, schema: dict[str, Any]) -> None:
    """Raise jsonschema.ValidationError for an object that is not as clients expect it."""
    jsonschema.Draft202012Validator(schema).validate(answer)


def validate_list(answer: object, schema: dict[str, Any]) -> None:
    """Raise jsonschema.ValidationError for a list that is not as clients expect it."""
    address = {"anyOf": [URI, {"type": "null"}]}
    meta = {
        "type": "object",
        "required": ["count", "next", "previous"],
        "properties": {"count": {"type": "integer"}, "next": address, "previous": address},
        "additionalProperties": False,
    }
    whole = {
        "type": "object",
        "required": ["meta", "data"],
        "properties": {"meta": meta, "data": _list_of(schema)},
        "additionalProperties": False,
    }
    validate_one(answer, whole)
