// The day, the views, and the first rendering.

const VIEWS = { transfers: ["Transfers", transfersView], transfer: ["One transfer", transferView], systems: ["Systems", systemsView], sources: ["Sources", sourcesView], statements: ["Statements", statementsView] };
const at = id => document.getElementById(id);
let shown = {}, ahead = 0;

function render() {
  at("day").value = state.day;
  at("slider").value = dayNumber(state.day);
  at("slider").setAttribute("aria-valuetext", state.day);
  at("known").textContent = `${known(state.day).length} of ${table.statements.length} statements were public.`;
  if (document.activeElement !== at("q")) at("q").value = state.q;
  at("views").replaceChildren(...Object.entries(VIEWS).filter(([name]) => name !== "transfer" || state.view === "transfer").map(([name, [title]]) =>
    h("a", { href: address({ view: name, id: name === "transfer" ? state.id : "", statement: "" }), "aria-current": name === state.view ? "page" : null }, title)));
  const key = `${state.view} ${state.id}`;
  if (key !== shown.key) {
    shown.made?.finish();
    shown = { key, made: VIEWS[state.view][1]() };
    at("view").replaceChildren(shown.made.element);
  }
  const drawn = shown.made.update();
  showStatement();
  return drawn;
}

const setDay = day => /^\d{4}-\d\d-\d\d$/.test(day) && go({ day }, { replace: true });

at("slider").min = dayNumber(firstDay);
at("slider").max = dayNumber(lastDay);
at("slider").addEventListener("input", ({ target, timeStamp }) => {
  cancelAnimationFrame(ahead);
  ahead = requestAnimationFrame(async () => {
    await setDay(dayOf(Number(target.value)));
    performance.measure("step", { start: timeStamp }); // what `make bench-site` reads
  });
});
at("day").addEventListener("change", event => setDay(event.target.value));
at("before").addEventListener("click", () => setDay(days.findLast(day => day < state.day) ?? state.day));
at("after").addEventListener("click", () => setDay(days.find(day => day > state.day) ?? state.day));
at("search").addEventListener("submit", event => { event.preventDefault(); go({ view: "statements", q: at("q").value, id: "", source: "" }); });
at("q").addEventListener("input", () => state.view === "statements" && go({ q: at("q").value }, { replace: true }));
at("citation").textContent = page.head.citation;
addEventListener("hashchange", () => { readAddress(); render(); });
addEventListener("resize", () => shown.made.update());
document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); at("main").focus(); });
document.documentElement.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);

readAddress();
await render();
performance.mark("shown");
