"""The row rules of an identity, from the catalogue's terms."""

from collections.abc import Mapping
from typing import Any

from embedstack.catalog import NO_ATTRIBUTES, Catalog, current_catalog
from embedstack.security.identity import DataIdentity


def rules_for(
    identity: DataIdentity,
    dataset_ids: Mapping[str, int],
    catalog: Catalog | None = None,
    attributes: Mapping[str, str] = NO_ATTRIBUTES,
) -> list[dict[str, Any]]:
    """One `{"dataset": id, "clause": sql}` for each dataset of which the identity's role sees rows.

    `dataset_ids` maps catalogue keys to this installation's numbers, `attributes` names values of terms beyond the
    identity. A dataset that the role may not see has no rule here, and the security manager answers no row of a
    dataset without a rule.
    """
    catalog = catalog or current_catalog()
    clauses = {key: catalog.clause(key, identity, attributes) for key in dataset_ids}
    return [{"dataset": dataset_ids[key], "clause": clause} for key, clause in clauses.items() if clause]
