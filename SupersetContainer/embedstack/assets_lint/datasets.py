"""Rules on datasets."""

from collections.abc import Iterator

from embedstack.assets_lint.assets import Assets, Document, columns, metrics
from embedstack.assets_lint.refusal import Refusal

_CONNECTION = ("schema", "catalog")
_SQL = ("sql", "fetch_values_predicate", "template_params")
_DESCRIBED = ("verbose_name", "description")


def check_datasets(assets: Assets) -> Iterator[Refusal]:
    """Tables whose place the connection decides, in the catalogue, with everything described."""
    for file, dataset in assets.datasets.items():
        yield from _check_source(file, dataset)
        if dataset["uuid"] not in assets.dataset_keys:
            yield Refusal(
                file, "dataset-catalog", f"{dataset['uuid']} is not in the catalogue",
                "add it to catalog.yaml with the rows of each role, or delete the file",
            )  # fmt: skip
        yield from _check_words(file, dataset)
        for name, column in columns(dataset).items():
            if name.endswith("_id") and column["groupby"]:
                yield Refusal(file, "drillable-id", f"'{name}' can be drilled by", "set its groupby to false")
    for key, entry in assets.catalog.datasets.items():
        stored = assets.datasets_by_uuid.get(entry.uuid)
        if stored is None:
            yield Refusal(
                "catalog.yaml", "dataset-catalog", f"dataset '{key}' has no file",
                "write its file, or take the entry away",
            )  # fmt: skip
            continue
        for name in entry.detail_columns:
            if name not in columns(stored):
                yield Refusal(
                    "catalog.yaml", "detail-columns", f"dataset '{key}' has no column '{name}'",
                    "name one of its columns",
                )  # fmt: skip


def _check_source(file: str, dataset: Document) -> Iterator[Refusal]:
    for name in _CONNECTION:
        if dataset.get(name):
            yield Refusal(
                file, "dataset-schema", f"{name} is '{dataset[name]}'",
                "set it to null: the tenant's connection decides",
            )  # fmt: skip
    for name in _SQL:
        if dataset.get(name):
            yield Refusal(file, "dataset-sql", f"{name} is set", "make a view in the clinic database and name that")


def _check_words(file: str, dataset: Document) -> Iterator[Refusal]:
    for name, metric in metrics(dataset).items():
        for missing in (word for word in (*_DESCRIBED, "d3format") if not metric.get(word)):
            yield Refusal(file, "undescribed", f"metric '{name}' has no {missing}", "write it")
    for name, column in columns(dataset).items():
        for missing in (word for word in _DESCRIBED if not column.get(word)):
            yield Refusal(file, "undescribed", f"column '{name}' has no {missing}", "write it")
