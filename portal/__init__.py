"""Banshi: the service platform of a county. This package is the portal with its rooms; the README has the map."""
from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from portal.config import Config


def create_app(config: Config | None = None) -> Flask:
    """The web application, made in a plain list of steps. Raises Problem where keys or settings do not hold."""
    from portal import config as configs
    from portal import web

    config = config or configs.load(os.environ)
    _logs()
    made_of = web.assemble(config)
    app = _flask(config)
    _compression(app)
    web.set_up(app, made_of)
    _languages(app, made_of)
    _words(app)
    _pages(app)
    _errors(app)
    web.check_ledger(app)
    return app


def _logs() -> None:
    import structlog

    from portal import logs

    if not structlog.is_configured():
        logs.configure()


def _flask(config: Config) -> Flask:
    from pathlib import Path

    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    root = Path(__file__).parent
    app = Flask("portal", static_folder=str(root / "static"), template_folder=str(root.parent / "templates"))
    app.config.update(MAX_CONTENT_LENGTH=12 * 1024 * 1024, MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
                      SEND_FILE_MAX_AGE_DEFAULT=86400)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies)
    return app


def _compression(app: Flask) -> None:
    from portal import compression

    compression.set_up(app)


def _languages(app: Flask, made_of) -> None:
    from portal import languages

    languages.set_up(app, made_of.config)


def _words(app: Flask) -> None:
    from portal import filters

    filters.set_up(app)


def _pages(app: Flask) -> None:
    from portal.views import BLUEPRINTS

    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def _errors(app: Flask) -> None:
    from portal.views import errors

    errors.set_up(app)
