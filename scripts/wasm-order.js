// Renames the functions of a module so that, sorted by name, each stands behind those that it is most like:
// gzip looks back 32 KiB, and says in few bytes what it finds there.
//
//   node scripts/wasm-order.js MODULE OUT
import { readFileSync, writeFileSync } from "node:fs";

const [from, to] = process.argv.slice(2);
const module = readFileSync(from);
const [imports, code, custom] = [2, 10, 0];
const window = 30_000;

/** A reader of the binary format, of which little is needed. */
class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }
  more() {
    return this.at < this.bytes.length;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let [value, shift, byte] = [0, 1, 0x80];
    while (byte & 0x80) {
      byte = this.byte();
      value += (byte & 0x7f) * shift;
      shift *= 0x80;
    }
    return value;
  }
  take() {
    const length = this.number();
    return this.bytes.subarray(this.at, (this.at += length));
  }
}

function written(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}

const counted = (bytes) => Buffer.concat([written(bytes.length), bytes]);

/** The number of functions among the imports; these come first wherever functions are numbered. */
function imported(bytes) {
  const reader = new Reader(bytes);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.take();
    reader.take();
    if (reader.byte() !== 0) throw new Error("the module imports what is no function");
    reader.number();
    functions += 1;
  }
  return functions;
}

/** Sequences of six bytes by number, for each body those that a few others have too. */
function shared(bodies) {
  const [numbers, bodiesWith] = [new Map(), []];
  const all = bodies.map((body) => {
    const own = new Set();
    for (let at = 0; at + 6 <= body.length; at += 1) {
      const sequence = body.readUIntBE(at, 6);
      let number = numbers.get(sequence);
      if (number === undefined) numbers.set(sequence, (number = bodiesWith.push([]) - 1));
      own.add(number);
    }
    return own;
  });
  all.forEach((own, body) => own.forEach((number) => bodiesWith[number].push(body)));
  const few = (number) => bodiesWith[number].length > 1 && bodiesWith[number].length <= 60;
  return { sequences: all.map((own) => [...own].filter(few)), bodiesWith };
}

/** The bodies, each behind those within the window that have the largest part of it. */
function ordered(bodies) {
  const { sequences, bodiesWith } = shared(bodies);
  const [likeness, within, recent] = [new Int32Array(bodies.length), new Int32Array(bodiesWith.length), []];
  const left = new Set(bodies.keys());
  const change = (of, by) => {
    for (const number of sequences[of]) {
      const before = within[number] > 0;
      within[number] += by;
      if (within[number] > 0 !== before) for (const body of bodiesWith[number]) likeness[body] += by;
    }
  };
  const order = [];
  for (let held = 0; left.size; ) {
    let [next, best] = [undefined, -1];
    for (const body of left) {
      // Where nothing is like, the longest.
      const part = likeness[body] ? 1 + likeness[body] / (bodies[body].length + 100) : bodies[body].length / 1e9;
      if (part > best) [next, best] = [body, part];
    }
    left.delete(next);
    order.push(next);
    recent.push(next);
    change(next, 1);
    held += bodies[next].length;
    while (held > window && recent.length > 1) {
      const gone = recent.shift();
      change(gone, -1);
      held -= bodies[gone].length;
    }
  }
  return order;
}

const sections = [];
for (const reader = new Reader(module, 8); reader.more(); ) sections.push([reader.byte(), reader.take()]);
const section = (id) => sections.find(([of]) => of === id)[1];

const first = imported(section(imports));
const reader = new Reader(section(code));
const bodies = Array.from({ length: reader.number() }, () => reader.take());
const places = new Map(ordered(bodies).map((body, place) => [first + body, place]));
const digits = String(places.size).length;
const names = [...places].sort(([a], [b]) => a - b).map(([body, place]) => [written(body), counted(Buffer.from(String(place).padStart(digits, "0")))]);
const named = Buffer.concat([
  counted(Buffer.from("name")),
  Buffer.from([1]),
  counted(Buffer.concat([written(names.length), ...names.flat()])),
]);
const isNames = ([id, bytes]) => id === custom && new Reader(bytes).take().toString() === "name";
const kept = sections.filter((one) => !isNames(one));
writeFileSync(to, Buffer.concat([module.subarray(0, 8), ...[...kept, [custom, named]].flatMap(([id, bytes]) => [Buffer.from([id]), counted(bytes)])]));
