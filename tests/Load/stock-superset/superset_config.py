"""Superset as it is delivered, but for what it must be told: where its servers are, its secrets, that it embeds."""

import os

SECRET_KEY = os.environ["STOCK_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = os.environ["STOCK_DATABASE"]
FEATURE_FLAGS = {"EMBEDDED_SUPERSET": True}
GUEST_TOKEN_JWT_SECRET = os.environ["STOCK_GUEST_SECRET"]
GUEST_TOKEN_JWT_AUDIENCE = "stock"
GUEST_ROLE_NAME = "Gamma"
# Tokens outlive what is measured with them, on either side.
GUEST_TOKEN_JWT_EXP_SECONDS = 900
# Limits per address would measure the limit.
RATELIMIT_ENABLED = False
AUTH_RATE_LIMITED = False

CACHE_CONFIG = {
    "CACHE_TYPE": "RedisCache",
    "CACHE_DEFAULT_TIMEOUT": 300,
    "CACHE_KEY_PREFIX": "stock_",
    "CACHE_REDIS_URL": os.environ["STOCK_REDIS"] + "/0",
}
DATA_CACHE_CONFIG = CACHE_CONFIG | {"CACHE_KEY_PREFIX": "stock_data_"}
FILTER_STATE_CACHE_CONFIG = CACHE_CONFIG | {"CACHE_KEY_PREFIX": "stock_filter_"}
EXPLORE_FORM_DATA_CACHE_CONFIG = CACHE_CONFIG | {"CACHE_KEY_PREFIX": "stock_form_"}
