"""rules/guide: the form of a guide file as JSON Schema, for who reads or writes guides with programs of their own."""
from functools import cache
from typing import Any

from portal.rules.guide.document import GuideFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def guide_schema() -> dict[str, Any]:
    """The JSON Schema of a guide file as YAML or JSON holds it."""
    return {"$schema": DIALECT, **GuideFile.model_json_schema()}
