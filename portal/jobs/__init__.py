"""jobs: what runs beside the pages. The outbox is the truth about what is owed; huey wakes what is due by the clock."""
from dataclasses import dataclass
from typing import Self

from portal import keys
from portal.config import Config
from portal.db import Database
from portal.keys import KeyRing
from portal.storage import Storage


@dataclass(frozen=True)
class Tools:
    """What the installation is made of, for its jobs."""

    config: Config
    database: Database
    keys: KeyRing
    storage: Storage

    @classmethod
    def of(cls, config: Config) -> Self:
        """The tools that the settings name. Raises Problem where a key file is missing, unsafe or the demo's."""
        return cls(config, Database(config.database), keys.load(config.keys, demo=config.demo), Storage(config.files))
