"use strict";
// The desk of `cleaner serve`: it sends what it is given to /api/clean with the token of the printed address, and shows what comes back.
(() => {
  const at = (id) => document.getElementById(id);
  const made = (name, properties = {}) => Object.assign(document.createElement(name), properties);
  const KEY = "cleaner-token";
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", "/"); // not in the history, not in a screenshot
  }
  const token = sessionStorage.getItem(KEY) || "";
  // The view is HTML of our own server in which all text of the page is escaped; the policy of this page runs no script in it either.
  const trusted = globalThis.trustedTypes ? trustedTypes.createPolicy("cleaner-view", { createHTML: (text) => text }) : { createHTML: (text) => text };

  let about = null;
  let page = null; // what was last asked for: {text}, {base64} or {path}, with a name
  let answer = null;
  let running = null;

  async function asked(path, body) {
    const headers = { Authorization: `Bearer ${token}` };
    const request = body === undefined ? { headers } : { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body), signal: running.signal };
    const reply = await fetch(path, request).catch((error) => { throw error.name === "AbortError" ? error : new Error("cleaner serve does not answer; is it still running?"); });
    const value = await reply.json();
    if (!reply.ok) throw new Error(value.error);
    return value;
  }
  function say(text, wrong = false) {
    at("said").textContent = text;
    at("said").classList.toggle("error", wrong);
  }
  const number = (value) => value.toLocaleString("en");

  function chosen() {
    const options = {};
    for (const select of at("options").querySelectorAll("select")) options[select.name] = select.value;
    options.ignore = [...at("rule-list").querySelectorAll("input:not(:checked)")].map((box) => box.value);
    return options;
  }
  function changed(now) {
    if (!answer || answer.asked !== page || answer.status !== "ok") return "";
    const more = now.text.length - answer.text.length;
    const edits = now.removals.length + now.repairs.length - answer.removals.length - answer.repairs.length;
    if (!more && !edits) return " No difference to before.";
    const sign = (value) => (value > 0 ? `+${number(value)}` : number(value));
    return ` Difference: ${sign(more)} characters kept, ${sign(edits)} edits.`;
  }
  async function clean() {
    if (!page) { say("Paste a page first.", true); return; }
    if (running) running.abort();
    const mine = running = new AbortController();
    document.body.classList.add("busy");
    say("Cleaning …");
    try {
      const now = await asked("/api/clean", { ...page, options: chosen(), view: true });
      const difference = changed(now);
      show(now);
      answer = Object.assign(now, { asked: page });
      if (now.error) say(`${now.name}: ${now.status}: ${now.error}`, true);
      else say(`${now.name}: ${now.status}, ${number(now.text.length)} characters kept, ${number(now.removals.length)} removals, ${number(now.repairs.length)} repairs.${difference}`);
      for (const button of document.querySelectorAll(".copy")) button.disabled = Boolean(now.error);
    } catch (error) {
      if (error.name !== "AbortError") say(error.message, true);
    } finally {
      if (running === mine) document.body.classList.remove("busy");
    }
  }
  function show(now) {
    const old = at("shown").querySelector(".modes input:checked");
    const open = [...at("shown").querySelectorAll(".rule:has(details[open])")].map((rule) => rule.dataset.rule);
    const parsed = new DOMParser().parseFromString(trusted.createHTML(now.view), "text/html");
    at("shown").replaceChildren(document.importNode(parsed.querySelector(".view"), true));
    if (old) at(old.id).checked = true;
    for (const rule of at("shown").querySelectorAll(".rule")) if (open.includes(rule.dataset.rule)) rule.querySelector("details").open = true;
    attachView(at("shown"));
  }
  async function take(file) {
    if (file.size > about.max_page) { say(`${file.name} is larger than ${number(about.max_page)} bytes.`, true); return; }
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let start = 0; start < bytes.length; start += 32768) text += String.fromCharCode(...bytes.subarray(start, start + 32768));
    page = { base64: btoa(text), name: file.name };
    await clean();
  }
  async function list(path) {
    try {
      const there = await asked(`/api/folder?path=${encodeURIComponent(path)}`);
      at("place").textContent = `${about.folder}/${path}` + (there.more ? ` (${number(there.more)} more are not listed)` : "");
      const item = (label, action) => { const li = made("li"); const button = made("button", { type: "button", textContent: label }); button.addEventListener("click", action); li.append(button); return li; };
      const below = (name) => (path ? `${path}/${name}` : name);
      const items = there.entries.map((entry) => entry.kind === "folder"
        ? item(`${entry.name}/`, () => list(below(entry.name)))
        : item(entry.name, () => { page = { path: below(entry.name), name: below(entry.name) }; clean(); }));
      if (path) items.unshift(item("..", () => list(path.split("/").slice(0, -1).join("/"))));
      at("entries").replaceChildren(...items);
    } catch (error) { say(error.message, true); }
  }
  function choices() {
    for (const [name, values] of Object.entries(about.choices)) {
      const select = made("select", { name });
      select.append(...values.map((value) => made("option", { value, textContent: value, selected: value === about.options[name] })));
      const label = made("label", { textContent: name });
      label.append(select);
      at("options").append(label);
    }
    const off = (rule) => about.options.ignore.some((name) => name === rule.name || name === rule.family);
    for (const rule of about.rules) {
      const label = made("label", { title: rule.why });
      label.append(made("input", { type: "checkbox", value: rule.name, checked: !off(rule) }), made("span", { textContent: rule.name }));
      at("rule-list").append(label);
    }
  }
  const again = () => { if (page) clean(); };
  function switchAll(on) {
    for (const box of at("rule-list").querySelectorAll("input")) box.checked = on;
    again();
  }
  async function copy(button) {
    const { view, asked: _, ...record } = answer;
    const text = button.dataset.copy === "json" ? JSON.stringify(record, null, 2) : answer[button.dataset.copy];
    try { await navigator.clipboard.writeText(text); say(`Copied ${number(text.length)} characters.`); } catch { say("The browser does not let this page copy.", true); }
  }
  function paste() {
    if (!at("paste").value.trim()) { say("Paste a page first.", true); return; }
    page = { text: at("paste").value, name: "pasted page" };
    clean();
  }
  function listen() {
    at("clean").addEventListener("click", paste);
    at("paste").addEventListener("paste", () => setTimeout(paste));
    at("paste").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) paste(); });
    at("file").addEventListener("change", () => { if (at("file").files[0]) take(at("file").files[0]); });
    at("options").addEventListener("change", again);
    at("rule-list").addEventListener("change", again);
    at("all").addEventListener("click", () => switchAll(true));
    at("none").addEventListener("click", () => switchAll(false));
    for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", () => copy(button));
    addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("drop"); });
    addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("drop"); });
    addEventListener("drop", (event) => {
      event.preventDefault();
      document.body.classList.remove("drop");
      if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
    });
  }
  async function begin() {
    if (!token) { say("The token is missing: open the address that cleaner serve printed.", true); return; }
    try { about = await asked("/api/about"); } catch (error) { say(error.message, true); return; }
    choices();
    listen();
    if (about.folder !== null) {
      at("folder").hidden = false;
      at("folder").open = true;
      at("folder-name").textContent = about.folder;
      await list("");
    }
    document.body.dataset.ready = "yes";
  }
  begin();
})();
