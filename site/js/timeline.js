// Claims and denials by month, and the voices of a transfer on an axis of days.

import { address } from "./address.js";
import { dataTable, folded, h, link, svg } from "./elements.js";
import {
  groupBy,
  head,
  inOrder,
  knownBy,
  label,
  momentOf,
  plural,
  rowsOf,
  statementOf,
  tables,
  transferOf,
} from "./record.js";

const CLAIMS = ["asserts", "expects", "holds_possible"];
const DENIALS = ["denies", "says_not"];
const CLAIMS_AND_DENIALS = tables.statements.filter(
  (row) => row.stage && [...CLAIMS, ...DENIALS].includes(row.use_as),
);
const HEIGHT = { claims: 84, denials: 52 };

const spoken = (row) => row.said_max ?? row.from;
const isExact = (row) => row.said_min && row.said_min === row.said_max;

export const saidOfTransfers = (day) => knownBy(CLAIMS_AND_DENIALS, day);

function monthsBetween(first, last) {
  const months = [];
  for (let [year, month] = first.split("-").map(Number); ; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    const text = `${year}-${String(month).padStart(2, "0")}`;
    if (text > last) return months;
    months.push(text);
  }
}

export function timeline(day) {
  const rows = saidOfTransfers(day);
  const months = monthsBetween(head.first.slice(0, 7), head.last.slice(0, 7));
  const counts = months.map((month) => ({ month, claims: 0, denials: 0 }));
  const countOf = new Map(counts.map((row) => [row.month, row]));
  for (const row of rows) {
    const place = countOf.get(spoken(row).slice(0, 7));
    if (place) place[DENIALS.includes(row.use_as) ? "denials" : "claims"] += 1;
  }
  const most = Math.max(1, ...counts.map((row) => row.claims));
  const mostDenied = Math.max(1, ...counts.map((row) => row.denials));
  const scale = Math.min(HEIGHT.claims / most, HEIGHT.denials / mostDenied);
  const width = 100 / months.length;
  const middle = HEIGHT.claims + 20;
  const bar = (row, i, kind) => {
    const size = row[kind] * scale;
    if (!size) return null;
    return svg("rect", {
      class: kind === "claims" ? "yes" : "no",
      x: `${i * width + width * 0.12}%`,
      width: `${width * 0.76}%`,
      y: kind === "claims" ? middle - size : middle + 1,
      height: size,
    });
  };
  // The number of the month with most, so that heights can be read.
  const peak = (kind, number, place) => {
    const i = counts.findIndex((row) => row[kind] === number);
    if (i < 0) return null;
    const x = `${(i + 0.5) * width}%`;
    return svg("text", { x, y: place(number * scale), "text-anchor": "middle" }, String(number));
  };
  const open = (row) => () => (location.hash = address("statements", "", { said: row.month }));
  const isLabelled = (month, i) => month.endsWith("-01") || (i === 0 && month < `${month.slice(0, 4)}-10`);
  const years = months.map((month, i) => [month, i]).filter(([month, i]) => isLabelled(month, i));
  const picture = svg(
    "svg",
    {
      class: "timeline",
      width: "100%",
      height: middle + HEIGHT.denials + 40,
      role: "img",
      "aria-label": "Claims and denials by month; the table below says the same",
    },
    svg("line", { class: "axis", x1: 0, x2: "100%", y1: middle, y2: middle }),
    years.map(([month, i]) => [
      svg("line", { class: "axis", x1: `${i * width}%`, x2: `${i * width}%`, y1: middle, y2: "100%" }),
      svg("text", { x: `${i * width + 0.5}%`, y: "98%" }, month.slice(0, 4)),
    ]),
    peak("claims", most, (size) => middle - size - 5),
    peak("denials", mostDenied, (size) => middle + size + 15),
    counts.map((row, i) => [
      bar(row, i, "claims"),
      bar(row, i, "denials"),
      row.claims + row.denials
        ? svg(
            "rect",
            {
              class: "hit",
              x: `${i * width}%`,
              width: `${width}%`,
              y: 0,
              height: middle + HEIGHT.denials,
              onclick: open(row),
            },
            svg(
              "title",
              {},
              `${row.month}: ${plural(row.claims, "claim")}, ${plural(row.denials, "denial")}`,
            ),
          )
        : null,
    ]),
    day < head.last && thisDay(day, months, width, middle),
  );
  const filled = counts.filter((row) => row.claims + row.denials).reverse();
  return [
    h(
      "p",
      { class: "legend" },
      h("span", { class: "key yes" }),
      "claims above ",
      h("span", { class: "key no" }),
      "denials below",
      h(
        "span",
        { class: "dim" },
        " by the month said; the number is the most in a month; touch a month for its statements",
      ),
    ),
    picture,
    folded("The same as a table", false, () =>
      dataTable(
        "Claims and denials by month",
        ["Month", "Claims", "Denials"],
        filled.map((row) => [
          link(row.month, "statements", "", { said: row.month }),
          String(row.claims),
          String(row.denials),
        ]),
      ),
    ),
  ];
}

function thisDay(day, months, width, middle) {
  const i = months.indexOf(day.slice(0, 7));
  if (i < 0) return null;
  const x = (i + Number(day.slice(8)) / 31) * width;
  return [
    svg("line", { class: "day", x1: `${x}%`, x2: `${x}%`, y1: 0, y2: middle + HEIGHT.denials }),
    svg(
      "text",
      { x: `${x}%`, y: 13, dx: x > 50 ? -6 : 6, "text-anchor": x > 50 ? "end" : "start" },
      "this day",
    ),
  ];
}

// The ten days on which most was said, in the order of days.
export function busiestDays(day) {
  const exact = groupBy(saidOfTransfers(day).filter(isExact), "said_max");
  const top = [...exact].sort((a, b) => b[1].length - a[1].length || inOrder(a[0], b[0])).slice(0, 10);
  return top
    .sort((a, b) => inOrder(a[0], b[0]))
    .map(([said, rows]) => {
      const [most] = [...groupBy(rows, "transfer")].sort((a, b) => b[1].length - a[1].length);
      const denials = rows.filter((row) => DENIALS.includes(row.use_as)).length;
      return { said, claims: rows.length - denials, denials, about: most[0] };
    });
}

// Voices on an axis

const MARKS = {
  asserts: "dot",
  expects: "arrow",
  holds_possible: "arrow",
  denies: "diamond",
  says_not: "diamond",
  doubts: "hollow-diamond",
  expects_not: "hollow-diamond",
  declines: "dash",
};
export const SHAPES = {
  dot: "M0 -6A6 6 0 1 1 0 6A6 6 0 1 1 0 -6Z",
  "hollow-dot": "M0 -5A5 5 0 1 1 0 5A5 5 0 1 1 0 -5Z",
  arrow: "M-5 -6L7 0L-5 6Z",
  diamond: "M0 -7L7 0L0 7L-7 0Z",
  "hollow-diamond": "M0 -6L6 0L0 6L-6 0Z",
  dash: "M-6 -2H6V2H-6Z",
};
const LEGEND = [
  ["dot", "says so"],
  ["hollow-dot", "says so, source not told or at second hand"],
  ["arrow", "foresees it or holds it possible"],
  ["diamond", "denies, or says not"],
  ["hollow-diamond", "doubts"],
  ["dash", "no comment"],
];
const SOLO = ["government", "international_body", "organisation", "person"];
const BY_NAME = [...SOLO, "wider"];
const ORDER = [...SOLO, "wider", "party_side", "unnamed", "second_hand", "outlet_only"];
const WORDS = { admits: "asserts", denies: "denies", declines: "declines" };
const POOLED = {
  party_side: "A party’s side",
  unnamed: "Unnamed sources",
  second_hand: "At second hand",
  outlet_only: "Outlets, source not told",
};

function markOf(row) {
  const isWeak = row.says === "asserts" && ["outlet_only", "second_hand", "party_side"].includes(row.kind);
  return isWeak ? "hollow-dot" : MARKS[row.says];
}

// What the parties say of a wider class, as rows like those of voices.
const widerWords = (transfer, day) =>
  knownBy(rowsOf("positions", transfer), day)
    .filter((row) => row.wider)
    .map((row) => ({
      ...row,
      kind: "wider",
      voice: transferOf.get(transfer)[row.party],
      says: WORDS[row.word],
    }));

// The voices of a transfer by line, with every word of theirs up to a day and its place from 0 to 100.
export function voiceLines(transfer, day) {
  const voices = knownBy(rowsOf("voices", transfer), day);
  if (!voices.length) return null;
  const rows = [...voices, ...widerWords(transfer, day)];
  const keyOf = (row) => [row.kind === "wider", row.voice, row.statement, row.says].join(" ");
  const once = [...new Map(rows.map((row) => [keyOf(row), row])).values()];
  const points = once.map((row) => ({
    ...row,
    shape: markOf(row),
    on: spoken(statementOf.get(row.statement)),
  }));
  const times = points.map((row) => Date.parse(row.on));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const place = (text) => (last === first ? 50 : 2 + (96 * (Date.parse(text) - first)) / (last - first));
  const groups = groupBy(points, (row) =>
    BY_NAME.includes(row.kind) ? `${row.kind} ${row.voice}` : row.kind,
  );
  const lines = [...groups.values()]
    .sort(
      (a, b) =>
        Number(!a[0].party) - Number(!b[0].party) ||
        ORDER.indexOf(a[0].kind) - ORDER.indexOf(b[0].kind) ||
        b.length - a.length ||
        a[0].voice.localeCompare(b[0].voice),
    )
    .map((group) => ({ ...nameOf(group), points: group.map((row) => ({ ...row, x: place(row.on) })) }));
  const shapes = new Set(points.map((row) => row.shape));
  return { lines, ticks: ticksOf(first, last, place), legend: LEGEND.filter(([name]) => shapes.has(name)) };
}

function nameOf(group) {
  const [{ kind, voice, party }] = group;
  const voices = new Set(group.map((row) => row.voice)).size;
  if (kind === "wider") return { name: voice, note: ", of a wider class" };
  return {
    name: SOLO.includes(kind) ? voice : `${POOLED[kind]}${voices > 1 ? ` (${voices})` : ""}`,
    note: party ? `, ${label("party", party).toLowerCase()}` : kind === "person" ? ", person" : "",
  };
}

// The first and last day, and years between where there is room.
function ticksOf(first, last, place) {
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  if (first === last) return [{ x: 50, text: iso(first), anchor: "middle" }];
  const inner = [];
  for (let year = Number(iso(first).slice(0, 4)) + 1; year <= Number(iso(last).slice(0, 4)); year += 1) {
    const x = place(`${year}-01-01`);
    if (x > 31 && x < 69 && x - (inner.at(-1)?.x ?? 0) > 14)
      inner.push({ x, text: String(year), anchor: "middle" });
  }
  return [{ x: 0, text: iso(first), anchor: "start" }, ...inner, { x: 100, text: iso(last), anchor: "end" }];
}

// A mark; across it may stand at a share of the width, which a style can say and an attribute cannot.
function mark(shape, x, y) {
  const found = svg("path", { class: `mark ${shape}`, d: SHAPES[shape] });
  found.style.transform = `translate(${x}, ${y}px)`;
  return found;
}

export function lanes(transfer, day) {
  const found = voiceLines(transfer, day);
  if (!found) return null;
  const name = `${plural(found.lines.length, "line")} of voices by day; the statements below say the same`;
  return [
    h("div", { class: "lanes", role: "img", "aria-label": name }, found.lines.map(lane), axis(found.ticks)),
    h(
      "p",
      { class: "legend dim" },
      found.legend.map(([shape, text]) =>
        h(
          "span",
          { class: "entry" },
          svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, mark(shape, "8px", 8)),
          text,
        ),
      ),
    ),
  ];
}

function lane({ name, note, points }) {
  return h(
    "div",
    { class: "lane" },
    h("div", { class: "lane-name" }, name, h("span", { class: "dim" }, note)),
    svg(
      "svg",
      { width: "100%", height: 26 },
      svg("line", { class: "axis", x1: 0, x2: "100%", y1: 13, y2: 13 }),
      points.map((row) => {
        const found = mark(row.shape, `${row.x}%`, 13);
        found.append(svg("title", {}, `${row.on}: ${row.voice}. ${row.words}`));
        found.addEventListener("click", () => (location.hash = address("statement", row.statement)));
        return found;
      }),
    ),
  );
}

const axis = (ticks) =>
  h(
    "div",
    { class: "lane" },
    h("div", { class: "lane-name" }),
    svg(
      "svg",
      { width: "100%", height: 22 },
      ticks.map(({ x, text, anchor }) => svg("text", { x: `${x}%`, y: 15, "text-anchor": anchor }, text)),
    ),
  );

export const titleOf = (transfer) => transferOf.get(transfer).title;
export const shortOf = (transfer, day) => momentOf(transfer, day)?.short ?? "";
