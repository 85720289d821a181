"""The panel that narrows the list by year, class, status, need, teacher, flags and cohort."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from screens.plain import line
from screens.widgets.line_list import LineList, fitted, padded
from senreg.rules.register_filter import FACETS, FacetValue, facet_label


@dataclass(frozen=True, slots=True)
class _Line:
    facet: str
    value: str
    label: str
    pupils: int

    @property
    def heading(self) -> bool:
        return not self.value


class FacetPanel(LineList):
    """Facets with their values and how many rows have each; any can be chosen.

    Args:
        titles: The facets in order, by id, with their titles.
        label: The words of a facet's value.
        chosen: The chosen values of each facet to begin with; choosing changes it.
    """

    BINDINGS = [Binding("space,enter", "choose", "Choose", show=False)]
    HELP = (
        "Space chooses a value or lets it go; b goes back to the list. Within one heading any "
        "of the chosen values is enough; of flags a pupil must have all."
    )

    class Chosen(Message):
        """Other values are chosen."""

    def __init__(
        self,
        titles: Mapping[str, str] = FACETS,
        label: Callable[[str, str], str] = facet_label,
        *,
        chosen: dict[str, set[str]] | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._titles = titles
        self._label = label
        self.chosen: dict[str, set[str]] = {} if chosen is None else chosen
        self._lines: list[_Line] = []
        self._cursor = 1

    def fill(self, values: Mapping[str, Sequence[FacetValue]]) -> None:
        """Offer these values; those chosen before stay chosen even if no pupil has them."""
        lines = []
        for facet, title in self._titles.items():
            offered = list(values.get(facet, ()))
            known = {each.value for each in offered}
            offered += [
                FacetValue(value, self._label(facet, value), 0)
                for value in sorted(self.chosen.get(facet, ()))
                if value not in known
            ]
            if not offered:
                continue
            lines.append(_Line(facet, "", title, 0))
            lines += [_Line(facet, each.value, each.label, each.pupils) for each in offered]
        self._lines = lines
        self._cursor = max(1, min(self._cursor, len(lines) - 1))
        self.set_line_count(len(lines))

    def choose(self, chosen: Mapping[str, Iterable[str]]) -> None:
        """Let these values be the chosen ones, and no others."""
        self.chosen.clear()
        self.chosen.update({facet: set(values) for facet, values in chosen.items() if values})
        self.refresh()
        self.post_message(self.Chosen())

    @property
    def words(self) -> str:
        """What is chosen, in words; empty where nothing is."""
        return words_of(self.chosen, self._titles, self._label)

    def action_move(self, by: int) -> None:
        """Go to the next value, over headings."""
        step = 1 if by > 0 else -1
        place = self._cursor + by
        while 0 <= place < len(self._lines) and self._lines[place].heading:
            place += step
        if 0 <= place < len(self._lines):
            self._go(place)
        elif place < 0:
            self.show_line(0)

    def action_page(self, by: int) -> None:
        """Go on by a window's height."""
        target = max(1, min(len(self._lines) - 1, self._cursor + by * (self.window_height - 1)))
        if self._lines and self._lines[target].heading:
            target = min(target + 1, len(self._lines) - 1)
        self._go(target)

    def action_edge(self, end: int) -> None:
        """Go to the first value, or to the last."""
        self._go(1 if end < 0 else len(self._lines) - 1)

    def _go(self, place: int) -> None:
        before, self._cursor = self._cursor, place
        self.redraw_line(before)
        self.redraw_line(place)
        top = place - 1 if place and self._lines[place - 1].heading else place
        self.show_line(top, place - top + 1)

    def action_choose(self) -> None:
        """Choose the value under the cursor, or let it go."""
        if self._cursor < len(self._lines):
            self._turn(self._lines[self._cursor])

    def _turn(self, each: _Line) -> None:
        if each.heading:
            self.chosen.pop(each.facet, None)
        else:
            values = self.chosen.setdefault(each.facet, set())
            values ^= {each.value}
            if not values:
                del self.chosen[each.facet]
        self.refresh()
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Choose a value; a heading lets all of its values go."""
        spot = self.spot(event)
        index = self.line_at(spot.y) if spot is not None else None
        if index is None:
            return
        if not self._lines[index].heading:
            self._go(index)
        self._turn(self._lines[index])

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show by the cursor whether keys come here."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def draw_line(self, index: int, width: int) -> Strip:
        """A heading, or a value with its box and count."""
        each = self._lines[index]
        chosen = self.chosen.get(each.facet, ())
        if each.heading:
            note = "clear" if chosen else ""
            style = self.tones.style("heading")
            return padded(
                [
                    Segment(fitted(f" {each.label}", max(0, width - len(note) - 1)), style),
                    Segment(note, self.tones.style("muted")),
                ],
                width,
                style,
            )
        on = each.value in chosen
        here = index == self._cursor and self.has_focus
        ground = "cursor" if here else "sheet"
        count = f"{each.pupils:>4} "
        style = self.tones.style("strong" if on else "", ground)
        return padded(
            [
                Segment(f" {'☒' if on else '☐'} ", self.tones.style("heading", ground)),
                Segment(fitted(line(each.label), max(0, width - 3 - len(count))), style),
                Segment(count, self.tones.style("muted", ground)),
            ],
            width,
            style,
        )


def words_of(
    chosen: Mapping[str, Iterable[str]],
    titles: Mapping[str, str],
    label: Callable[[str, str], str],
) -> str:
    """Chosen values in words, in the order of their facets; empty where there are none."""
    return "; ".join(
        ", ".join(label(facet, value) for value in sorted(chosen[facet]))
        for facet in titles
        if chosen.get(facet)
    )
