"""compression: pages and styles go out gzipped to whoever takes it; a phone on a slow line sees them sooner.

A page that reflects what a stranger may choose and holds a secret must not let its length tell the secret: the
CSRF token is masked anew in every page (`web.csrf_token`).
"""
import gzip
from functools import lru_cache

from flask import Flask, request

KINDS = {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json", "text/plain"}
LEAST = 600
"""Bytes below which a packet carries the page either way."""
PAGE_LEVEL, FILE_LEVEL = 5, 9


def set_up(app: Flask) -> None:
    """The step of `create_app` that comes before all that change a response, so that it works on the last of it."""
    app.after_request(_pack)


def _pack(response):
    if response.mimetype not in KINDS:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
        return response
    etag, weak = response.get_etag()
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) < LEAST:
        return response
    response.set_data(_file(plain) if etag else gzip.compress(plain, PAGE_LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    if etag and not weak:
        response.set_etag(etag, weak=True)  # the same content in other bytes
    return response


@lru_cache(256)
def _file(plain: bytes) -> bytes:
    """Files come again and again, so they are packed as well as can be, once."""
    return gzip.compress(plain, FILE_LEVEL, mtime=0)
