(function () {
  "use strict";
  var form = document.getElementById("filtres");
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
  });
  if (!form) { return; }
  var text = document.getElementById("f-texte"), verdict = document.getElementById("f-verdict");
  var cause = document.getElementById("f-cause"), count = document.getElementById("f-compte");
  var all = Array.from(document.querySelectorAll("table.claims > tbody"));
  var plain = function (words) { return words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
  var said = new Map();
  var words = function (claim) {
    if (!said.has(claim)) { said.set(claim, plain(claim.textContent)); }
    return said.get(claim);
  };
  var filter = function () {
    var sought = plain(text.value).split(/\s+/).filter(Boolean), shown = 0;
    all.forEach(function (claim) {
      var fits = (!verdict.value || claim.dataset.verdict === verdict.value) &&
        (!cause.value || claim.dataset.rules.split(" ").includes(cause.value)) &&
        sought.every(function (word) { return words(claim).includes(word); });
      claim.hidden = !fits;
      if (fits) { shown += 1; }
    });
    count.textContent = shown + (shown > 1 ? " demandes affichées sur " : " demande affichée sur ") + all.length;
  };
  var openTarget = function () {
    var claim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (claim && claim.matches("table.claims > tbody")) { claim.hidden = false; claim.querySelector("details").open = true; }
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("f-ouvrir").addEventListener("click", function () {
    var shown = all.filter(function (claim) { return !claim.hidden; });
    var open = shown.some(function (claim) { return !claim.querySelector("details").open; });
    shown.forEach(function (claim) { claim.querySelector("details").open = open; });
    this.textContent = open ? "Tout refermer" : "Tout ouvrir";
  });
  document.querySelectorAll("a[data-rule]").forEach(function (link) {
    link.addEventListener("click", function () { cause.value = link.dataset.rule; filter(); });
  });
  window.addEventListener("hashchange", openTarget);
  filter();
  openTarget();
})();
