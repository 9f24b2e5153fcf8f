"""The OpenAPI check: what the application says about its API, held against what it answers."""
