"""Concepts of an ontology, such as YSO, the general Finnish ontology: what makes a topic the same in every system."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: The URI of a concept of the National Library of Finland; it is an identifier, and written with http.
CONCEPT = re.compile(r"https?://www\.yso\.fi/onto/(?P<vocabulary>[a-z][a-z0-9-]*)/(?P<concept>[\w-]+)", re.ASCII)
#: The page of a YSO concept in Finto, whose address editors copy.
PAGE = re.compile(r"https?://(?:www\.)?finto\.fi/yso(?:-paikat)?/[a-z]{2}/page/(?P<concept>p\d+)/?(?:\?.*)?", re.ASCII)
OTHER_HOSTS = re.compile(r"https?://(?:[\w-]+\.)*(?:finto|yso)\.fi(?:[:/?#]|$)", re.ASCII)


def normalise_concept_url(url: str) -> str:
    """Return the URI of a concept as its publisher writes it: "http://www.yso.fi/onto/yso/p1234"; others unchanged."""
    if found := PAGE.fullmatch(url):
        return f"http://www.yso.fi/onto/yso/{found['concept']}"
    if found := CONCEPT.fullmatch(url):
        return f"http://www.yso.fi/onto/{found['vocabulary']}/{found['concept']}"
    return url


def validate_concept_url(url: str) -> None:
    """Raise ValidationError for an address of Finto or YSO that names no concept."""
    if OTHER_HOSTS.match(url) and not CONCEPT.fullmatch(normalise_concept_url(url)):
        raise ValidationError(_("Enter the URI of a concept, such as http://www.yso.fi/onto/yso/p1234."))


def short_concept_id(url: str) -> str:
    """Return the identifier that LinkedEvents has for a concept, "yso:p1234"; "" for one of another publisher."""
    found = CONCEPT.fullmatch(url)
    return f"{found['vocabulary']}:{found['concept']}" if found else ""
