// The address of a view: #view/id?day=2024-09-15&… Everything that is shown follows from it.

import { head } from "./record.js";

const DAY = /^\d{4}-\d\d-\d\d$/;

export const isDay = (text) => DAY.test(text ?? "") && !Number.isNaN(Date.parse(text));

// Every link asks for the address, so the last one read is kept.
let kept = { hash: null };

export function readAddress(hash = location.hash) {
  if (kept.hash !== hash) kept = { hash, now: parsed(hash) };
  return { ...kept.now };
}

function parsed(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split("?");
  const [view, ...rest] = path.split("/");
  const params = Object.fromEntries(new URLSearchParams(query));
  const day = isDay(params.day) ? params.day : head.last;
  return { view: view || "overview", id: decodeText(rest.join("/")), day, params };
}

function decodeText(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// A link within the page; the day goes along unless it is the last.
export function address(view, id = "", params = {}) {
  const now = readAddress();
  const query = new URLSearchParams();
  const all = { day: now.day, ...params };
  for (const [name, value] of Object.entries(all)) {
    if (value && !(name === "day" && value === head.last)) query.set(name, value);
  }
  const text = query.toString();
  return `#${view}${id ? `/${encodeURIComponent(id)}` : ""}${text ? `?${text}` : ""}`;
}
