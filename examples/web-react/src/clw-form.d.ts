// What React has to know of the element: its attributes, and events by their own names.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { ClwForm, ClwFormEvents, FinishedForm } from "clw/form";

interface ClwFormProps extends DetailedHTMLProps<HTMLAttributes<ClwForm>, ClwForm> {
  instrument: string;
  previous?: FinishedForm;
  "onclw-complete"?: (event: ClwFormEvents["clw-complete"]) => void;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "clw-form": ClwFormProps;
    }
  }
}
