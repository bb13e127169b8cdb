"use strict";
// The script of the explorer: it says what the controls hold, and puts what comes back in its place.
// The state is the address: whatever a control changes is written there first.

const byId = (id) => document.getElementById(id);
const controls = byId("controls");
const USUAL = JSON.parse(controls.dataset.usual);
const CHOICES = ["target", "indicator", "year", "show", "dose"];
let socket, waiting, coming;

// --- from the controls to the address -----------------------------------------------------------------

function number(input) {
  const factor = Number(input.dataset.factor);
  return String(Number((Number(input.value) * factor).toPrecision(12)));
}

function ofLever(lever) {
  const name = lever.dataset.lever;
  const year = lever.querySelector(`[name="${name}-year"]`).value;
  const found = [];
  for (const input of lever.querySelectorAll("input[data-field]:not([data-block])")) {
    if (input.value === "") continue;
    const key = `lever.${name}.${input.dataset.field}`;
    found.push([key, year === "2021" ? number(input) : `{${year}:${number(input)}}`]);
  }
  const place = lever.querySelector("[data-place]");
  if (place && (place.value || lever.querySelector("[data-industry]").value)) {
    const from = lever.querySelector(`[name="${name}-block-year"]`).value;
    const typed = [...lever.querySelectorAll("input[data-block]")].filter((one) => one.value !== "");
    const industry = lever.querySelector("[data-industry]").value;
    const fields = typed.map((one) => `${one.dataset.field}:{${from}:${number(one)}}`);
    if (place.value) fields.unshift(`where:[${place.value}]`);
    if (industry) fields.unshift(`industries:[${industry}]`);
    if (typed.length) found.push([`lever.${name}.blocks`, `[{${fields.join(",")}}]`]);
  }
  return found;
}

function query() {
  const pairs = [];
  for (const key of Object.keys(USUAL)) {
    const value = controls.elements[key].value;
    if (value !== USUAL[key]) pairs.push([key, value]);
  }
  const typed = [...controls.querySelectorAll(".lever")].flatMap(ofLever);
  const kept = [...controls.querySelectorAll("[data-verbatim]")].map((one) => [one.dataset.verbatim, one.value]);
  const given = new Map([...kept, ...typed]);
  return new URLSearchParams([...pairs, ...given, ...view()]).toString();
}

function view() {
  const now = new URLSearchParams(location.search);
  const kept = ["view", "language", ...CHOICES].filter((key) => now.has(key)).map((key) => [key, now.get(key)]);
  return kept;
}

function turn(text) {
  history.replaceState(null, "", `?${text}`);
  say({ query: text });
}

// Whoever types may not have ended; a list, a slider that is let go and the key Enter say that somebody has.
function changed(wait = 200) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const text = query();
    if (text !== new URLSearchParams(location.search).toString()) turn(text);
    count();
  }, wait);
}

function count() {
  for (const thrust of controls.querySelectorAll(".thrust")) {
    let all = 0;
    for (const lever of thrust.querySelectorAll(".lever")) {
      const here = new Set(ofLever(lever).map(([key]) => key));
      for (const one of lever.querySelectorAll("[data-verbatim]")) here.add(one.dataset.verbatim);
      lever.querySelector("summary .count").textContent = here.size ? "●" : "";
      all += here.size;
    }
    const place = thrust.querySelector("summary .count");
    place.textContent = all ? place.dataset.say.replace("#", all) : "";
  }
}

// --- the connection -----------------------------------------------------------------------------------

function say(message) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/live`);
  socket.onopen = () => say({ query: location.search.slice(1), first: true });
  socket.onmessage = (event) => received(JSON.parse(event.data));
  socket.onclose = () => { byId("status").textContent = byId("words").dataset.closed; setTimeout(again, 2000); };
}

function again() {
  const last = byId("status").textContent;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const next = new WebSocket(`${scheme}://${location.host}/live`);
  next.onopen = () => { next.close(); location.reload(); };
  next.onerror = () => { byId("status").textContent = last; setTimeout(again, 4000); };
}

function received(message) {
  for (const [id, html] of Object.entries(message.parts || {})) put(byId(id), html);
  if (message.levers !== undefined) { byId("levers").innerHTML = message.levers; count(); }
  if (message.told) byId("mistakes").textContent = message.told;
  if (message.speak) byId("spoken").textContent = `${byId("headline").textContent} ${byId("status").textContent}`;
  if (message.pairs !== undefined) document.body.dataset.pairs = message.pairs;
  if (message.link !== undefined) {
    const link = byId("copy-link");
    if (link) link.firstChild.textContent = location.origin + location.pathname + message.link;
  }
}

function put(place, html) {
  const within = place.contains(document.activeElement) ? document.activeElement : null;
  const key = within && (within.id || within.dataset.view || within.dataset.copy || within.dataset.do);
  const open = [...place.querySelectorAll("details")].map((one) => one.open);
  const drawn = place.querySelector("img.drawn");
  place.innerHTML = html;
  place.querySelectorAll("details").forEach((one, n) => { one.open = open[n] ?? one.open; });
  const next = place.querySelector("img.drawn");
  if (next) {
    if (innerWidth < 640) next.src += "&narrow=1";
    if (drawn) keepUntil(drawn, next);
  }
  if (key) {
    const found = byId(key) || place.querySelector(`[data-view="${key}"],[data-copy="${key}"],[data-do="${key}"]`);
    if (found) found.focus();
  }
  if (place.id === "elsewhere") {
    const link = byId("copy-link");
    link.firstChild.textContent = location.origin + location.pathname + link.textContent.trim();
  }
}

// A figure stays until the next one of its kind is there.
function keepUntil(drawn, next) {
  const subject = (image) => image.src.replace(/&(pairs|round)=\d+/g, "");
  if (!drawn.naturalWidth || subject(drawn) !== subject(next)) return;
  next.replaceWith(drawn);
  coming = next;
  next.addEventListener("load", () => { if (coming === next) drawn.replaceWith(next); }, { once: true });
}

// --- what a user does ---------------------------------------------------------------------------------

controls.addEventListener("input", (event) => {
  const one = event.target;
  if (one.type === "range") byId(one.dataset.for).value = one.value;
  if (one.dataset.field && !one.dataset.block && one.value !== "") {
    const slider = controls.querySelector(`[data-for="${CSS.escape(one.id)}"]`);
    if (slider) slider.value = one.value;
  }
  if (!one.id.startsWith("parameter-")) changed(one.tagName === "SELECT" ? 0 : 200);
});

controls.addEventListener("change", (event) => {
  const one = event.target;
  if (one.id === "parameter-value") addParameter();
  else if (!one.id.startsWith("parameter-")) changed(0);
});

controls.addEventListener("submit", (event) => event.preventDefault());

function addParameter() {
  const name = byId("parameter-name").value, value = byId("parameter-value").value;
  if (!name || value === "") return;
  const line = document.createElement("p");
  line.className = "verbatim";
  line.append(`${name} = ${value} `);
  const held = document.createElement("input");
  held.type = "hidden"; held.dataset.verbatim = name; held.value = value;
  const button = document.createElement("button");
  button.type = "button"; button.className = "remove"; button.textContent = "×"; button.setAttribute("aria-label", `× ${name}`);
  line.append(held, button);
  byId("own-parameters").append(line);
  byId("parameter-name").value = byId("parameter-value").value = "";
  changed();
}

document.addEventListener("click", (event) => {
  const one = event.target.closest("a[data-view], button");
  if (!one) return;
  if (one.dataset.view && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    choose("view", one.dataset.view);
  } else if (one.dataset.copy) {
    copy(one);
  } else if (one.dataset.do) {
    say({ do: one.dataset.do });
  } else if (one.classList.contains("remove")) {
    one.closest(".verbatim").remove();
    changed();
  } else if (one.id === "reset") {
    const kept = new URLSearchParams(location.search);
    for (const key of [...kept.keys()]) if (!["view", "language", ...CHOICES].includes(key)) kept.delete(key);
    location.search = kept.toString();
  }
});

function choose(key, value) {
  const now = new URLSearchParams(location.search);
  now.set(key, value);
  turn(now.toString());
}

byId("choices").addEventListener("change", (event) => choose(event.target.name, event.target.value));

async function copy(button) {
  const words = button.textContent;
  const source = byId(button.dataset.copy);
  try { await navigator.clipboard.writeText(source.textContent); button.textContent = byId("words").dataset.copied; } catch {
    getSelection().selectAllChildren(source);
  }
  setTimeout(() => { button.textContent = words; }, 1500);
}

byId("upload").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (!file) return;
  const sent = await fetch(`upload${location.search}`, { method: "POST", body: file, headers: { "Content-Type": "application/yaml" } });
  const said = sent.ok ? await sent.json() : { mistakes: [await sent.text()] };
  if (said.link) location.search = said.link;
  else byId("mistakes").textContent = said.mistakes.join("\n");
});

count();
for (const image of document.querySelectorAll("img.drawn")) if (innerWidth < 640) image.src += "&narrow=1";
connect();
