"""Kept readings -> the files of a build: claim records, and the graph with the account in it, written part by part.

The readings are gone through one at a time, and what belongs together is brought together on the disk (``grouping``).
What any part may look up (a place, the side of an actor, who copies whom) lies in a file (``listing``). In memory are
the names of publishers and a few parts at a time (``parts``): a document, an actor with all that reports say of it, a
place with all claims that bear on it.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from conflict_kg import graph
from conflict_kg.assembly import parts, steps
from conflict_kg.assembly.derivations import Derivations
from conflict_kg.assembly.following import Infer, write_inferred
from conflict_kg.assembly.grouping import Groups, Workspace
from conflict_kg.assembly.listing import Listing
from conflict_kg.assembly.parts import Common
from conflict_kg.assembly.readings import Readings
from conflict_kg.documents.copies import Comparison
from conflict_kg.engines.spread import Crew

CLAIMS, GRAPH = "claims.jsonl", "graph.nq"
ORIGINALS = 1000
"""Originals that are in memory while their copies are gone through."""
_REFERENCE, _INFERRED = ".reference.nq", ".inferred.nq"


@dataclass(frozen=True, slots=True)
class Assembled:
    """What was written, in numbers."""

    claims: Counter[str]
    """Records of each type."""
    derived: Counter[str]
    """Nodes of the account by what they are: ``change``, ``period``, ``range``, ``disagreement``."""
    triples: int


@dataclass(frozen=True, slots=True)
class _Means:
    """What a graph is put together with."""

    readings: Readings
    derivations: Derivations
    work: Workspace
    listing: Listing


def assemble(
    readings: Readings, folder: Path, *, base: str, infer: Infer, jobs: int = 1, version: str | None = None
) -> Assembled:
    """Writes the claim records and the graph of the chosen readings into a folder, sorted as ``graph.quads`` has it.

    ``jobs`` is how many processes may share the work. ``version`` stands for the code: what that code has made before
    is not made again where what it was made from is the same (``derivations``). Without it all is made.
    """
    with Workspace(folder / ".work.sqlite") as work, Listing(folder / ".listing.sqlite") as listing, Crew(jobs) as crew:
        means = _Means(readings, Derivations(readings, version, crew), work, listing)
        common, homes, noted = _write_reference(folder / _REFERENCE, means, base)
        claims, topics = _write_claims(folder / CLAIMS, means, noted, common)
        account = _settled(topics, means, common)
        account.add(_copied(readings, common))
        documents = means.derivations.each(steps.DOCUMENT, _documents(readings, homes), common)
        with (folder / GRAPH).open("wb") as file:
            derived = _write_sorted(file, documents, account, base)
        _write_rest(folder, common, infer, work, crew)
    return Assembled(claims, derived, _lines(folder / GRAPH))


# ---------------------------------------------------------------- what reports share


def _write_reference(path: Path, means: _Means, base: str) -> tuple[Common, Groups, Groups]:
    """Writes the graph of what documents share.

    Gives what all reports come to, the actors that are not shared by document, and what was noted of each report.
    """
    work = means.work
    actors, places, sides = work.groups("actor"), work.groups("place"), work.groups("side")
    noted = work.groups("noted")
    printed: Counter[str] = Counter()
    with Comparison(path.with_name(".compared.sqlite")) as comparison:
        for told in means.derivations.each(steps.DESCRIBED, means.readings.by_day(), Common(base)):
            noted.add([(told.signature.id, steps.note(told))])
            actors.add(told.actors)
            places.add(told.places)
            sides.add(told.sides)
            means.listing.add("place", told.listed)
            printed.update([told.publisher] if told.publisher else [])
            comparison.add([told.signature])
        means.listing.add("copy", ((digest, original.encode()) for digest, original in comparison.copies()))
    settled = ((actor, side.encode()) for actor, rows in sides if (side := parts.side(rows)) is not None)
    means.listing.add("side", settled)
    nodes, homes = work.groups("reference"), work.groups("home")
    bare = Common(base)
    names = bare.names
    wanted = frozenset(name.casefold() for name in printed)
    for id, rows in actors:
        home, lines, publishers = parts.actor(rows, wanted, bare)
        means.listing.add_new("publisher", ((name, known.encode()) for name, known in publishers.items()))
        if home is None:
            nodes.add([(str(names.actor(id)), lines)])
        else:
            homes.add([(home, lines)])
    common = _common(base, means.listing)
    nodes.add(parts.publisher_nodes(printed.elements(), common))
    nodes.add((str(names.place(id)), parts.place(rows, common)) for id, rows in places)
    with path.open("wb") as file:
        for _, found in nodes:
            file.writelines(found)
    return common, homes, noted


def _common(base: str, listing: Listing) -> Common:
    listing.close()
    sides, publishers, copies = (listing.listed(kind, bytes.decode) for kind in ("side", "publisher", "copy"))
    return Common(base, listing.listed("place", parts.place_of), sides, publishers, copies)


# ---------------------------------------------------------------- claims and account


def _write_claims(path: Path, means: _Means, noted: Groups, common: Common) -> tuple[Counter[str], Groups]:
    """Writes the claim records; how many of each type there are, and what bears on which topic of the account."""
    counts: Counter[str] = Counter()
    topics = means.work.groups("topic")
    with_notes = (steps.Told(kept, next(rows)) for kept, (_, rows) in zip(means.readings.by_id(), noted, strict=True))
    with path.open("wb") as file:
        for told in means.derivations.each(steps.CLAIMED, with_notes, common):
            file.write(told.lines)
            counts.update(told.counts)
            topics.add(told.topics)
    return counts, topics


def _settled(topics: Groups, means: _Means, common: Common) -> Groups:
    """The lines of the account's graph, by node."""
    nodes, divided = means.work.groups("account"), means.work.groups("part")
    for found, holdings in means.derivations.each(steps.SETTLED, _with_rows(topics), common):
        nodes.add(found)
        divided.add(holdings)
    for found in means.derivations.each(steps.PARTS, _with_rows(divided), common):
        nodes.add(found)
    return nodes


def _with_rows(groups: Groups) -> Iterator[steps.Rows]:
    return ((key, list(rows)) for key, rows in groups)


def _copied(readings: Readings, common: Common) -> Iterator[tuple[str, bytes]]:
    """The lines on documents that copy others, or that several have printed, by node."""
    often = readings.printed_often()

    @lru_cache(ORIGINALS)
    def original(digest: str) -> graph.Original:
        return graph.original(common.names, next(readings.of_text(digest)).reading(), common.publishers)

    for digest, _ in groupby(merge(common.copies, often)):
        source = common.copies.get(digest, digest)
        printed = [kept.reading() for kept in readings.of_text(digest)]
        yield from parts.copied(digest, printed, {source: original(source)}, common)


# ---------------------------------------------------------------- the graph


def _documents(readings: Readings, homes: Groups) -> Iterator[steps.Document]:
    """Each document by its short digest: what was read of it, and the actors that belong to it."""
    homed = iter(homes)
    home, rows = next(homed, _NOBODY)
    for digest, kept in groupby(readings.by_text(), key=lambda kept: kept.digest[:16]):
        found: list[bytes] = []
        if home == digest:
            found = list(rows)
            home, rows = next(homed, _NOBODY)
        yield steps.Document(digest, list(kept), found)


_NOBODY: tuple[str, Iterator[bytes]] = ("", iter(()))


def _write_sorted(file: BinaryIO, documents: Iterable[tuple[str, bytes]], account: Groups, base: str) -> Counter[str]:
    """Writes the graphs of the documents, and that of the account where its name stands among theirs."""
    write = partial(_write_account, file, account, base)
    derived: Counter[str] | None = None
    for digest, lines in documents:
        if derived is None and digest > graph.ACCOUNT:
            derived = write()
        file.write(lines)
    return write() if derived is None else derived


def _write_account(file: BinaryIO, account: Groups, base: str) -> Counter[str]:
    derived: Counter[str] = Counter()
    for node, lines in account:
        derived[node.removeprefix(f"<{base}").partition("/")[0]] += 1
        file.write(next(lines))  # a disagreement that is found twice is the same
    return derived


def _write_rest(folder: Path, common: Common, infer: Infer, work: Workspace, crew: Crew) -> None:
    """Writes the graphs that are named after those of all documents: what follows, the ontology, what is shared."""
    rest = parts.lines(graph.ontology_quads(common.names))
    write_inferred(folder / _INFERRED, folder / _REFERENCE, folder / GRAPH, infer, work=work, crew=crew)
    with (folder / GRAPH).open("ab") as whole:
        _append(whole, folder / _INFERRED)
        whole.write(rest)
        _append(whole, folder / _REFERENCE)


def _append(whole: BinaryIO, path: Path) -> None:
    with path.open("rb") as part:
        shutil.copyfileobj(part, whole, 1 << 20)
    path.unlink()


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
