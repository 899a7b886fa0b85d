"""Files in, reports out: text, web pages, PDF, tables, feeds, web archives, e-mail, and folders of them.

A file's format is told by its ending and its first bytes (``formats``). Texts and records are taken as they are: no
line ending is changed, so offsets count in what the file holds. All other formats are read in a process of their own
(``apart``), which may take so much time and memory and no more, so that a bad file harms no other.
"""

from conflict_kg.documents.reports import make_report, read_reports, report_of, too_long
from conflict_kg.documents.sources import Warn

__all__ = ["Warn", "make_report", "read_reports", "report_of", "too_long"]
