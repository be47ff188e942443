// A process full of visitors for the benchmarks: opens connections and sends when its parent says so.
//
// Commands from the parent, one answer each:
//   {open: n, port, kind: 'sportello'|'echo', address}   → {opened}
//   {drive: ms, window}   keeps `window` messages under way over all its connections for `ms` → {messages, ms, worst}
//   {each: k}             k messages on every connection, to warm up → {messages}
//   {close: true}

import { Socket } from '../system/lib/socket.mjs';

const AT_ONCE = 100;
const REPLY_MS = 60_000;
/** What visitors of the demo shop ask: as written, in other words, misspelt, and nothing to do with it. */
const TEXTS = ['Quanto costa la spedizione?', 'quali sono gli orari', 'come faccio un reso', 'posso pagare con la carta', 'fate duplicati di chiavi',
  'quanto dura la garanzia', 'dove siete', 'la consenga è gratis?', 'mi serve la fattura', 'quanto ci mette ad arrivare', 'tagliate il legno su misura',
  'che tempo fa domani', 'noleggiate il trapano', 'posso ritirare in negozio', 'grazie', 'ci sono corsi di saldatura'];

const connections = [];
let turn = 0, drive = null;

function next(connection) {
  const text = TEXTS[turn++ % TEXTS.length];
  connection.busy = true;
  connection.sentAt = performance.now();
  connection.socket.text(`{"type":"say","cid":"b${turn}-${connection.id}","text":"${text}"}`);
}

function replied(connection) {
  if (!connection.busy || !drive) return;
  connection.busy = false;
  drive.messages++;
  drive.worst = Math.max(drive.worst, performance.now() - connection.sentAt);
  drive.again(connection);
}

/** Only what ends a turn counts; looking for it as text keeps the client cheap. */
const ends = { sportello: (text) => text.includes('"from":"bot"'), echo: () => true };

async function open({ open: wanted, port, kind, address }) {
  let left = wanted, failed = null;
  const protocol = kind === 'echo' ? 'echo' : 'sportello.v1';
  const one = async () => {
    while (left-- > 0 && !failed) {
      const connection = { id: connections.length, busy: false };
      connections.push(connection);
      let welcomed;
      const welcome = new Promise((done) => (welcomed = done));
      connection.socket = await Socket.open({ port, path: '/chat', protocol, localAddress: address,
        onText: (text) => {
          if (connection.busy && ends[kind](text)) replied(connection);
          else if (text.includes('"welcome"')) welcomed();
          else if (text.includes('"type":"error"')) fail(new Error(text));
        },
        onClose: (code) => connection.over || fail(new Error(`a connection ended (${code})`)) });
      if (kind === 'echo') continue;
      connection.socket.text('{"type":"hello","lang":"it"}');
      await welcome;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => one().catch((error) => (failed = error))));
  if (failed) throw failed;
  return { opened: connections.length };
}

function work(start, again) {
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error('no reply')), REPLY_MS);
    drive = { messages: 0, worst: 0, again, end() {
      clearTimeout(late);
      done({ messages: drive.messages, worst: drive.worst });
    } };
    start();
  });
}

async function each({ each: times }) {
  let busy = 0;
  const left = new Map(connections.map((c) => [c, times]));
  return work(() => {
    for (const c of connections) {
      busy++;
      left.set(c, times - 1);
      next(c);
    }
  }, (c) => {
    if (left.get(c) > 0) {
      left.set(c, left.get(c) - 1);
      next(c);
    } else if (--busy === 0) drive.end();
  });
}

async function driveFor({ drive: ms, window }) {
  const end = performance.now() + ms;
  let busy = 0, at = turn;
  const send = () => {
    let connection;
    do connection = connections[at++ % connections.length];
    while (connection.busy);
    next(connection);
  };
  return work(() => {
    for (; busy < window; busy++) send();
  }, () => {
    if (performance.now() < end) send();
    else if (--busy === 0) drive.end();
  });
}

async function close() {
  for (const c of connections) {
    c.over = true;
    c.socket.destroy();
  }
  return {};
}

function fail(error) {
  process.send({ error: error.message });
  process.exit(1);
}

const commands = { open, each, drive: driveFor, close };
process.on('message', (message) => {
  const [name] = Object.keys(message);
  commands[name](message).then((answer) => process.send(answer), fail);
});
process.on('disconnect', () => process.exit(0));
