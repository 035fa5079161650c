"""actions: the answers of an application, sealed under its own data key, and read again."""
import json
from typing import Any

from portal import keys
from portal.models.applications import Application


def data_key(application: Application, ring: keys.KeyRing) -> keys.DataKey:
    """The application's key. Raises KeyProblem; ValueError where the application is erased."""
    if application.wrapped_key is None:
        raise ValueError("the application is erased")
    return ring.unwrap(application.wrapped_key)


def read(application: Application, key: keys.DataKey) -> dict[str, Any]:
    """`{"answers": {field: value}, "documents": {document: how}}`; empty before the first save."""
    if application.answers_sealed is None:
        return {"answers": {}, "documents": {}}
    return json.loads(keys.open_text(key, application.answers_sealed, f"application.answers:{application.id}"))


def write(application: Application, key: keys.DataKey, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False)
    application.answers_sealed = keys.seal(key, text, f"application.answers:{application.id}")
