"""sample: the way to the values of `county.yaml` and to the guide files beside it."""
from importlib.resources import files
from importlib.resources.abc import Traversable

from portal.rules.county import County
from portal.rules.guide import yaml


def county() -> County:
    """The sample county. Raises NotYaml or pydantic's ValidationError if the file has been spoilt."""
    return County.model_validate(yaml.read((files("portal.sample") / "county.yaml").read_text("utf-8")))


def guide_files() -> list[Traversable]:
    """The guide files of the sample county, by name."""
    folder = files("portal.sample") / "guides"
    return sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
