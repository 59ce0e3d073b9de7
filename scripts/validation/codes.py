"""Codes of the world outside: countries, languages, scripts, addresses."""

import datetime
import functools
import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

import pycountry

TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?P<region>[A-Z]{2}))?")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
TRACKING = re.compile(r"utm_.*|fbclid|gclid|yclid|mc_[ce]id|igshid|ocid|cmpid", re.IGNORECASE)
MAX_ADDRESS = 1000
DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
SCRIPT_NAMES = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Arab": "ARABIC", "Grek": "GREEK", "Hebr": "HEBREW"}
SCRIPTS_OF_LANGUAGES = {  # the languages that are not written in Latin letters; None where in several scripts
    **dict.fromkeys(("be", "bg", "mk", "ru", "tg", "uk"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "ARABIC"),
    **{
        "bn": "BENGALI",
        "el": "GREEK",
        "he": "HEBREW",
        "hi": "DEVANAGARI",
        "hy": "ARMENIAN",
        "ka": "GEORGIAN",
    },
    **{"ko": "HANGUL", "ta": "TAMIL", "th": "THAI", "zh": "CJK"},
    **dict.fromkeys(("az", "ja", "kk", "ku", "mn", "sr", "tk", "uz"), None),
}
LOOK_ALIKES = str.maketrans(  # small Cyrillic and Greek letters that are drawn as Latin ones
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04cf\u0501\u051b\u051d\u03bf\u03b1\u03bd\u03c1",
    "aeopcyxijsldqwoavp",
)
LATIN_I = str.maketrans("yj", "ii")
DOUBLED = re.compile(r"(.)\1+")
VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}")
MIRROR = re.compile(r"(?:www|m|amp|mobile)\.")
ENDING = re.compile(r"(?:/amp|/index\.(?:html?|php))?/*$")
ARCHIVED = re.compile(
    r"https?://(?:web\.)?archive\.(?:org|ph|is|today|md|vn)/(?:web/)?[0-9]{4,14}[a-z_]*/(?P<url>.+)"
)


@functools.cache
def country_exists(code: str) -> bool:
    """Whether the code is an ISO 3166-1 alpha-3 code."""
    return pycountry.countries.get(alpha_3=code) is not None


@functools.cache
def language_exists(tag: str) -> bool:
    """Whether language, script and region of a BCP 47 tag are registered."""
    match = TAG.fullmatch(tag)
    if not match:
        return False
    size = "alpha_2" if len(match["language"]) == 2 else "alpha_3"
    language = pycountry.languages.get(**{size: match["language"]})
    has_region = match["region"] is None or pycountry.countries.get(alpha_2=match["region"]) is not None
    return language is not None and has_region and (match["script"] is None or script_exists(match["script"]))


@functools.cache
def script_exists(code: str) -> bool:
    """Whether the code is an ISO 15924 code of a script that is in use."""
    return not code.startswith(("Z", "Qa")) and pycountry.scripts.get(alpha_4=code) is not None


def is_written_in(text: str, script: str) -> bool:
    """Whether every letter of the text is of the script; True for scripts whose letters are not told apart here."""
    name = SCRIPT_NAMES.get(script)
    if name is None:
        return not any(other in scripts_of(text) for other in SCRIPT_NAMES.values())
    return scripts_of(text) <= {name}


@functools.cache
def scripts_of(text: str) -> frozenset[str]:
    """First words of the Unicode names of the letters: LATIN, CYRILLIC, …"""
    letters = (c for c in text if unicodedata.category(c) in ("Lu", "Ll", "Lt", "Lo"))
    return frozenset(unicodedata.name(c, "UNKNOWN").split()[0] for c in letters)


def mixes_scripts(text: str) -> bool:
    """Whether a word of the text mixes letters of two scripts that look alike."""
    alike = {"LATIN", "CYRILLIC", "GREEK"}
    return not text.isascii() and any(
        len(scripts_of(word) & alike) > 1 for word in re.split(r"[\W\d_]+", text)
    )


def is_in_letters_of(text: str, tag: str) -> bool:
    """Whether a text has letters of the script of its language; True for a text without letters."""
    script = SCRIPTS_OF_LANGUAGES.get(tag.partition("-")[0], "LATIN")
    return script is None or not scripts_of(text) or script in scripts_of(text)


def folded(text: str) -> str:
    """The text as a reader compares it: without case, spaces, punctuation, marks and letters that look alike."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(
        LOOK_ALIKES
    )
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN")


def latinised(name: str) -> str:
    """The name as every way of putting it into Latin letters has it: y and j as i, doubled letters once."""
    return DOUBLED.sub(r"\1", folded(name).translate(LATIN_I))


def address_is_sound(url: str) -> bool:
    """Whether an address leads to a host with a name, over http, for anybody, in characters that cannot deceive."""
    parts = _split(url)
    return (
        parts is not None
        and len(url) <= MAX_ADDRESS
        and parts.scheme in ("http", "https")
        and not re.search(r"[\s\"'<>\\^`{|}]", url)
        and parts.username is None
        and parts.password is None
        and HOST.fullmatch((parts.hostname or "").lower()) is not None
    )


def version_number(version: str) -> tuple[int, ...]:
    """The version as numbers, to sort by; the mark of a version in the making does not count."""
    return tuple(map(int, version.removesuffix("-dev").split(".")))


@functools.cache
def normal_address(url: str) -> str:
    """The address without what does not change the page: scheme, www, case of the host, tracking, slash, fragment,
    the small-screen form, and the archive around it."""
    parts = _split(archived_address(url) or url)
    if parts is None:
        return url
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not TRACKING.fullmatch(pair[0])))
    return f"{host_of(url)}{ENDING.sub('', parts.path)}?{query}"


def archived_address(url: str) -> str | None:
    """The address of the page that a copy in a web archive is of; None where the address does not say."""
    match = ARCHIVED.fullmatch(url)
    if match is None:
        return None
    return match["url"] if "://" in match["url"] else f"https://{match['url']}"


@functools.cache
def host_of(url: str) -> str:
    """The host of an address, without what stands for a mirror of the same site."""
    parts = _split(archived_address(url) or url)
    return MIRROR.sub("", (parts.hostname or "").lower(), count=1) if parts else url


@functools.cache
def date_in(url: str) -> datetime.date | None:
    """The day that the path of an address names; None where it names none."""
    match = DAY_IN_ADDRESS.search(url)
    try:
        return datetime.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts
