"""What reports say, read by one process, by several, or by many machines: the same function, so the same readings."""
