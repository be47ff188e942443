// A small server that speaks sportello.v1 as docs/protocol.md says, for tests of the widget alone:
// it keeps conversations in memory, and a test tells it when to fall silent, cut or have an agent join.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const PAGE = 200;
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

const text = (value) => ({ type: 'text', text: value });
const paragraph = (...children) => ({
  type: 'paragraph',
  children: children.map((c) => (typeof c === 'string' ? text(c) : c)),
});
const strong = (value) => ({ type: 'strong', children: [text(value)] });

const WORDS = {
  it: {
    greeting:
      'Ciao! Sono Olma, l’assistente automatica della Ferramenta Olmo. Chiedimi pure di consegne, resi, orari o prodotti.',
    starters: [
      ['entry:costo-spedizione', 'Quanto costa la spedizione?'],
      ['entry:orari', 'Che orari fate?'],
      ['entry:reso', 'Come faccio un reso?'],
      ['entry:corsi', 'Fate corsi di bricolage?'],
    ],
    cost: [
      paragraph('In Italia costa ', strong('6,50 €'), '; sopra i 70 € è gratuita.'),
      {
        type: 'list',
        children: [
          { type: 'item', children: [text('Corriere: 1–2 giorni lavorativi')] },
          { type: 'item', children: [text('Ritiro in negozio: sempre gratis')] },
        ],
      },
    ],
    title: 'Quanto costa la spedizione?',
    more: [
      { id: 'entry:tempi', title: 'In quanto tempo arriva?' },
      { id: 'intent:stato-ordine', title: 'Dov’è il mio ordine?' },
      { id: 'url', title: 'Condizioni di vendita', href: 'https://example.com/condizioni' },
    ],
    offer: [paragraph('Non sono sicura di aver capito. Forse intendevi:')],
    offers: [
      { id: 'entry:reso', title: 'Come faccio un reso?' },
      { id: 'entry:garanzia', title: 'Quanto dura la garanzia?' },
      { id: 'none', title: 'Nessuna di queste' },
    ],
    waiting: 'Va bene: ti metto in fila per parlare con una persona.',
    nobody: 'In questo momento non c’è nessuno in linea. Puoi lasciare un messaggio.',
    stored: 'Ho preso nota: il tuo messaggio ha il numero 58.',
    down: 'Mi dispiace. Vuoi provare con una di queste?',
    hours: [
      paragraph(
        'Siamo aperti dal lunedì al sabato, 8:30–12:30 e 15–19. Telefono +39 051 123 4567, ',
        { type: 'link', href: 'mailto:ciao@olmo.example', children: [text('ciao@olmo.example')] },
        '.',
      ),
    ],
  },
  en: {
    greeting:
      'Hello! I am Olma, the automatic assistant of Ferramenta Olmo. Ask me about delivery, returns, hours or products.',
    starters: [
      ['entry:costo-spedizione', 'How much is delivery?'],
      ['entry:orari', 'What are your hours?'],
      ['entry:reso', 'How do I return something?'],
      ['entry:corsi', 'Do you hold workshops?'],
    ],
    cost: [paragraph('Within Italy it costs ', strong('€6.50'), '; above €70 it is free.')],
    title: 'How much is delivery?',
    more: [
      { id: 'entry:tempi', title: 'How long does it take?' },
      { id: 'intent:stato-ordine', title: 'Where is my order?' },
    ],
    offer: [paragraph('I am not sure I understood. Did you mean:')],
    offers: [
      { id: 'entry:reso', title: 'How do I return something?' },
      { id: 'entry:garanzia', title: 'How long is the warranty?' },
      { id: 'none', title: 'None of these' },
    ],
    waiting: 'All right: you are in the queue for a person.',
    nobody: 'Nobody is online at the moment. You can leave a message.',
    stored: 'Noted: your message has the number 58.',
    down: 'I am sorry. Would you like to try one of these?',
    hours: [paragraph('We are open Monday to Saturday, 8:30–12:30 and 15–19. Telephone +39 051 123 4567.')],
  },
};

export async function startFakeServer({ root = 'build/web', port = 0, pages = {} } = {}) {
  const talks = new Map();
  const clients = new Set();
  const server = {
    requests: [],
    received: [],
    muted: false,
    refuse: '',
    slow: 0,
    delay: 60,
    waitRange: true,
    online: true,
    consent: null,
    satisfaction: false,
    picture: '',
    holdHello: false,
    site: {},
  };

  const http = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    server.requests.push(path);
    const given = pages[path];
    const name = path === '/' ? 'demo.html' : path.replace(/^\/(w\/\w{16}\/)?/, '');
    const file = join(root, name);
    if (!given && (name.includes('..') || !existsSync(file))) {
      response.writeHead(404).end();
      return;
    }
    const headers = {
      'Content-Type': TYPES[extname(given ? 'x.html' : name)] ?? 'text/plain',
      'Cache-Control': 'no-store',
    };
    if (extname(name) === '.js') headers['Access-Control-Allow-Origin'] = '*';
    if (headers['Content-Type'].startsWith('text/html')) headers['Content-Security-Policy'] = given?.csp ?? CSP;
    response.writeHead(200, headers).end(given ? given.body : readFileSync(file));
  });

  const sockets = new Set();
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  http.on('upgrade', (request, socket) => {
    const path = new URL(request.url, 'http://x').pathname;
    server.requests.push(path);
    if (path !== '/chat' || request.headers['sec-websocket-protocol'] !== 'sportello.v1' || server.down) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    const accept = createHash('sha1')
      .update(request.headers['sec-websocket-key'] + MAGIC)
      .digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: sportello.v1\r\n\r\n`,
    );
    const client = {
      socket,
      talk: null,
      lang: 'it',
      send: (frame) => socket.writable && socket.write(encode(JSON.stringify(frame))),
    };
    clients.add(client);
    let buffered = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      buffered = Buffer.concat([buffered, chunk]);
      for (let frame = decode(buffered); frame; frame = decode(buffered)) {
        buffered = buffered.subarray(frame.used);
        if (frame.opcode === 8) socket.end(Buffer.from([0x88, 0]));
        else if (frame.opcode === 1) heard(client, JSON.parse(frame.text));
      }
    });
    socket.on('close', () => clients.delete(client));
    socket.on('error', () => clients.delete(client));
  });

  function heard(client, frame) {
    server.received.push(frame);
    if (frame.type === 'hello') {
      if (!server.holdHello) hello(client, frame);
      return;
    }
    if (server.muted) return;
    if (frame.type === 'resume') replay(client, frame.after);
    else if (frame.cid) later(() => deed(client, frame));
  }
  const later = (work) => setTimeout(work, server.delay);

  function hello(client, { lang, token, after = 0 }) {
    client.lang = lang === 'en' ? 'en' : 'it';
    const known = token && talks.get(token);
    const talk = known || newTalk();
    client.talk = talk;
    const words = WORDS[client.lang];
    const missed = talk.events.length - after;
    client.send({
      type: 'welcome',
      ...(known ? {} : { token: talk.token }),
      seq: talk.events.length,
      state: state(talk),
      more: missed > PAGE,
      site: {
        name: 'Ferramenta Olmo',
        assistant: 'Olma',
        lang: 'it',
        greeting: words.greeting,
        privacy: '/privacy.html',
        ...(server.consent && { consent: server.consent }),
        ...(server.satisfaction && { satisfaction: true }),
        ...server.site,
        starters: words.starters.map(([id, title]) => ({ id, title })),
      },
    });
    replay(client, after);
    if (talk.who === 'waiting') client.send(positionOf(talk));
  }
  function newTalk() {
    const talk = {
      token: randomBytes(12).toString('hex'),
      events: [],
      cids: new Map(),
      who: 'bot',
      agent: '',
      ticket: 0,
      place: 3,
    };
    talks.set(talk.token, talk);
    return talk;
  }
  const state = (talk) => ({
    who: talk.who,
    ...(talk.ticket && { ticket: talk.ticket }),
    ...(talk.agent && { name: talk.agent }),
    ...(talk.agent && server.picture && { picture: server.picture }),
  });
  const replay = (client, after) =>
    client.talk?.events.slice(after, after + PAGE).forEach((event) => client.send(event));
  const positionOf = (talk) => ({
    type: 'position',
    ticket: talk.ticket,
    position: talk.place,
    open: true,
    online: server.online ? 2 : 0,
    ...(server.online && server.waitRange && { wait_low: 4, wait_high: 9 }),
  });

  function append(talk, event) {
    const stored = { ...event, seq: talk.events.length + 1, ...(event.type === 'message' && { at: Date.now() }) };
    talk.events.push(stored);
    for (const client of clients) if (client.talk === talk) client.send(stored);
    return stored;
  }
  const bot = (talk, blocks, more = {}) => append(talk, { type: 'message', from: 'bot', blocks, ...more });

  function deed(client, frame) {
    const talk = client.talk;
    if (!talk) return;
    if (server.refuse) {
      client.send({
        type: 'error',
        code: server.refuse,
        message: 'Il disco è pieno: riprova tra poco.',
        cid: frame.cid,
        ...(server.slow && { retry_ms: server.slow }),
      });
      return;
    }
    if (talk.cids.has(frame.cid)) {
      client.send({ type: 'ack', cid: frame.cid, seq: talk.cids.get(frame.cid) });
      return;
    }
    const words = WORDS[client.lang];
    client.last = frame.cid;
    const seq = deeds[frame.type]?.(talk, frame, words) ?? talk.events.length;
    if (seq < 0) return;
    talk.cids.set(frame.cid, seq);
    client.send({ type: 'ack', cid: frame.cid, seq });
  }

  const visitor = (talk, frame, value) =>
    append(talk, {
      type: 'message',
      from: 'visitor',
      cid: frame.cid,
      blocks: [paragraph(value)],
      ...(frame.option && { picked: frame.option }),
    }).seq;

  function leaveWord(talk, frame, words) {
    const seq = visitor(talk, frame, frame.text ?? frame.contact);
    append(talk, { type: 'message', from: 'system', blocks: [paragraph(words.stored)] });
    return seq;
  }

  const deeds = {
    say(talk, frame, words) {
      const seq = visitor(talk, frame, frame.text);
      if (talk.who !== 'agent') later(() => answer(talk, frame.text, words));
      return seq;
    },
    pick(talk, frame, words) {
      const seq = visitor(talk, frame, frame.title ?? frame.option);
      later(() => answer(talk, frame.option, words));
      return seq;
    },
    human(talk, _frame, words) {
      if (!server.online) return bot(talk, [paragraph(words.nobody)], { form: 'message', mood: 'sorry' }).seq;
      Object.assign(talk, { who: 'waiting', ticket: 57 });
      const { seq } = append(talk, { type: 'state', ...state(talk) });
      bot(talk, [paragraph(words.waiting)]);
      for (const client of clients) if (client.talk === talk) client.send(positionOf(talk));
      return seq;
    },
    message: leaveWord,
    callback: leaveWord,
    rate(talk, frame, words) {
      if (frame.value < 0)
        later(() => bot(talk, [paragraph(words.down)], { options: words.offers, mood: 'sorry', fallback: true }));
      return talk.events.length;
    },
    satisfied: (talk) => talk.events.length,
    erase(talk, frame) {
      talks.delete(talk.token);
      for (const client of clients) {
        if (client.talk === talk) client.send({ type: 'erased', ...(client.last === frame.cid && { cid: frame.cid }) });
      }
      return -1;
    },
    bye(talk) {
      talk.who = 'closed';
      const { seq } = append(talk, { type: 'state', who: 'closed' });
      talks.set(talk.token, Object.assign(newTalk(), { token: talk.token }));
      const next = talks.get(talk.token);
      for (const client of clients) if (client.talk === talk) client.talk = next;
      return seq;
    },
  };

  function answer(talk, question, words) {
    if (/spedizione|delivery|consegna/i.test(question)) {
      bot(talk, words.cost, {
        entry: { id: 'costo-spedizione', title: words.title },
        options: words.more,
        mood: 'glad',
      });
    } else if (/orari|hours/i.test(question)) {
      bot(talk, words.hours, { entry: { id: 'orari', title: words.starters[1][1] } });
    } else if (/link/i.test(question)) {
      bot(talk, [
        paragraph('Scrivi a ciao@olmo.example, chiama +39 051 123 4567 o vedi https://example.com/a(b).'),
        { type: 'unknown', children: [paragraph('Vecchi e nuovi blocchi.')] },
        paragraph({ type: 'link', href: 'javascript:alert(1)', children: [text('male')] }),
      ]);
    } else bot(talk, words.offer, { options: words.offers, fallback: true });
  }

  await new Promise((resolve) => http.listen(port, '127.0.0.1', resolve));
  const only = () => [...talks.values()].filter(({ events }) => events.length).at(-1);
  return Object.assign(server, {
    url: `http://127.0.0.1:${http.address().port}/`,
    talks,
    cut: () => clients.forEach(({ socket }) => socket.destroy()),
    send: (frame) => clients.forEach((client) => client.send(frame)),
    append: (event) => append(only(), event),
    talk: only,
    agentJoins(name, inWords = '') {
      Object.assign(only(), { who: 'agent', agent: name });
      append(only(), { type: 'state', ...state(only()) });
      if (inWords) append(only(), { type: 'message', from: 'system', blocks: [paragraph(inWords)] });
    },
    agentSays: (value) =>
      append(only(), { type: 'message', from: 'agent', name: only().agent, blocks: [paragraph(value)] }),
    agentLeaves() {
      Object.assign(only(), { who: 'bot', agent: '', ticket: 0 });
      append(only(), { type: 'state', ...state(only()) });
      bot(only(), [paragraph('Sei di nuovo con me, l’assistente automatica.')]);
    },
    place(position, more = {}) {
      only().place = position;
      for (const client of clients) client.send({ ...positionOf(only()), ...more });
    },
    connections: () => clients.size,
    close: () =>
      new Promise((resolve) => {
        http.close(resolve);
        // Those taken over as WebSockets as well, which Node's closeAllConnections leaves open.
        for (const socket of sockets) socket.destroy();
      }),
  });
}

/** One unmasked text frame. @param {string} value */
function encode(value) {
  const body = Buffer.from(value);
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}

/** The first whole frame of a client, or null. @param {Buffer} data */
function decode(data) {
  if (data.length < 2) return null;
  const opcode = data[0] & 15;
  let length = data[1] & 127;
  let at = 2;
  if (length === 126) {
    if (data.length < 4) return null;
    length = data.readUInt16BE(2);
    at = 4;
  }
  const used = at + 4 + length;
  if (data.length < used) return null;
  const mask = data.subarray(at, at + 4);
  const body = Buffer.from(data.subarray(at + 4, used)).map((byte, i) => byte ^ mask[i & 3]);
  return { opcode, text: body.toString('utf8'), used };
}

if (process.argv[1]?.endsWith('fake-server.mjs')) {
  const server = await startFakeServer({ port: Number(process.argv[2] ?? 8090) });
  console.log(server.url);
}
