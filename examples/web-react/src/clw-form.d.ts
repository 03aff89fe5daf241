// What React has to know of the element: its attributes and properties, and events by their own names.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { ClwForm, ClwFormProps } from "clw/form";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "clw-form": DetailedHTMLProps<HTMLAttributes<ClwForm>, ClwForm> & ClwFormProps;
    }
  }
}
