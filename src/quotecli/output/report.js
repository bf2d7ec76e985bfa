"use strict";
(() => {
  const form = document.getElementById("filters");
  const rows = [...document.querySelectorAll("li[data-kind]")];
  const marks = [...document.querySelectorAll("mark[data-of]")];
  const articles = [...document.querySelectorAll("article, tr[data-article]")];
  const overviews = document.querySelectorAll("#speakers, #timeline");
  const lists = [...document.querySelectorAll("#facts, #said")];
  const links = document.querySelectorAll("nav a");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘]/g, "'");
  let texts; // folded when first asked for: of thousands of statements it takes a tenth of the time to open the page

  function matching(element, wanted) {
    const { kind, speaker } = element.dataset;
    return (!wanted.kind || kind === wanted.kind)
      && (!wanted.speaker || speaker === wanted.speaker)
      && (!wanted.figures || "figures" in element.dataset);
  }

  function show() {
    const wanted = {
      words: fold(form.words.value).split(/\s+/).filter(Boolean),
      speaker: form.speaker.value, kind: form.kind.value, figures: form.figures.checked,
    };
    const any = wanted.words.length || wanted.speaker || wanted.kind || wanted.figures;
    // Who said it, and the words: not the title of the article, which all its statements would be found by.
    texts ??= new Map(rows.map((row) => [row, fold([...row.querySelectorAll("b, q")].map((part) => part.textContent).join(" "))]));
    const found = new Set();
    let count = 0;
    for (const row of rows) {
      const shown = matching(row, wanted) && wanted.words.every((word) => texts.get(row).includes(word));
      row.toggleAttribute("data-hidden", !shown);
      if (shown) {
        count += 1;
        found.add(row.querySelector(".place").hash.slice(1));
      }
    }
    const open = new Set();
    for (const mark of marks) {
      const shown = found.has(mark.dataset.of);
      mark.classList.toggle("off", !shown);
      if (shown) open.add(mark.closest("article"));
    }
    for (const each of articles) {
      const article = each.dataset.article ? document.getElementById(each.dataset.article) : each;
      each.toggleAttribute("data-hidden", Boolean(any) && !open.has(article));
    }
    // What was asked for comes first: an overview would stand between the question and its answer.
    for (const each of overviews) each.toggleAttribute("data-hidden", Boolean(any));
    for (const each of lists) {
      const own = each.querySelectorAll("li").length, left = each.querySelectorAll("li:not([data-hidden])").length;
      each.toggleAttribute("data-hidden", Boolean(any) && !left);
      each.querySelector("small").textContent = left === own ? own.toLocaleString("en") : `${left} of ${own.toLocaleString("en")}`;
    }
    for (const link of links) link.toggleAttribute("data-hidden", document.querySelector(link.hash).hasAttribute("data-hidden"));
    form.shown.value = any ? `${count} of ${rows.length} statements` : "";
  }

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  document.getElementById("speakers").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-speaker]");
    if (!link) return;
    form.speaker.value = link.dataset.speaker;
    show();
  });
})();
