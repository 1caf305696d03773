"""What the steps hand on to each other."""

from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from embedstack.catalog import CATALOG_FILE, Catalog
from embedstack.configuration.settings import Settings

ASSETS = CATALOG_FILE.parent


@dataclass
class Context:
    """Filled by the first steps, read by the later ones."""

    assets: Path = ASSETS
    # By step `configuration`.
    settings: Settings = field(init=False, repr=False)
    catalog: Catalog = field(init=False, repr=False)
    # By step `load Superset`.
    app: Flask = field(init=False, repr=False)
