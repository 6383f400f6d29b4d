// A form from the facts of parameters. Each part has an element, and `read`, which gives JSON text or nothing.

let last = 0;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function hints(fact) {
  const parts = [fact.type];
  for (const [key, words] of [["min", "at least"], ["max", "at most"], ["min_len", "length at least"],
    ["max_len", "length at most"], ["default", "default"], ["unit", "in"]]) {
    if (fact[key] !== undefined) parts.push(`${words} ${fact[key]}`);
  }
  return parts.join(", ");
}

// A text of the user as JSON of a type.
function literal(type, text) {
  if (["integer", "number"].includes(type)) return text.trim();
  if (["any", "map"].includes(type)) return text;
  return JSON.stringify(text);
}

function single(fact, id) {
  const { type } = fact;
  if (type === "boolean") {
    const select = element("select", { id }, ...["", "true", "false"].map((value) =>
      element("option", { value, textContent: value || "not set" })));
    return { element: select, read: () => select.value || undefined };
  }
  if (["any", "map"].includes(type)) {
    const area = element("textarea", { id, rows: 2, spellcheck: false, placeholder: "JSON" });
    return { element: area, read: () => area.value.trim() || undefined };
  }
  const input = element("input", { id, autocomplete: "off", spellcheck: false });
  if (fact.secret) input.type = "password";
  if (["integer", "number"].includes(type)) input.inputMode = "decimal";
  let list = null;
  if (fact.values) {
    list = element("datalist", { id: `${id}-values` }, ...fact.values.map((value) => element("option", { value })));
    input.setAttribute("list", list.id);
  }
  return {
    element: element("div", {}, input, list),
    read: () => (input.value === "" ? undefined : literal(type, input.value)),
  };
}

function texts(fact, id, type) {
  const area = element("textarea", { id, rows: 2, spellcheck: false, placeholder: "one per line" });
  const lines = () => area.value.split("\n").filter((line) => line.trim() !== "");
  return { element: area, read: () => (lines().length ? `[${lines().map((line) => literal(type, line.trim()))}]` : undefined) };
}

function object(fact) {
  const inner = element("div", { className: "inner" });
  const fields = form(fact.members ?? [], inner);
  const details = element("details", {}, element("summary", { textContent: `${fact.name}: members` }), inner);
  return { element: details, read: () => fields.read() };
}

function list(fact, type) {
  const items = [];
  const add = element("button", { type: "button", textContent: `Add an element of ${fact.name}` });
  const box = element("div", {}, add);
  add.addEventListener("click", () => {
    const item = part({ ...fact, name: `${fact.name} ${items.length}`, type, required: false }, `p${++last}`);
    items.push(item);
    box.insertBefore(item.element, add);
    item.element.querySelector("input, select, textarea, summary")?.focus();
    if (item.element.matches("details")) item.element.open = true;
  });
  const read = () => {
    const found = items.map((item) => item.read()).filter((text) => text !== undefined);
    return found.length ? `[${found}]` : undefined;
  };
  return { element: box, read };
}

function part(fact, id) {
  if (fact.type.startsWith("list of ")) {
    const type = fact.type.slice("list of ".length);
    return type === "object" || type.startsWith("list of ") ? list(fact, type) : texts(fact, id, type);
  }
  return fact.type === "object" ? object(fact) : single(fact, id);
}

// Fills `place` with the fields of these facts.
export function form(facts, place) {
  const parts = facts.map((fact) => {
    const id = `p${++last}`;
    const made = part(fact, id);
    const hasLabel = made.element.matches(`#${id}`) || made.element.querySelector(`#${id}`);
    const label = element(hasLabel ? "label" : "span", { textContent: fact.name, className: fact.required ? "required" : "" });
    if (hasLabel) label.htmlFor = id;
    const hint = element("p", { className: "hint", textContent: hints(fact) });
    place.append(element("div", { className: "field" }, label, element("div", {}, made.element, hint)));
    return [fact.name, made.read];
  });
  return {
    read() {
      const members = parts.map(([name, read]) => [name, read()]).filter(([, text]) => text !== undefined);
      if (!members.length) return undefined;
      return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`)}}`;
    },
  };
}
