"""Reads exported assets and holds them against Superset's schema."""

from pathlib import Path
from typing import Any
from uuid import UUID

from marshmallow import ValidationError

from embedstack.bootstrap.failure import BootstrapFailure

Texts = dict[str, str]
Configs = dict[str, dict[str, Any]]


def read_texts(root: Path, *prefixes: str) -> Texts:
    """Texts of the YAML files under assets, by file name."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for prefix in prefixes
        for path in sorted((root / prefix).rglob("*.yaml"))
    }


def load_assets(texts: Texts, prefix: str) -> Configs:
    """What the files of one kind say, by file name."""
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.commands.importers.v1.utils import load_configs

    contents = {name: text for name, text in texts.items() if name.startswith(prefix)}
    if not contents:
        raise BootstrapFailure(f"assets/{prefix} is empty")
    faults: list[ValidationError] = []
    configs = load_configs(contents, ImportAssetsCommand.schemas, {}, faults, {}, {}, {}, {})
    if faults:
        raise BootstrapFailure(f"assets do not fit Superset's schema: {faults[0].messages}")
    for config in configs.values():
        # As a text it would count as a change of the stored UUID, and every run as one of all assets.
        config["uuid"] = UUID(config["uuid"])
    return configs
