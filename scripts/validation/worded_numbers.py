"""The numbers that English words state: what "four hundred" or "a dozen" must be coded as.

Other languages are not read here: of their words a number is taken as the coder wrote it.
"""

import re

UNITS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        start=1,
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
OTHER = {"once": 1, "twice": 2, "thrice": 3, "pair": 2, "couple": 2, "single": 1}
PARTS = ("half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths", "percent")


def numbers_in_words(text: str) -> set[int]:
    """Every number that the words of an English text state; empty where a fraction makes them uncertain."""
    words = re.findall(r"[a-z]+", text.casefold())
    if any(word in PARTS for word in words):
        return set()
    numbers: set[int] = set()
    running: list[str] = []
    for word in [*words, ""]:
        if word in UNITS or word in TENS or word in SCALES or word in OTHER or word == "and" and running:
            running.append(word)
        elif running:
            numbers |= _readings(running)
            running = []
    return numbers


def _readings(words: list[str]) -> set[int]:
    """The number that the words state together, and those that single ones state ("two and three")."""
    whole, part = 0, 0
    for word in words:
        if word in SCALES and SCALES[word] >= 1000:
            whole, part = whole + max(part, 1) * SCALES[word], 0
        elif word in SCALES:
            part = max(part, 1) * SCALES[word]
        else:
            part += UNITS.get(word, 0) + TENS.get(word, 0) + OTHER.get(word, 0)
    single = {UNITS[word] for word in words if word in UNITS} if "and" in words else set()
    return {whole + part, *single}
