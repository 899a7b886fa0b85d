"""Train the language model that the package ships: ``python -m training.language --help``."""
