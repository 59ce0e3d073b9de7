// A picture of who said what when, to embed: an SVG that says of what day it is and whose record.

import { svg } from "./elements.js";
import { SHAPES, voiceLines } from "./timeline.js";

const WIDTH = 900;
const NAMES = 270;
const LINE = 26;
const COLOURS = {
  ink: "#1b1d22",
  dim: "#565c67",
  line: "#dcdfe5",
  yes: "#1f5fa8",
  no: "#b4462b",
  maybe: "#6b559c",
};
const PAINT = {
  dot: { fill: COLOURS.yes },
  "hollow-dot": { fill: "#fff", stroke: COLOURS.yes, "stroke-width": 2 },
  arrow: { fill: COLOURS.maybe },
  diamond: { fill: COLOURS.no },
  "hollow-diamond": { fill: "#fff", stroke: COLOURS.no, "stroke-width": 2 },
  dash: { fill: COLOURS.dim },
};

function wrapped(text, length) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1).length + word.length > length) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

const shape = (name, x, y) =>
  svg("path", { d: SHAPES[name], transform: `translate(${x.toFixed(1)} ${y})`, ...PAINT[name] });

export function picture({ title, sentence, citation, transfer, day }) {
  const found = voiceLines(transfer, day);
  const parts = [];
  let y = 34;
  const write = (text, properties, step) => {
    parts.push(svg("text", { x: 20, y, "font-size": 15, fill: COLOURS.ink, ...properties }, text));
    y += step;
  };
  write(title, { "font-size": 21, "font-weight": 600 }, 26);
  for (const line of wrapped(sentence, 108)) write(line, {}, 20);
  y += 12;
  const across = (x) => NAMES + 20 + (x / 100) * (WIDTH - NAMES - 50);
  for (const { name, note, points } of found?.lines ?? []) {
    parts.push(svg("line", { x1: across(0), x2: across(100), y1: y - 5, y2: y - 5, stroke: COLOURS.line }));
    parts.push(...points.map((row) => shape(row.shape, across(row.x), y - 5)));
    write(`${name}${note}`, { "font-size": 14 }, LINE);
  }
  for (const { x, text, anchor } of found?.ticks ?? []) {
    parts.push(
      svg("text", { x: across(x), y, "font-size": 14, fill: COLOURS.dim, "text-anchor": anchor }, text),
    );
  }
  y += 30;
  for (const [name, text] of found?.legend ?? []) {
    parts.push(shape(name, 28, y - 5));
    write(text, { x: 44, "font-size": 14, fill: COLOURS.dim }, 20);
  }
  y += 8;
  const note = `A mark says that somebody said it, never that it is so. ${citation}`;
  for (const line of wrapped(note, 120)) write(line, { "font-size": 13, fill: COLOURS.dim }, 18);
  const size = {
    width: WIDTH,
    height: y,
    viewBox: `0 0 ${WIDTH} ${y}`,
    "font-family": "system-ui, sans-serif",
  };
  const whole = svg(
    "svg",
    size,
    svg("title", {}, title),
    svg("rect", { width: WIDTH, height: y, fill: "#fff" }),
    parts,
  );
  return new XMLSerializer().serializeToString(whole);
}
