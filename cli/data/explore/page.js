// The page: a search, the form of an action, and what became of a call. Texts are always set as text, never as HTML.

import { form } from "./form.js";
import { parse, tree } from "./tree.js";

const at = (id) => document.getElementById(id);
let action = null;
let fields = null;
let asked = 0;
let pause = 0;

// `body` is JSON text, in which numbers have all the digits that were typed.
async function ask(operation, body) {
  const response = await fetch(`api/${operation}`, {
    method: "POST", headers: { "content-type": "application/json" }, body, credentials: "omit",
  });
  const text = await response.text();
  if (!response.ok) throw new Error(errorOf(text));
  return text;
}

function errorOf(text) {
  try { return JSON.parse(text).error ?? text; } catch { return text; }
}

function say(text, bad = false) {
  at("status").textContent = text;
  at("status").classList.toggle("bad", bad);
}

// A search for each pause in typing, not for each key.
function typed() {
  clearTimeout(pause);
  pause = setTimeout(find, 150);
}

async function find() {
  const words = at("words").value.trim();
  const number = ++asked;
  if (!words) { at("found").replaceChildren(); at("count").textContent = ""; return; }
  try {
    const { found, all } = JSON.parse(await ask("search", JSON.stringify({ words })));
    if (number !== asked) return;
    at("count").textContent = all === found.length ? `${all} actions` : `${found.length} of ${all} actions: add a word`;
    at("found").replaceChildren(...found.map((entry) => {
      const button = document.createElement("button");
      button.type = "button";
      const small = document.createElement("small");
      small.textContent = `${entry.cloud} ${entry.product} ${entry.version}`;
      button.append(entry.action, small);
      button.addEventListener("click", () => choose(entry, button));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
  } catch (error) {
    at("count").textContent = error.message;
  }
}

async function choose(entry, button) {
  for (const other of document.querySelectorAll("#found [aria-current]")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  const { cloud, product, version } = entry;
  try {
    action = JSON.parse(await ask("describe", JSON.stringify({ cloud, product, version, action: entry.action })));
  } catch (error) {
    action = null;
    at("details").hidden = true;
    at("empty").hidden = false;
    at("empty").textContent = error.message;
    return;
  }
  at("empty").hidden = true;
  at("details").hidden = false;
  at("name").textContent = `${action.action} of ${cloud} ${product} ${version}`;
  const facts = [`${action.method} ${action.path}`, action.readonly ? "reads" : "changes something"];
  if (action.list) facts.push(`a list, ${action.list.replaceAll("/", ".")}`);
  if (action.anonymous) facts.push("not signed");
  if (action.binary) facts.push("the response is a file");
  at("facts").textContent = facts.join(" · ");
  at("regions").replaceChildren(...action.regions.map((region) => Object.assign(document.createElement("option"), { value: region })));
  at("confirm").hidden = action.readonly || at("real").hidden;
  at("confirmed").checked = false;
  at("query").value = "";
  at("parameters").replaceChildren();
  fields = form(action.parameters, at("parameters"));
  for (const id of ["signed", "code", "response"]) at(id).hidden = true;
  say("");
  at("action").focus();
}

// The order as JSON text.
function order(real) {
  const { cloud, product, version } = action;
  const names = { cloud, product, version, action: action.action, region: at("region").value.trim(), query: at("query").value.trim() };
  const call = `${JSON.stringify(names).slice(0, -1)},"params":${fields.read() ?? "{}"}}`;
  return `{"call":${call},"real":${real},"confirmed":${at("confirmed").checked}}`;
}

async function work(button, what) {
  const buttons = [...document.querySelectorAll("#call button")];
  buttons.forEach((other) => { other.disabled = true; });
  say("Working…");
  try {
    await what();
  } catch (error) {
    say(error.message, true);
  }
  buttons.forEach((other) => { other.disabled = false; });
  button.focus();
}

function show(id, text) {
  at(id).hidden = false;
  at(id).querySelector("pre").textContent = text;
}

async function dryRun() {
  const { request, rust } = JSON.parse(await ask("dry_run", order(false)));
  show("signed", request);
  show("code", rust);
  say("Signed. Nothing was sent.");
}

async function call(real) {
  at("response").hidden = true;
  const { response, note } = parse(await ask("call", order(real)));
  at("tree").replaceChildren(tree(response));
  at("response").hidden = false;
  if (note !== null) return say(note, true);
  say(real ? "The real cloud responded." : "The local cloud verified the signature, and responded with an example.");
}

at("words").addEventListener("input", typed);
at("search").addEventListener("submit", (event) => {
  event.preventDefault();
  document.querySelector("#found button")?.click();
});
at("call").addEventListener("submit", (event) => { event.preventDefault(); work(at("dry-run"), dryRun); });
at("local").addEventListener("click", () => work(at("local"), () => call(false)));
at("real").addEventListener("click", () => work(at("real"), () => call(true)));
at("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(at("code").querySelector("pre").textContent);
    say("Copied.");
  } catch {
    say("The browser does not allow copying: select the text.", true);
  }
});
document.addEventListener("keydown", (event) => {
  const inField = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !inField) { event.preventDefault(); at("words").focus(); return; }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const buttons = [...document.querySelectorAll("#found button")];
  const here = buttons.indexOf(event.target);
  if (here < 0 && event.target !== at("words")) return;
  event.preventDefault();
  const next = here + (event.key === "ArrowDown" ? 1 : -1);
  (next < 0 ? at("words") : buttons[Math.min(next, buttons.length - 1)])?.focus();
});

const state = JSON.parse(await ask("state", "{}"));
at("real").hidden = !state.real;
at("region").value = state.region ?? "";
