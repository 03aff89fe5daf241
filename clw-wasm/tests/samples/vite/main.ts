import "clw/form";
import { score } from "clw/score";
import { startWorker } from "clw/worker";

const [wellbeing] = score("swemwbs", [3, 3, 3, 3, 3, 3, 3]).measures;
const worker = startWorker();
const found = await worker.dryRun({
  mapping: {
    tables: {
      assessments: {
        file: "forms.csv",
        columns: { person: "id", date: "date", answers: ["Q1", "Q2", "Q3"] },
        constants: { instrument: "ucla-3" },
      },
    },
  },
  tables: { assessments: new File(["id,date,Q1,Q2,Q3\na,2026-03-05,1,2,3\n"], "forms.csv") },
});
worker.terminate();

const form = document.querySelector("clw-form")!;
const asked = form.shadowRoot!.querySelectorAll("fieldset").length;
let finished: Record<string, unknown> = {};
form.addEventListener("clw-complete", ({ detail }) => (finished = detail.answers));
form.answers = { happy: 7, anxious: 2, worthwhile: 8, "life-satisfaction": 7 };
form.submit();

const value = wellbeing?.outcome === "scored" ? wellbeing.value : undefined;
document.querySelector("output")!.textContent = `${value} ${found.people} ${asked} ${finished.happy}`;
