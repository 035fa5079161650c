"""Headers: what every answer of the portal tells the browser: where it may load from, and whether it may keep the page."""
from werkzeug import Response

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'")


def put(response: Response, *, personal: bool) -> None:
    """The headers of an answer. One that is `personal` is kept nowhere; any other is asked for again before it is shown."""
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.vary.update(("HX-Request", "Cookie", "Accept-Language"))
    response.headers.setdefault("Cache-Control", "no-store" if personal else "no-cache")
