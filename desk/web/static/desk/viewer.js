(function () {
  "use strict";
  var sheets = document.querySelector(".sheets");
  if (!sheets) { return; }
  var pages = Array.from(sheets.querySelectorAll(".page"));
  var where = document.querySelector(".tools .where");
  var zoom = 1, turned = 0;
  var current = function () {
    var top = sheets.getBoundingClientRect().top + 60, found = 0;
    pages.forEach(function (page, index) { if (page.getBoundingClientRect().top <= top) { found = index; } });
    return found;
  };
  var tell = function () {
    if (pages.length) { where.textContent = "Page " + (current() + 1) + " sur " + pages.length + ", " + Math.round(zoom * 100) + " %"; }
  };
  // a turned page keeps its own box: the sheet is as wide as it will be high
  var lay = function () {
    var room = sheets.clientWidth - 28;
    pages.forEach(function (page) {
      var sheet = page.querySelector(".sheet");
      var ratio = page.dataset.height / page.dataset.width;
      var aside = turned % 180 !== 0;
      var width = room * zoom * (aside ? 1 / ratio : 1), height = width * ratio;
      sheet.style.width = width + "px";
      sheet.style.height = height + "px";
      var shift = { 0: "", 90: "translate(" + height + "px, 0) rotate(90deg)", 180: "translate(" + width + "px, " + height + "px) rotate(180deg)", 270: "translate(0, " + width + "px) rotate(270deg)" };
      sheet.style.transform = shift[turned];
      page.style.height = (aside ? width : height) + 26 + "px";
      page.style.width = (aside ? height : width) + "px";
    });
    tell();
  };
  var keeping = function (change) {
    var page = pages[current()], at = page ? (sheets.scrollTop - page.offsetTop) / Math.max(1, page.offsetHeight) : 0;
    change();
    lay();
    if (page) { sheets.scrollTop = page.offsetTop + at * page.offsetHeight; }
  };
  var go = function (by) {
    var page = pages[Math.min(pages.length - 1, Math.max(0, current() + by))];
    if (page) { sheets.scrollTop = page.offsetTop - 8; }
  };
  var does = {
    "in": function () { keeping(function () { zoom = Math.min(4, zoom * 1.25); }); },
    out: function () { keeping(function () { zoom = Math.max(0.5, zoom / 1.25); }); },
    fit: function () { keeping(function () { zoom = 1; }); },
    turn: function () { keeping(function () { turned = (turned + 90) % 360; }); },
    earlier: function () { go(-1); },
    later: function () { go(1); }
  };
  document.querySelectorAll("[data-view]").forEach(function (button) {
    button.addEventListener("click", does[button.dataset.view]);
  });
  var clear = function () {
    document.querySelectorAll(".value.here, .sheet a.here").forEach(function (one) { one.classList.remove("here"); });
    document.querySelectorAll(".sheet rect.drawn").forEach(function (one) { one.remove(); });
  };
  // both ways at once: a second smooth scroll would end the first where it stands
  var into = function (rect, behavior) {
    var seen = sheets.getBoundingClientRect(), box = rect.getBoundingClientRect();
    var top = box.top - seen.top - sheets.clientHeight / 3, left = box.left - seen.left - sheets.clientWidth / 3;
    sheets.scrollBy({ top: top, left: left, behavior: behavior || "auto" });
  };
  // from a value to its place
  var show = function (anchor, behavior) {
    var row = document.getElementById(anchor), mark = document.querySelector('.sheet a[data-to="' + CSS.escape(anchor) + '"]');
    clear();
    if (row) { row.classList.add("here"); }
    if (mark) { mark.classList.add("here"); into(mark.querySelector("rect"), behavior); }
  };
  // and back
  var back = function (anchor) {
    var row = document.getElementById(anchor);
    show(anchor);
    if (row) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "center" }); }
  };
  // the value that was read where a finding points, if one was
  var read = function (page, box) {
    var best = null, most = 0.3;
    page.querySelectorAll(".sheet a[data-to] rect").forEach(function (rect) {
      var x = +rect.getAttribute("x"), y = +rect.getAttribute("y"), w = +rect.getAttribute("width"), h = +rect.getAttribute("height");
      var wide = Math.min(x + w, box[2]) - Math.max(x, box[0]), high = Math.min(y + h, box[3]) - Math.max(y, box[1]);
      if (wide <= 0 || high <= 0) { return; }
      var share = wide * high / (w * h + (box[2] - box[0]) * (box[3] - box[1]) - wide * high);
      if (share > most) { most = share; best = rect.parentNode.dataset.to; }
    });
    return best;
  };
  // the place that a finding speaks of
  var place = function (link, behavior) {
    var page = document.getElementById(link.dataset.place);
    if (!page) { return; }
    clear();
    if (!link.dataset.box) { sheets.scrollTop = page.offsetTop - 8; return; }
    var sides = link.dataset.box.split(" ").map(Number);
    var value = read(page, sides.map(function (side) { return 1000 * side; }));
    if (value) { show(value, behavior); return; }
    var rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("x", sides[0] * 1000 - 3);
    rect.setAttribute("y", sides[1] * 1000 - 3);
    rect.setAttribute("width", (sides[2] - sides[0]) * 1000 + 6);
    rect.setAttribute("height", (sides[3] - sides[1]) * 1000 + 6);
    rect.setAttribute("class", "here drawn");
    page.querySelector("svg").append(rect);
    into(rect, behavior);
  };
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a");
    if (!link) { return; }
    if (link.dataset.to) { event.preventDefault(); back(link.dataset.to); return; }
    if (link.dataset.value) { event.preventDefault(); link.closest(".value") ? show(link.dataset.value) : back(link.dataset.value); return; }
    if (link.dataset.place) { event.preventDefault(); place(link); }
  });
  // j, k: through the values; what else can be done to the one shown is in its row (data-row-key)
  var values = function () { return Array.from(document.querySelectorAll(".value")); };
  document.addEventListener("keydown", function (event) {
    var at = document.activeElement;
    if (event.ctrlKey || event.metaKey || event.altKey || (at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) { return; }
    var all = values(), now = all.findIndex(function (row) { return row.classList.contains("here"); });
    if (event.key === "j" || event.key === "k") {
      var next = all[Math.min(all.length - 1, Math.max(0, now + (event.key === "j" ? 1 : -1)))];
      if (next) { event.preventDefault(); back(next.id); }
    }
  });
  sheets.addEventListener("scroll", tell, { passive: true });
  window.addEventListener("resize", lay);
  pages.forEach(function (page) {
    var picture = page.querySelector("img");
    var fail = function () { page.querySelector("figcaption").textContent += " – image indisponible"; };
    var ended = function () {
      if (!picture.naturalWidth) { fail(); return; }
      page.dataset.width = picture.naturalWidth;
      page.dataset.height = picture.naturalHeight;
      lay();
    };
    if (picture.complete && picture.currentSrc) { ended(); } else { picture.addEventListener("load", ended); picture.addEventListener("error", fail); }
  });
  lay();
  // a claim opens where its weightiest finding lies
  var first = document.querySelector(".findings a[data-place]");
  if (location.hash.length < 2 && first) { place(first, "instant"); }
  if (location.hash.length > 1) { var target = decodeURIComponent(location.hash.slice(1)); if (document.getElementById(target) && document.getElementById(target).matches(".value")) { back(target); } }
})();
