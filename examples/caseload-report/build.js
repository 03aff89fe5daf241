// Writes dist/index.html: one file that holds the page, its style, its scripts and the WebAssembly module.
// Opened from a disk, a page may fetch nothing, so nothing is left to be fetched.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => new URL(path, import.meta.url);
const read = (path) => readFile(here(path), "utf8");
const wasm = gzipSync(await readFile(createRequire(import.meta.url).resolve("clw/all.wasm")), { level: 9 });

/** A module that is made here rather than found in a file. */
const made = (name, contents, loader) => ({
  name,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${name}$`) }, ({ path }) => ({ path, namespace: name }));
    onLoad({ filter: /.*/, namespace: name }, () => ({ contents, loader }));
  },
});

async function bundle(entry, ...plugins) {
  const { outputFiles } = await build({
    entryPoints: [new URL(entry, import.meta.url).pathname],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    // The module is handed over as bytes, so its address beside the script is never asked for.
    define: { "import.meta.url": '"about:blank"' },
    plugins,
  });
  return outputFiles[0].text;
}

const worker = await bundle("src/worker.js", made("clw-module", wasm, "binary"));
const script = await bundle("src/page.js", made("worker-source", worker, "text"));
const policy = [
  "default-src 'none'",
  `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}' 'wasm-unsafe-eval'`,
  "worker-src blob:",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const css = await read("src/page.css");
const page = (await read("src/index.html"))
  .replace("{{policy}}", () => policy)
  .replace("{{style}}", () => css)
  .replace("{{script}}", () => script);
await mkdir(here("dist"), { recursive: true });
await writeFile(here("dist/index.html"), page);
console.log(`dist/index.html: ${Buffer.byteLength(page)} bytes, ${gzipSync(page, { level: 9 }).length} compressed by gzip`);
