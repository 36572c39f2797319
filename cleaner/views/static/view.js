"use strict";
// What a mark says when the pointer or the keyboard is on it; boxes that show and hide the marks of a rule; jumps between list and page.
// Everything is put in as text: nothing here makes HTML of a string.
function attachView(root) {
  const view = root.querySelector(".view");
  const tip = view.querySelector(".tip");
  const marks = () => [...view.querySelectorAll(".row .m[id]:not(.off)")];
  const entry = (place) => view.querySelector(`li[data-l="${place}"]`);
  const part = (name, text) => { const node = document.createElement(name); node.textContent = text; return node; };
  let stop = null; // the one mark that the Tab key reaches; arrows lead to the others

  function explain(mark) {
    const item = entry(mark.dataset.e);
    if (!item) return;
    const rule = item.closest(".rule");
    const text = (from, selector) => { const node = from.querySelector(selector); return node ? node.textContent : ""; };
    tip.replaceChildren(part("b", rule.dataset.rule), part("span", text(rule, ".why")));
    if (text(item, ".note")) tip.append(part("div", text(item, ".note")));
    if (mark.classList.contains("repair")) tip.append(part("div", text(item, "a")));
    tip.append(part("div", `score ${text(item, ".score")}`));
    tip.hidden = false;
    const box = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const below = box.bottom + 6 + size.height < innerHeight;
    tip.style.top = `${Math.max(4, below ? box.bottom + 6 : box.top - size.height - 6)}px`;
    tip.style.left = `${Math.max(4, Math.min(box.left, innerWidth - size.width - 8))}px`;
    mark.setAttribute("aria-describedby", "tip");
  }
  function hush() { tip.hidden = true; }
  function makeStop(mark) {
    if (stop) stop.tabIndex = -1;
    stop = mark || null;
    if (stop) stop.tabIndex = 0;
  }
  function visit(mark) {
    if (!mark) return;
    for (const old of view.querySelectorAll(".here")) old.classList.remove("here");
    if (view.querySelector("#mode-after").checked) view.querySelector("#mode-marked").checked = true;
    mark.classList.add("here");
    makeStop(mark);
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
    explain(mark);
  }
  const markOf = (event) => event.target instanceof Element ? event.target.closest(".row .m:not(.off)") : null;
  const onMark = () => document.activeElement !== null && document.activeElement.matches(".row .m");
  const isShown = () => !view.querySelector("#mode-before").checked && !view.querySelector("#mode-after").checked;

  view.addEventListener("pointerover", (event) => { const mark = markOf(event); if (mark && isShown()) explain(mark); else if (!onMark()) hush(); });
  view.addEventListener("focusin", (event) => { const mark = markOf(event); if (mark) explain(mark); else hush(); });
  view.addEventListener("focusout", hush);
  addEventListener("scroll", (event) => { if (event.target === document && !onMark()) hush(); }, { passive: true });
  view.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      event.preventDefault();
      const box = link.closest(".rule").querySelector("input");
      if (!box.checked) box.click();
      visit(view.querySelector(link.getAttribute("href")));
    } else if (markOf(event)) visit(view.querySelector(`#${markOf(event).dataset.e}`));
  });
  view.addEventListener("change", (event) => {
    const number = event.target.dataset.toggle;
    if (number === undefined) return;
    for (const mark of view.querySelectorAll(`.m[data-r="${number}"]`)) mark.classList.toggle("off", !event.target.checked);
    if (!stop || stop.matches(".off")) makeStop(marks()[0]);
  });
  view.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { hush(); return; }
    const mark = markOf(event);
    if (!mark || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = marks();
    const at = all.indexOf(mark);
    const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    if (event.key in steps) { event.preventDefault(); visit(all[steps[event.key]]); }
    if (event.key === "Enter") {
      event.preventDefault();
      const item = entry(mark.dataset.e);
      item.closest("details").open = true;
      item.querySelector("a").focus();
    }
  });
  makeStop(marks()[0]);
}
