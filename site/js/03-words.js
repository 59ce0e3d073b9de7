// Elements, links and wordings. Strings from the record become text nodes and nothing else.

function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter(child => child !== null && child !== undefined && child !== ""));
  return element;
}

const text = (value, lang) => value === null || value === undefined ? "" : h("bdi", { lang: lang || null, dir: "auto" }, String(value));
const words = value => value === null || value === undefined ? "" : String(value).replaceAll("_", " ");
const units = by(table.units, "unit");
const unitWords = unit => !unit ? "" : units.get(unit).is_count ? `${unit}s` : words(unit.replace("_per_", "/").replace("_length", ""));
const number = value => value === null ? "" : Number(value).toLocaleString("en", { maximumFractionDigits: 2 });
const span = (least, most) => least === most ? String(most) : `${least}–${most}`;
const some = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
const origins = row => row.n_origins_max === 0 ? "no origin" : span(row.n_origins_min, row.n_origins_max) + (row.n_origins_max === 1 ? " origin" : " origins");
const note = (...children) => h("span", { class: "note" }, ...children);
const cite = id => h("code", {}, `${id}@${page.head.version}`);
const link = (change, ...children) => h("a", { href: address(change) }, ...children);
const transferLink = id => link({ view: "transfer", id, statement: "" }, text(transfers.get(id).title));
const statementLink = (id, ...children) => link({ statement: id }, ...(children.length ? children : [text(statements.get(id).summary)]));
const quoted = row => row.value_text ? ["“", text(row.value_text, row.value_language), "”"] : "";

function outward(url, ...children) {
  return /^https?:\/\//i.test(url || "") ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, ...children) : h("span", {}, ...children);
}

function bounds(row) {
  if (row.low === null && row.high === null) return "";
  if (row.low === null) return `at most ${number(row.high)}, no lower bound`;
  if (row.high === null) return `${number(row.low)} or more`;
  return row.low === row.high ? number(row.low) : `${number(row.low)} to ${number(row.high)}`;
}

function estimateWords(row) {
  return [`${bounds(row)} (${unitWords(row.unit)})`, row.high !== null && row.high_open && "open above", row.low !== null && row.low_open && "open below",
    row.conflict && "origins in conflict", row.best !== null && `point ${number(row.best)}`].filter(Boolean).join(", ");
}

function stanceWords(row, then) {
  const says = { assert: row.polarity === "negated" ? "asserts not" : "asserts", project: "projects", doubt: "doubts", decline: "declines comment", deny: "denies", withdraw: "withdraws" }[row.stance];
  const more = then?.resolution ?? (row.limits === "unclear" ? "limits unclear" : words(row.limits));
  const kind = row.relays_statement_id ? "retells" : row.explicitness === "presupposed" ? "takes for granted" : "";
  return h("span", {}, h("span", { class: `stance ${row.stance}` }, says), more ? ` (${more})` : "", note([words(row.aspect), kind].filter(Boolean).join("; ")));
}

// columns: title, cell of a row, class; the first cell names the row
function plainTable(caption, columns, rows, none = "Nothing was public on this day.") {
  if (!rows.length) return h("p", { class: "none" }, none);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", {}, h("caption", {}, caption),
    h("thead", {}, h("tr", {}, columns.map(([title, , kind]) => h("th", { scope: "col", class: kind || null }, title)))),
    h("tbody", {}, rows.map(row => h("tr", {}, columns.map(([, cell, kind], i) => h(i ? "td" : "th", { scope: i ? null : "row", class: kind || null }, cell(row))))))));
}

function choice(name, title, options) {
  const id = `choose-${name}`;
  return h("span", {}, h("label", { for: id }, title, " "), h("select", { id, onchange: event => go({ [name]: event.target.value }, { replace: true }) },
    options.map(([value, shown]) => h("option", { value, selected: state[name] === value }, shown))));
}

function facts(pairs) {
  const said = value => Array.isArray(value) ? value.flat(3).some(said) : value !== "" && value !== null && value !== undefined;
  return h("dl", { class: "facts" }, pairs.filter(([, value]) => said(value)).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

function download(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
