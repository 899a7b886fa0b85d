"""What XML 1.0 can hold (section 2.2): a library that writes it may write any character of a report all the same."""

import re

_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def well_formed(xml: bytes) -> bytes:
    r"""XML in UTF-8, with U+FFFD in place of each character that XML cannot have.

    >>> well_formed("<a>red \x1b[31malert\uffff\n</a>".encode()).decode()
    '<a>red �[31malert�\n</a>'
    """
    return _FORBIDDEN.sub("\ufffd".encode(), xml)
