// Chromium over this repository's own files, and a list of whatever else a page asked for.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".wasm": "application/wasm" };
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
const blank = '<!doctype html><html lang="en"><title>Form</title><link rel="icon" href="data:,">';

/** Debian's Chromium, which asks nobody for anything by itself. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", ...quiet] });
}

export async function openBrowser() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://page").pathname);
    try {
      const body = path === "/" ? blank : await readFile(join(root, path));
      response.setHeader("content-type", types[extname(path) || ".html"] ?? "application/octet-stream");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await launch();
  const context = await browser.newContext();
  const asked = new WeakMap();
  return {
    origin,
    async newPage() {
      const page = await context.newPage();
      const requests = [];
      asked.set(page, requests);
      page.on("request", (request) => requests.push(request.url()));
      page.on("pageerror", (error) => requests.push(`error: ${error.message}`));
      return page;
    },
    asked: (page) => asked.get(page),
    foreign: (page) => asked.get(page).filter((url) => !url.startsWith(origin)),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** A page whose body is this, once its first form is drawn, or has said why it is not. */
export async function show(page, origin, body, { lang = "en", dir = "ltr" } = {}) {
  await page.goto(origin);
  await page.evaluate(
    async ([html, lang, dir]) => {
      Object.assign(document.documentElement, { lang, dir });
      globalThis.events = [];
      for (const type of ["clw-change", "clw-complete", "clw-edit", "clw-invalid", "clw-problem", "clw-restored"]) {
        addEventListener(type, ({ detail }) => events.push([type, structuredClone(detail)]));
      }
      document.body.innerHTML = `<main><h1>Page</h1>${html}</main>`;
      await import("/clw-wasm/js/form.browser.js");
    },
    [body, lang, dir],
  );
  await page.locator("clw-form :is(fieldset, .problem)").first().waitFor();
}
