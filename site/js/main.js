// Shows the view that the address names, and steps the day.

import { address, isDay, readAddress } from "./address.js";
import { compareView } from "./compare.js";
import { h, link } from "./elements.js";
import { glossaryView } from "./glossary.js";
import { overview } from "./overview.js";
import { days, daysOf, head } from "./record.js";
import { sourcesView, sourceView } from "./sources.js";
import { statementsView, statementView } from "./statements.js";
import { systemsView, systemView } from "./systems.js";
import { transferView } from "./transfer.js";

const VIEWS = {
  overview,
  transfer: transferView,
  systems: systemsView,
  system: systemView,
  sources: sourcesView,
  source: sourceView,
  statements: statementsView,
  statement: statementView,
  compare: compareView,
  words: glossaryView,
};
const MENU = [
  ["overview", "Transfers"],
  ["systems", "Systems"],
  ["sources", "Sources"],
  ["statements", "Statements"],
  ["compare", "Compare days"],
  ["words", "Words"],
];
const PARENT = { transfer: "overview", system: "systems", source: "sources", statement: "statements" };

const dayInput = document.getElementById("day");
const slider = document.getElementById("slider");
const main = document.getElementById("main");
let shown = "";

function show() {
  const context = readAddress();
  if (!Object.hasOwn(VIEWS, context.view)) context.view = "overview";
  const nodes = VIEWS[context.view](context).flat(Infinity).filter(Boolean);
  main.replaceChildren(...nodes);
  dayInput.value = context.day;
  slider.value = nearest(context.day);
  slider.setAttribute("aria-valuetext", context.day);
  document.getElementById("earlier").disabled = !step(context, -1);
  document.getElementById("later").disabled = !step(context, 1);
  document.getElementById("latest").disabled = context.day === head.last;
  const current = PARENT[context.view] ?? context.view;
  document.getElementById("menu").replaceChildren(
    ...MENU.map(([view, words]) => {
      const item = link(words, view);
      if (view === current) item.setAttribute("aria-current", "page");
      return h("li", {}, item);
    }),
  );
  const title = main.querySelector("h1");
  document.title = `${title.textContent} · ${head.title}`;
  const place = `${context.view}/${context.id}`;
  if (shown && shown !== place && !(context.view === "words" && context.id)) {
    scrollTo(0, 0);
    title.focus({ preventScroll: true });
  }
  document.getElementById("told").textContent = shown === place ? `As publicly known on ${context.day}` : "";
  shown = place;
}

// The next day before or after on which something became public, of the transfer where one is shown.
function step(context, direction) {
  const { view, id, day } = context;
  const some = view === "transfer" ? daysOf(id) : days;
  return direction < 0 ? some.findLast((one) => one < day) : some.find((one) => one > day);
}

function goTo(day) {
  const { view, id, params } = readAddress();
  if (day) location.hash = address(view, id, { ...params, day: clamped(day) });
}

const clamped = (day) => (day < head.first ? head.first : day > head.last ? head.last : day);
const nearest = (day) => days.findLastIndex((one) => one <= day);

slider.max = days.length - 1;
dayInput.addEventListener("change", () => {
  if (isDay(dayInput.value.trim())) goTo(dayInput.value.trim());
  else dayInput.value = readAddress().day;
});
slider.addEventListener("input", () => goTo(days[slider.value]));
document.getElementById("earlier").addEventListener("click", () => goTo(step(readAddress(), -1)));
document.getElementById("later").addEventListener("click", () => goTo(step(readAddress(), 1)));
document.getElementById("latest").addEventListener("click", () => goTo(head.last));
addEventListener("hashchange", () => {
  performance.mark("step");
  show();
  performance.measure("stepped", "step");
});
show();
performance.mark("shown");
