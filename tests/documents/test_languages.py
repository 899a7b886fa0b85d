"""languages.py and encoding.py: other languages are set aside, foreign names and quotes are not."""

from pathlib import Path

import pytest
from input_files import read

from conflict_kg.documents.encoding import decoded
from conflict_kg.documents.languages import language_name, other_language

ENGLISH = (
    "Abu Bakr al-Baghdadi, Abdul-Wahab al-Saadi and Qasem Soleimani were not in Ramadi or Baiji, Hadi al-Amiri said.",
    "Володимир Зеленський and Олександр Сирський visited Kharkiv and Chuhuiv on Sunday, and then Вовчанськ.",
    "“الحشد الشعبي دخل المدينة”, the commander said in Arabic, then in English: our forces have entered the city.",
    "Oleksandr Syrskyi, Valerii Zaluzhnyi, Kyrylo Budanov and Rustem Umerov met in Kramatorsk and Sloviansk.",
    "Mwanajeshi wa Alpha, the group’s spokesman, said that the fighters of Mai-Mai Yakutumba had left Uvira and Fizi.",
)
OTHERS = {
    "fr": "Les rebelles ont pris la ville dimanche après le retrait de l'armée, a dit le porte-parole du gouverneur.",
    "de": "Die Aufständischen haben am Sonntag die Stadt eingenommen, nachdem sich die Armee zurückgezogen hatte.",
    "es": "Los rebeldes tomaron la ciudad el domingo después de que el ejército se retirara, dijo el portavoz.",
    "ru": "Повстанцы захватили город в воскресенье после отхода армии, сообщил представитель губернатора области.",
    "uk": "Повстанці захопили місто в неділю після відходу армії, повідомив речник голови обласної адміністрації.",
    "ar": "سيطر المسلحون على المدينة يوم الأحد بعد انسحاب الجيش منها، حسبما قال المتحدث باسم المحافظ للصحفيين.",
    "fa": "شورشیان روز یکشنبه پس از عقب‌نشینی ارتش شهر را تصرف کردند، سخنگوی استاندار به خبرنگاران گفت.",
    "tr": "İsyancılar ordunun çekilmesinin ardından pazar günü şehri ele geçirdi, vali sözcüsü gazetecilere söyledi.",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_other_language_english(text: str) -> None:
    """Names and quotes of other languages make no English report foreign."""
    assert other_language(text) is None


@pytest.mark.parametrize(("code", "text"), OTHERS.items())
def test_other_language_other(code: str, text: str) -> None:
    """One sentence is enough to tell another language."""
    assert other_language(text) == code


@pytest.mark.parametrize("text", ["", "Alpha fell.", "La ville est tombée.", "12 345 67", "戠摡"])
def test_other_language_short(text: str) -> None:
    """A few words are not judged."""
    assert other_language(text) is None


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("fr", "fr"), ("fr-CA", "fr"), ("en_GB", None), ("English", None), ("unknown", None), ("", None)],
)
def test_other_language_stated(stated: str, expected: str | None) -> None:
    """What a manifest states counts; what is no language does not."""
    assert (
        other_language("The army left the town on Sunday, and rebels came in, officials said there.", stated=stated)
        == expected
    )


def test_other_language_is_told(tmp_path: Path) -> None:
    """A report in another language is told by name and left out."""
    (tmp_path / "a.txt").write_text(OTHERS["fr"], "utf-8")
    (tmp_path / "b.txt").write_text(ENGLISH[0], "utf-8")

    (report,), told = read(tmp_path)

    assert report.id == "b"
    assert told == [f"{tmp_path / 'a.txt'}: left out, it is in French (fr), and only English is read"]


def test_language_name_unknown() -> None:
    """A code without a name stands for itself."""
    assert (language_name("uk"), language_name("xx")) == ("Ukrainian", "xx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-16-le"])
def test_decoded(encoding: str) -> None:
    """English is decoded whatever it was written with."""
    text = "General Müller said: “We left the town of Alpha – all of it – on Sunday.”"

    assert decoded(text.encode(encoding)) == text


def test_decoded_to_the_end() -> None:
    """A letter at the very end tells the encoding, too."""
    assert decoded("They met in a café".encode("cp1252")) == "They met in a café"


@pytest.mark.parametrize("data", [b"\xff", b"\xff\xfe bad", b"\x80\x81", bytes(range(256))])
def test_decoded_no_text(data: bytes) -> None:
    """Bytes that are no text are not made into one."""
    assert decoded(data) is None or "\0" in (decoded(data) or "")
