"""The desk: where people decide what cannot be decided alone. Knows no Prefect but for asking a run."""
