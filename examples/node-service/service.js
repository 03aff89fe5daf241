// Scores forms over HTTP with nothing but Node and clw. Nothing is kept and no answer is logged.
//
//   POST /v1/score   {"instrument": "swemwbs", "answers": [3, 3, 3, 3, 3, 3, 3]}
//   POST /v1/check   the same, for a form that is not finished yet
//   GET  /v1/instruments
//   GET  /health
import { once } from "node:events";
import { createServer } from "node:http";
import { check, instruments, score } from "clw/score";

const bodyBytes = 64 * 1024;
const nameLetters = 100;

const routes = {
  "/health": { GET: () => ({ status: "ok" }) },
  "/v1/instruments": { GET: () => instruments() },
  "/v1/score": { POST: ({ instrument, answers }) => score(instrument, answers) },
  "/v1/check": { POST: ({ instrument, answers }) => check(instrument, answers) },
};

/** Something the service itself refuses; what the library refuses brings its own code. */
class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

/** The server, not yet listening. A request, and the end after {@link stop}, may take so many milliseconds. */
export function service({ milliseconds = 10_000 } = {}) {
  const times = { headersTimeout: milliseconds, requestTimeout: milliseconds, connectionsCheckingInterval: milliseconds / 10 };
  const server = createServer(times, answer);
  server.maxConnections = 256;
  return server;
}

/**
 * Takes no new connection, answers what is under way, and ends: at the latest once a request's time is over,
 * as Node no longer looks at the time of what is not whole. Whether every request was answered.
 */
export async function stop(server) {
  let answered = true;
  const late = setTimeout(() => {
    answered = false;
    server.closeAllConnections();
  }, server.requestTimeout);
  server.close();
  await once(server, "close");
  clearTimeout(late);
  return answered;
}

async function answer(request, response) {
  try {
    const handler = routed(request);
    const given = request.method === "POST" ? await body(request) : undefined;
    send(response, 200, handler(given));
  } catch (error) {
    const status = error.status ?? (error.code ? 422 : 500);
    // What was not foreseen is told to the log, not to the caller.
    if (status === 500) console.error(error);
    const [code, message] = status === 500 ? ["internal", "the service failed; its log says why"] : [error.code, error.message];
    // A refused body is not read to its end, so the connection is not used again.
    if (!request.complete) response.setHeader("connection", "close");
    send(response, status, { code, message });
  }
}

function routed({ method, url }) {
  const { pathname } = address(url);
  const route = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined;
  if (!route) throw new Refusal(404, "no-such-path", `there is nothing at this path; give one of ${Object.keys(routes).join(", ")}`);
  if (!Object.hasOwn(route, method)) throw new Refusal(405, "no-such-method", `the path takes ${Object.keys(route)[0]}`);
  return route[method];
}

/** Where a request goes. Node takes a path such as `//` that is none. */
function address(url) {
  try {
    return new URL(url, "http://localhost");
  } catch {
    throw new Refusal(400, "unreadable-path", `the path cannot be read; give one of ${Object.keys(routes).join(", ")}`);
  }
}

async function body(request) {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
    throw new Refusal(415, "not-json", "the body has another type; send it as application/json");
  }
  if ((request.headers["content-encoding"] ?? "identity") !== "identity") {
    throw new Refusal(415, "encoded-body", "the body came with a `content-encoding`; send it as it is");
  }
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > bodyBytes) throw new Refusal(413, "body-too-large", `the body is above ${bodyBytes} bytes; send one form`);
    parts.push(part);
  }
  let given;
  try {
    given = JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch (error) {
    throw new Refusal(400, "unreadable-json", `the body cannot be read: ${error.message}`);
  }
  if (typeof given?.instrument !== "string" || !Array.isArray(given.answers)) {
    throw new Refusal(400, "unreadable-json", 'the body is no form; send {"instrument": …, "answers": […]}');
  }
  // Which names are like a long one takes the one thread long to tell.
  if (given.instrument.length > nameLetters) {
    throw new Refusal(400, "name-too-long", `the questionnaire's name has more than ${nameLetters} letters; give its id`);
  }
  return given;
}

function send(response, status, value) {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  response.end(text);
}
