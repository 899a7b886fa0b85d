"""Kept readings in, the files of a build out: brought together on a disk, in memory that reports do not add to."""
