from django.http import HttpResponse


def private_response(response: HttpResponse) -> HttpResponse:
    """Mark a response with personal data: no cache keeps it, and other sites do not learn its URL."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "same-origin"
    return response
