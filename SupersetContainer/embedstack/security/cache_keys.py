"""Superset's cached answers end with the data that they were made of."""

from typing import Any

from superset.security import SupersetSecurityManager

from embedstack.configuration.settings import current_settings
from embedstack.data_version import DataVersion


class VersionedCacheKeys(SupersetSecurityManager):
    """Puts the data version into the key of every query's answer.

    Superset asks the security manager for the rules' part of that key, and nobody else for any other.
    """

    def __init__(self, appbuilder: Any) -> None:
        super().__init__(appbuilder)
        self._data_version = DataVersion(current_settings().shared_database)

    def get_rls_cache_key(self, datasource: Any) -> list[str]:
        """The rules, and the versions of data and assets."""
        return [*super().get_rls_cache_key(datasource), self._data_version.text]
