// A long list in pages.

import { h } from "./elements.js";
import { plural } from "./record.js";

const SIZE = 25;

// Shows a page of rows with buttons; `draw` makes the elements of one page, `turned` hears of the new page.
export function paged(rows, page, what, draw, turned) {
  const last = Math.max(1, Math.ceil(rows.length / SIZE));
  const now = Math.min(Math.max(1, page || 1), last);
  const shown = rows.slice((now - 1) * SIZE, now * SIZE);
  const button = (text, to, isOff) =>
    h("button", { type: "button", disabled: isOff, onclick: () => turned(to) }, text);
  const from = rows.length ? (now - 1) * SIZE + 1 : 0;
  return [
    h(
      "p",
      { class: "dim", role: "status", id: "found" },
      rows.length
        ? `${plural(rows.length, what)}; ${from} to ${from + shown.length - 1} shown`
        : `No ${what} found`,
    ),
    draw(shown),
    last > 1 &&
      h(
        "nav",
        { class: "pages", "aria-label": "Pages" },
        button("Earlier page", now - 1, now === 1),
        ` page ${now} of ${last} `,
        button("Next page", now + 1, now === last),
      ),
  ];
}
