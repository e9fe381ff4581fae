// What the pages do when scripts run. Every page works without: this only makes some of it quicker or easier.
// The addresses of the other scripts come from this script's own tag, so that they can carry their fingerprints.

const addresses = document.querySelector("script[data-components]").dataset;

// nhsuk-frontend styles and starts its components only under these classes.
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
const { initAll } = await import(addresses.components);

let autocomplete;

// The library for choosing from long lists, fetched when a page first has one.
function loadAutocomplete() {
  autocomplete ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = addresses.autocomplete;
    script.onload = () => resolve(window.accessibleAutocomplete);
    script.onerror = reject;
    document.head.append(script);
  });
  return autocomplete;
}

async function enhanceSelects(scope) {
  const selects = scope.querySelectorAll("select[data-autocomplete]:not([data-enhanced])");
  if (!selects.length) return;
  const library = await loadAutocomplete();
  for (const select of selects) {
    if (select.dataset.enhanced) continue;
    select.dataset.enhanced = "true";
    library.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? select.selectedOptions[0].text : "",
      showAllValues: true,
      preserveNullOptions: true,
      // An emptied box means no choice: without this the earlier choice would still be sent.
      onConfirm: (chosen) => {
        const typed = document.getElementById(select.id.replace(/-select$/, ""))?.value;
        const wanted = chosen ?? typed ?? "";
        const option = [...select.options].find((candidate) => candidate.text === wanted);
        select.value = option ? option.value : "";
        select.dispatchEvent(new Event("change", { bubbles: true }));
      },
    });
  }
}

// On a wide screen the filters stand open; on a phone they wait behind their heading.
function unfoldFilters(scope) {
  if (window.matchMedia("(min-width: 48.0625em)").matches) {
    for (const panel of scope.querySelectorAll("details.reg-filters")) panel.open = true;
  }
}

function start(scope) {
  unfoldFilters(scope);
  enhanceSelects(scope);
}

initAll();
start(document);

document.addEventListener("htmx:afterSettle", (event) => {
  initAll({ scope: event.detail.elt });
  start(event.detail.elt);
});

// Filters left empty are not asked for, and stay out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  for (const [name, value] of [...event.detail.formData]) {
    if (value === "") event.detail.formData.delete(name);
  }
});

// A part of the page that could not be fetched is fetched as a whole page, where the reader is told what is wrong.
document.addEventListener("htmx:responseError", (event) => {
  window.location.assign(event.detail.pathInfo.finalRequestPath ?? event.detail.pathInfo.requestPath);
});
