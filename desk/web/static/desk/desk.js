(function () {
  "use strict";
  var typing = function (element) {
    return element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) && element.type !== "checkbox";
  };
  var open = function (details) {
    details.open = true;
    var first = details.querySelector("[data-first]") || details.querySelector("summary");
    first.focus();
    if (first.select && first.type !== "date") { first.select(); }
    details.scrollIntoView({ block: "nearest" });
  };
  var rows = function () { return Array.from(document.querySelectorAll("#file tbody tr")); };
  var here = function () { return document.querySelector("#file tbody tr.here"); };
  var step = function (by) {
    var all = rows();
    if (!all.length) { return false; }
    var at = all.indexOf(here());
    var next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (here()) { here().classList.remove("here"); }
    next.classList.add("here");
    next.querySelector("th a").focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  var press = function (key) {
    if ((key === "j" || key === "k") && step(key === "j" ? 1 : -1)) { return true; }
    var field = document.querySelector('[data-focus-key="' + CSS.escape(key) + '"]');
    if (field) { field.focus(); field.select(); return true; }
    var shown = document.querySelector("tr.here");
    var target = shown && shown.querySelector('[data-row-key="' + CSS.escape(key) + '"]') || document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (!target) { return false; }
    if (target.tagName === "DETAILS") { open(target); } else { target.click(); }
    return true;
  };
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var details = document.activeElement && document.activeElement.closest("details.act[open]");
      if (details) { details.open = false; details.querySelector("summary").focus(); } else if (typing(document.activeElement)) { document.activeElement.blur(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if (press(event.key)) { event.preventDefault(); }
  });
  document.addEventListener("toggle", function (event) {
    var details = event.target;
    if (details.matches && details.matches("details.act") && details.open) {
      document.querySelectorAll("details.act[open]").forEach(function (other) { if (other !== details && !other.contains(details)) { other.open = false; } });
      if (!details.contains(document.activeElement) || document.activeElement.tagName === "SUMMARY") {
        var first = details.querySelector("[data-first]");
        if (first) { first.focus(); }
      }
    }
  }, true);
  // a form goes once
  document.addEventListener("submit", function (event) {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.method === "post" && !/fichier$/.test(event.target.action)) { event.target.dataset.sent = "1"; }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
})();
