// Two visits of one person: the second form shows the change since the first. Kept in memory only.
import { useState } from "react";
import "clw/form";
import type { FinishedForm } from "clw/form";

export function Visits() {
  const [finished, setFinished] = useState<FinishedForm[]>([]);
  const [visit, setVisit] = useState(1);
  const now = finished[visit - 1];
  const keep = (form: FinishedForm) => setFinished((forms) => [...forms.slice(0, visit - 1), form]);

  return (
    <main>
      <h1>Visit {visit}</h1>
      <clw-form
        key={visit}
        instrument="gad-7"
        previous={finished[visit - 2]}
        onclw-complete={(event) => keep(event.detail)}
      />
      {now && (
        <p>
          <button type="button" onClick={() => setVisit(visit + 1)}>
            Next visit
          </button>
        </p>
      )}
    </main>
  );
}
