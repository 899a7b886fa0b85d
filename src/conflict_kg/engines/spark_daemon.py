"""What Spark forks its Python workers from, with our code loaded once for all of them.

Spark starts it by its name, ``spark.python.daemon.module``. Its own daemon loads nothing, so that each worker would
take some seconds to load the package again.
"""

from pyspark.daemon import manager

import conflict_kg.engines.spark  # noqa: F401  # loaded here so that the workers have it

if __name__ == "__main__":
    manager()
