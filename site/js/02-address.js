// What is seen is held by the address: #day=2022-11-02&view=transfers. Every link is one.

const BLANK = { day: lastDay, view: "transfers", id: "", statement: "", q: "", stance: "", who: "", when: "", source: "", stage: "agreed", measure: "range" };
let state = { ...BLANK };

function readAddress() {
  const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  state = { ...BLANK, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in BLANK)) };
  if (!/^\d{4}-\d\d-\d\d$/.test(state.day) || Number.isNaN(Date.parse(state.day))) state.day = lastDay;
  if (!Object.hasOwn(VIEWS, state.view)) state.view = "transfers";
}

function address(change) {
  const next = { ...state, ...change };
  return "#" + new URLSearchParams(Object.entries(next).filter(([key, value]) => value !== BLANK[key] || key === "day"));
}

function go(change, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", address(change));
  readAddress();
  return render();
}
