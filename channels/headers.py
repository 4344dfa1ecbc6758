"""What every JSON answer tells the browser: keep nothing, guess nothing, frame nothing."""

from starlette.responses import Response

JSON_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def secured(response: Response) -> Response:
    """Return the response with these headers, except where it has its own."""
    for name, value in JSON_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
