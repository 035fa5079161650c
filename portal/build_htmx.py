"""Build hook: puts htmx into `portal/static/vendor/`, which git ignores.

The file comes out of the `django-htmx` wheel, a requirement of the build only, so that no third-party code lies in
the repository and none is fetched from a content network. Its digest is pinned: another file stops the build.
"""

import hashlib
from importlib.metadata import files
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = "django_htmx/static/django_htmx/htmx-2.min.js"
SHA256 = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"  # htmx 2.0.10
TARGET = "portal/static/vendor/htmx.min.js"


class HtmxHook(BuildHookInterface):
    """Runs for wheels and for editable installs alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version, build_data):
        """Copy the pinned file to its place; `RuntimeError` where the wheel holds another one."""
        source = next(file for file in files("django-htmx") if str(file) == SOURCE)
        script = source.read_binary()
        found = hashlib.sha256(script).hexdigest()
        if found != SHA256:
            raise RuntimeError(f"{SOURCE} is not the pinned htmx: sha256 {found} instead of {SHA256}")
        target = Path(self.root, TARGET)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(script)
