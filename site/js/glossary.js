// What every word on the page means.

import { h, section } from "./elements.js";
import { head, labels } from "./record.js";

const TITLES = {
  status: "Status: who stands behind a stage",
  stage: "Stages",
  position: "What a party says of the delivery",
  use_as: "What a statement does",
  stance: "Stance: what the speaker does with what is said",
  says: "What a voice says",
  voice_kind: "Kinds of voices",
  authority: "In what capacity somebody speaks",
  limits: "Limits of a denial or admission",
  aspect: "What a statement is about",
  scope: "What a number covers",
  basis: "What a specification rests on",
  certainty: "Certainty of the speaker",
  evidence: "Evidence shown",
  explicitness: "Said or taken for granted",
  coded_from: "How near to the words",
  resolution: "What became of an expectation",
  link: "Links between transfers",
  mode: "In what form it is moved",
  category: "Sorts of weapons",
  system_kind: "How general a system is",
  name_kind: "Sorts of names",
  source_kind: "Sorts of pages",
  extent: "How much of a page was read",
  url_kind: "Addresses",
};

export function glossaryView({ id }) {
  const view = [
    h("h1", { tabindex: -1 }, "What the words mean"),
    h(
      "p",
      { class: "lead" },
      "A row says that somebody said it, never that it is so. A voice is whose word a statement is: " +
        "a government is one voice, whoever speaks for it and however many pages carry it.",
    ),
    Object.entries(TITLES)
      .filter(([set]) => labels[set])
      .map(([set, title]) =>
        section(
          title,
          h(
            "dl",
            { class: "facts" },
            Object.entries(labels[set]).map(([code, [word, meaning]]) =>
              h(
                "div",
                { id: `${set}.${code}`, class: `${set}.${code}` === id ? "wanted" : null },
                h("dt", {}, word),
                h("dd", {}, meaning),
              ),
            ),
          ),
        ),
      ),
    h("p", { class: "dim" }, `Version ${head.version}, ${head.licence}. ${head.citation}`),
  ];
  if (id) requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: "center" }));
  return view;
}
