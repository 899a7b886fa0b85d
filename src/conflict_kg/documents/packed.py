"""Files that are packed with gzip, as archives are, and pages that were saved the way a server sends them."""

import zlib
from gzip import BadGzipFile, GzipFile
from io import BufferedIOBase

MARK = b"\x1f\x8b"
"""What gzip begins with."""


class Unpacked:
    """A file as it was before it was packed with gzip, whole or piece by piece; one that is not packed, as it is."""

    def __init__(self, file: BufferedIOBase) -> None:
        """``file`` is at its beginning."""
        packed = file.read(len(MARK)) == MARK
        file.seek(0)
        self._file = GzipFile(fileobj=file) if packed else file
        self.breaks_off = False
        """Whether what is packed ends before its end, as far as it was read."""

    def read(self, size: int) -> bytes:
        """The next bytes, at most ``size``; none at the end, and none any more where it breaks off."""
        try:
            return self._file.read1(size)
        except (EOFError, BadGzipFile, zlib.error):
            self.breaks_off = True
            return b""
