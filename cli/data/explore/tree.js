// JSON as a tree. Numbers keep the digits of the text where the browser can tell them.

class Digits {
  constructor(source) { this.source = source; }
}

export function parse(text) {
  return JSON.parse(text, (name, value, context) =>
    typeof value === "number" && context ? new Digits(context.source) : value);
}

export function tree(value, name = "", open = 2) {
  const isBranch = value !== null && typeof value === "object" && !(value instanceof Digits);
  if (!isBranch) {
    const leaf = document.createElement("div");
    leaf.className = "leaf";
    const shown = document.createElement("span");
    shown.className = "value";
    shown.textContent = value instanceof Digits ? value.source : JSON.stringify(value);
    leaf.append(name === "" ? "" : `${name}: `, shown);
    return leaf;
  }
  const entries = Array.isArray(value) ? value.map((item, at) => [`[${at}]`, item]) : Object.entries(value);
  const branch = document.createElement("details");
  const summary = document.createElement("summary");
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  summary.textContent = name === "" ? size : `${name} ${size}`;
  branch.append(summary);
  const fill = () => branch.append(...entries.map(([inner, item]) => tree(item, inner, open - 1)));
  // A closed branch is made when it is opened: a response may be large.
  if (open > 0) {
    branch.open = true;
    fill();
  } else {
    branch.addEventListener("toggle", fill, { once: true });
  }
  return branch;
}
