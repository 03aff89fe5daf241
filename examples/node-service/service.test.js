// Over real HTTP: what is answered, what is refused, and how the service stops.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { service, stop } from "./service.js";

const server = service();
let origin;
before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

async function post(path, text, headers) {
  const response = await fetch(origin + path, { method: "POST", body: text, headers: { "content-type": "application/json", ...headers } });
  assert.equal(response.headers.get("content-type"), "application/json");
  return [response.status, await response.json()];
}

test("a form is scored as the papers say", async () => {
  const [status, { measures }] = await post("/v1/score", '{"instrument":"swemwbs","answers":[3,3,3,3,3,3,3]}');
  // SWEMWBS raw 21 is 19.25 metric in the table of Stewart-Brown et al. (2009).
  assert.deepEqual([status, measures[0].raw, measures[0].value], [200, 21, 19.25]);
  const [, { state, blank }] = await post("/v1/check", '{"instrument":"ons4","answers":[8,7,null,null]}');
  assert.deepEqual([state, blank], ["incomplete", ["happy", "anxious"]]);
});

test("the questionnaires and the health are told", async () => {
  const known = await (await fetch(`${origin}/v1/instruments`)).json();
  assert.ok(known.some(({ id }) => id === "ons4"));
  assert.deepEqual(await (await fetch(`${origin}/health`)).json(), { status: "ok" });
});

for (const [what, path, text, headers, status, code] of [
  ["an unknown questionnaire", "/v1/score", '{"instrument":"swem","answers":[]}', , 422, "unknown-instrument"],
  ["too few answers", "/v1/score", '{"instrument":"swemwbs","answers":[3]}', , 422, "wrong-number-of-answers"],
  ["what is no answer", "/v1/score", '{"instrument":"ons4","answers":[1.5,0,0,0]}', , 422, "not-an-answer"],
  ["half a body", "/v1/score", '{"instrument":', , 400, "unreadable-json"],
  ["a body that is no form", "/v1/score", "[1]", , 400, "unreadable-json"],
  ["a name of 60 KB", "/v1/score", `{"instrument":"${"x".repeat(60_000)}","answers":[]}`, , 400, "name-too-long"],
  ["a path that is none", "//", "{}", , 400, "unreadable-path"],
  ["another type", "/v1/score", "{}", { "content-type": "text/plain" }, 415, "not-json"],
  ["a compressed body", "/v1/score", "{}", { "content-encoding": "gzip" }, 415, "encoded-body"],
  ["a body too large", "/v1/score", `"${"x".repeat(70_000)}"`, , 413, "body-too-large"],
  ["another path", "/v1/scores", "{}", , 404, "no-such-path"],
  ["a name every object has", "/constructor", "{}", , 404, "no-such-path"],
  ["another method", "/health", "{}", , 405, "no-such-method"],
]) {
  test(`${what} is refused as ${code}`, async () => {
    const [found, refusal] = await post(path, text, headers);
    assert.deepEqual([found, refusal.code], [status, code]);
    assert.match(refusal.message, /\w/);
  });
}

/** A connection to a server of its own, whose requests may take 300 ms, with half a request sent. */
async function halfway(half) {
  const hasty = service({ milliseconds: 300 }).listen(0, "127.0.0.1");
  await once(hasty, "listening");
  const socket = connect(hasty.address().port, "127.0.0.1").setEncoding("utf8");
  await once(hasty, "connection");
  socket.write(half);
  return [hasty, socket];
}

for (const half of ["POST /v1/sco", "POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"]) {
  test(`a request that stays half is let go: ${JSON.stringify(half.slice(0, 20))}`, async () => {
    const [hasty, socket] = await halfway(half);
    assert.match((await once(socket, "data"))[0], /^HTTP\/1.1 408/);
    assert.equal(await stop(hasty), true);
  });

  test(`and does not keep the service from ending: ${JSON.stringify(half.slice(0, 20))}`, async () => {
    const [hasty, socket] = await halfway(half);
    socket.on("error", () => {});
    assert.equal(await stop(hasty), false);
  });
}

test("on SIGTERM the request under way is answered, and then the process ends", async () => {
  const process_ = spawn(process.execPath, [fileURLToPath(new URL("server.js", import.meta.url))], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
  const port = Number((await lines.next()).value.split(":").at(-1));
  const socket = connect(port, "127.0.0.1").setEncoding("utf8");
  const body = '{"instrument":"ons4","answers":[1,2,3,4]}';
  socket.write(
    `POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`,
  );
  // The service has read the head once it says to continue.
  assert.match((await once(socket, "data"))[0], /^HTTP\/1.1 100/);
  process_.kill("SIGTERM");
  socket.write(body);
  assert.match((await once(socket, "data"))[0], /^HTTP\/1.1 200/);
  socket.end();
  assert.equal((await lines.next()).value, "stopped; every request under way was answered");
  assert.deepEqual(await once(process_, "exit"), [0, null]);
});
