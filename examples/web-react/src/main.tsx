import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Visits } from "./Visits";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Visits />
    </StrictMode>,
  );
}
