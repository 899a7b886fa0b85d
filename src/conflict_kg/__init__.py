"""Reports of a war in, an RDF graph of who claims what, and answers with the sentences behind them, out."""

__version__ = "0.1.0"
