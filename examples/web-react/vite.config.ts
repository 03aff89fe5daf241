import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // Relative addresses, so that the folder works wherever it is put.
  base: "./",
  plugins: [react()],
  build: { outDir: "dist", reportCompressedSize: false },
  // Here `clw` is a link to the repository's own, which Vite would not serve; one that is installed needs no line.
  server: { fs: { allow: [".", "../../clw-wasm"] } },
});
