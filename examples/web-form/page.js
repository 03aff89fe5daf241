// What a page does with a finished form: offers it to be saved. Nothing is sent.
const form = document.querySelector("clw-form");
const exports = document.querySelector("#exports");

form.addEventListener("clw-complete", () => {
  offer("#json", form);
  offer("#fhir", form.toFhir({ system: "https://example.org/clw" }));
  exports.hidden = false;
});
form.addEventListener("clw-edit", () => (exports.hidden = true));

function offer(link, value) {
  const blob = new Blob([JSON.stringify(value, null, 2)], { type: "application/json" });
  const anchor = document.querySelector(link);
  URL.revokeObjectURL(anchor.href);
  anchor.href = URL.createObjectURL(blob);
}
