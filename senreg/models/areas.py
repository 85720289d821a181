"""What targets are about: the areas on offer. A school may type others."""

from __future__ import annotations

AREAS: tuple[tuple[str, str], ...] = (
    ("reading", "Reading"),
    ("writing", "Writing"),
    ("spelling", "Spelling"),
    ("maths", "Mathematics"),
    ("speaking_listening", "Speaking and listening"),
    ("attention", "Attention and listening"),
    ("independence", "Independence and organisation"),
    ("motor", "Fine and gross motor skills"),
    ("self_help", "Self-help"),
    ("emotional", "Emotions and wellbeing"),
    ("attendance", "Attendance"),
    ("behaviour", "Behaviour"),
    ("bullying", "Bullying"),
    ("relationships", "Relationships"),
    ("participation", "Taking part"),
)
"""Code and words of each area: learning first, then the wider outcomes."""
