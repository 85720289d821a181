"""What a passphrase is worth, and five words offered in place of one.

An attacker who has the file tries guesses at home, for as long as he likes: only a passphrase
that nobody would guess protects it. Strength is judged by zxcvbn (Wheeler 2016, USENIX
Security), told the names that a guesser of this school would try first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from senreg.errors import FieldProblem, InvalidRecord

LEAST_SCORE = 3
"""Of 0 to 4: more than 10^8 guesses, which the cost of each guess makes years of."""

OFFERED_WORDS = 5
"""Five of 7,776 words are 64 bits."""

_LONGEST_JUDGED = 72
"""What zxcvbn takes; what is longer is no weaker."""
_OF_THE_TRADE = ("senco", "sen", "send", "senreg", "register", "school", "inclusion", "head")
_UNFIT = """
ashamed boozy brewery cannabis chubby clumsy crook cruelty dagger duh evict flogging
fondling fondly geek goofy groggy groin grope hatred impotence impotent jailbird junkie
laxative lusty maimed nerd opium ovary pagan pelvis prison psychic racism rectal scrawny
seduce shame shank sinner sloppy slug slum smoking stinky thieving thigh trash tubby
unclad unclothed unwed womb
"""
"""Words of the list that nobody should have to say aloud in a school office."""
_WORDS = {0: "far too easy", 1: "too easy", 2: "still too easy", 3: "good", 4: "very good"}


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess."""

    score: int
    """0 to 4."""
    word: str
    advice: str
    """A sentence where it is not enough, else empty."""

    @property
    def enough(self) -> bool:
        """Whether it may be taken."""
        return self.score >= LEAST_SCORE


def judged(passphrase: str, hints: Iterable[str] = ()) -> Strength:
    """How hard a passphrase is to guess for somebody who knows the school.

    Args:
        passphrase: What was typed.
        hints: Names of the school and the people who may open it; their words count as well.
    """
    from zxcvbn import zxcvbn

    from senreg.store.kdf import normalised

    text = normalised(passphrase)[:_LONGEST_JUDGED]
    if not text:
        return Strength(0, _WORDS[0], "Type a passphrase, or take the words that are offered.")
    guesses = [*_guesses(hints), *_OF_THE_TRADE]
    # A name is no harder to guess for the spaces and signs in it.
    bare = "".join(filter(str.isalnum, text))
    score = min(int(zxcvbn(each, user_inputs=guesses)["score"]) for each in (text, bare or text))
    advice = ""
    if score < LEAST_SCORE:
        advice = "Take several words that do not belong together, and no name or date."
    return Strength(score, _WORDS[score], advice)


def _guesses(hints: Iterable[str]) -> list[str]:
    """Words of names, and words run together, as people make passwords of them."""
    found: list[str] = []
    for hint in hints:
        words = ["".join(filter(str.isalnum, word)) for word in hint.casefold().split()]
        words = [word for word in words if word]
        runs = range(1, len(words) + 1)
        found += [
            "".join(words[start : start + run]) for run in runs for start in range(len(words))
        ]
    return sorted(set(found))


def offered() -> str:
    """Five words drawn at random from the long list of the Electronic Frontier Foundation."""
    import secrets

    from xkcdpass.xkcd_password import generate_wordlist

    listed = generate_wordlist(wordfile="eff-long", min_length=3, max_length=9)
    words = sorted(set(listed).difference(_UNFIT.split()))
    return " ".join(secrets.choice(words) for _ in range(OFFERED_WORDS))


def same(one: str, other: str) -> bool:
    """Whether two passphrases open the same, however their spaces and accents were typed."""
    from senreg.store.kdf import normalised

    return normalised(one) == normalised(other)


def refuse_weak(passphrase: str, hints: Iterable[str] = ()) -> None:
    """Raise InvalidRecord, saying why, where a passphrase is too easy to guess."""
    strength = judged(passphrase, hints)
    if not strength.enough:
        problem = FieldProblem(
            "passphrase", f"That passphrase is {strength.word} to guess. {strength.advice}"
        )
        raise InvalidRecord("school", [problem])
