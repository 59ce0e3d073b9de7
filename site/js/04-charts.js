// Charts: compiled specifications fed with shipped tables and the day. Each has a table behind it, and downloads that carry its caveats.

const cited = `${page.head.title} ${page.head.version} (${page.head.date}), ${page.head.licence}`;

function chart(name, label, behind, clicked) {
  const host = h("div", { class: "chart", role: "img", "aria-label": `${label} A table with the same content follows.` });
  const details = h("details", { ontoggle: () => fill() }, h("summary", {}, "The same as a table, with links"));
  const save = kind => h("button", { type: "button", onclick: () => ready.then(view => saveImage(view, name, kind)) }, `Save as ${kind.toUpperCase()}`);
  const element = h("figure", {}, host, h("div", { class: "tools" }, save("svg"), save("png")), details);
  const spec = page.charts[name];
  let ready = null;

  function fill() {
    details.querySelector(":scope > :not(summary)")?.remove();
    if (details.open) details.append(behind());
  }

  function update(chosen = {}) {
    const given = { day: state.day, version: cited, narrow: host.clientWidth < 640, ...chosen };
    const begun = { ...spec, signals: spec.signals.map(signal => signal.name in given ? { ...signal, value: given[signal.name] } : signal) };  // the first layout must know the width
    ready ??= vegaEmbed(host, begun, { mode: "vega", renderer: "svg", actions: false, ast: true, defaultStyle: false, logLevel: 1 }).then(({ view }) => {
      for (const { name: source } of spec.data) if (table[source]) view.insert(source, table[source].map(row => ({ ...row })));
      return view.addEventListener("click", (event, item) => item?.datum && clicked(item.datum));
    });
    fill();
    return ready.then(view => {
      for (const signal of spec.signals) if (signal.name in given) view.signal(signal.name, given[signal.name]);
      return view.run();
    });
  }
  return { element, update, finish: () => ready?.then(view => view.finalize()) };
}

async function saveImage(view, name, kind) {
  const file = `${name}-as-known-${state.day}-version-${page.head.version}.${kind}`;
  view.background("#ffffff").run();
  if (kind === "svg") download(file, await view.toSVG(), "image/svg+xml");
  else (await view.toCanvas(2)).toBlob(image => download(file, image));
  view.background(null).run();
}

const openStatement = datum => datum.statement_id && go({ statement: datum.statement_id });
const openTransfer = datum => datum.statement_id ? openStatement(datum) : datum.transfer_id && go({ view: "transfer", id: datum.transfer_id });
