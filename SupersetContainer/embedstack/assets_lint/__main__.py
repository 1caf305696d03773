"""`python -m embedstack.assets_lint [FOLDER [KEY…]]`: one line a refusal, exit code 1 where there is one."""

import sys
from pathlib import Path

from embedstack.assets_lint.assets import Assets
from embedstack.assets_lint.lint import files_of, lint
from embedstack.catalog import CATALOG_FILE
from embedstack.configuration.errors import ConfigurationError


def main(arguments: list[str]) -> int:
    """Lints the folder, by default this package's own assets; with keys, what concerns those dashboards alone."""
    root = Path(arguments[0]) if arguments else CATALOG_FILE.parent
    try:
        assets = Assets.load(root)
        wanted = [files_of(key, assets) for key in arguments[1:]]
    except ConfigurationError as error:
        print(error)
        return 1
    refusals = [r for r in lint(assets) if not wanted or any(r.file in files for files in wanted)]
    for refusal in refusals:
        print(refusal)
    counted = f"{len(assets.dashboards)} dashboards, {len(assets.charts)} charts, {len(assets.datasets)} datasets"
    print(f"{counted}: {len(refusals) or 'no'} refusals")
    return 1 if refusals else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
