// Visits of one person: each form shows the change since the last. Kept in memory only.
import { useEffect, useRef, useState } from "react";
import "clw/form";
import type { FinishedForm } from "clw/form";

export function Visits() {
  const [past, setPast] = useState<FinishedForm[]>([]);
  const [now, setNow] = useState<FinishedForm>();
  const heading = useRef<HTMLHeadingElement>(null);
  const visit = past.length + 1;

  // The button that had the focus is gone with the form before it.
  useEffect(() => {
    if (visit > 1) heading.current?.focus();
  }, [visit]);

  const next = (finished: FinishedForm) => {
    setPast([...past, finished]);
    setNow(undefined);
  };

  return (
    <main>
      <h1 ref={heading} tabIndex={-1}>
        Visit {visit}
      </h1>
      <clw-form
        key={visit}
        instrument="gad-7"
        previous={past.at(-1)}
        onclw-complete={(event) => setNow(event.detail)}
        onclw-edit={() => setNow(undefined)}
      />
      {now && (
        <p>
          <button type="button" onClick={() => next(now)}>
            Next visit
          </button>
        </p>
      )}
    </main>
  );
}
