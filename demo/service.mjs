#!/usr/bin/env node
// The other end of the demo's webhooks: a small service as a company would have one, here with a shop's orders in memory.
//   node demo/service.mjs [--port 8091] [--data FILE]        the secret stands in OLMO_WEBHOOK_SECRET
// It shows what a service has to do (docs/webhooks.md): check the signature and its time, answer a repetition with what it
// answered before, and say what it found. With --data what was done is kept in FILE, so that it outlives a restart.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const BODY_BYTES = 64 << 10;
const CLOCK_SECONDS = 300;
const REMEMBERED = 1000;

// --- the shop ---------------------------------------------------------------------------------------

const orders = {
  'OL-204518': { stato: 'spedito', corriere: 'GLS', consegna: 1, email: 'maria.rossi@example.com' },
  'OL-204519': { stato: 'in preparazione', consegna: 3, email: 'ugo.neri@example.com' },
  'OL-198004': { stato: 'consegnato', consegna: -6, email: 'maria.rossi@example.com' },
  'OL-204600': { stato: 'annullato', email: 'anna.verdi@example.com' },
};
const english = { spedito: 'on its way', 'in preparazione': 'being packed', consegnato: 'delivered', annullato: 'cancelled' };
const shops = [
  { cap: '5201', citta: 'Valdorsa', nome: 'Ferramenta Olmo', indirizzo: 'via dei Tintori 14, Valdorsa (AR)', telefono: '0575 000 140' },
  { cap: '5210', citta: 'Arezzo', nome: 'Punto Olmo Arezzo', indirizzo: 'via del Trasimeno 8, Arezzo', telefono: '0575 000 141' },
  { cap: '5204', citta: 'Cortona', nome: 'Punto Olmo Cortona', indirizzo: 'piazza del Mulino 3, Camucia di Cortona (AR)', telefono: '0575 000 142' },
];
const customers = [
  { id: 'maria', email: 'maria.rossi@example.com', phone: '3331234567', name: 'Maria Rossi', since: '2019', town: 'Valdorsa', points: 340,
    notes: { it: 'Vuole sempre la fattura. Preferisce essere chiamata dopo le 17.', en: 'Always wants an invoice. Prefers calls after 5 p.m.' } },
  { id: 'ugo', email: 'ugo.neri@example.com', phone: '3479876543', name: 'Ugo Neri', since: '2023', town: 'Arezzo', points: 25,
    notes: { it: '', en: '' } },
  { id: 'anna', email: 'anna.verdi@example.com', phone: '3205551234', name: 'Anna Verdi', since: '2021', town: 'Cortona', points: 0,
    notes: { it: 'Ordine annullato a marzo: rimborso già fatto.', en: 'Order cancelled in March: already refunded.' } },
];
/** The workshop's hours, Monday to Friday: from and to in minutes. A booking takes one hour. */
const workshopHours = [[8 * 60 + 30, 12 * 60 + 30], [15 * 60, 19 * 60]];

/** The day so many days from now, as flows read it. */
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A number for something that was asked for; the same request never gets two. */
const numbered = (state, prefix, record) => {
  state.count += 1;
  const numero = `${prefix}-${String(1000 + state.count)}`;
  state.records.push({ numero, ...record });
  return { ok: true, numero };
};

const isOpen = (when) => {
  const minute = when.getUTCHours() * 60 + when.getUTCMinutes(), weekday = when.getUTCDay();
  return weekday >= 1 && weekday <= 5 && workshopHours.some(([from, to]) => minute >= from && minute + 60 <= to);
};

const isTaken = (state, when) => {
  const hour = 3_600_000;
  return state.records.some((r) => r.cosa === 'officina' && Math.abs(new Date(`${r.quando}:00Z`) - when) < hour);
};

/** The first free hour after a moment; local times are counted as if they were UTC, so that no zone matters. */
const freeAfter = (state, when) => {
  const next = new Date(when);
  do next.setTime(next.getTime() + 1_800_000); while (!isOpen(next) || isTaken(state, next));
  return next.toISOString().slice(0, 16);
};

/** What each webhook does: the flow's data in, an object of values out. */
const webhooks = {
  ordini(_state, { numero }, { lang }) {
    const order = orders[String(numero).toUpperCase()];
    if (!order) return { trovato: false };
    const stato = lang === 'en' ? english[order.stato] : order.stato;
    return { trovato: true, stato, corriere: order.corriere ?? '', consegna: order.consegna > 0 ? day(order.consegna) : '',
             modificabile: order.stato === 'in preparazione' };
  },
  reclami: (state, data) => numbered(state, 'RE', { fatto: data.cosa, ...data, cosa: 'reclamo' }),
  officina(state, data) {
    const wanted = new Date(`${data.quando}:00Z`);
    if (Number.isNaN(wanted.getTime()) || !isOpen(wanted)) return { ok: false, motivo: 'chiuso' };
    if (isTaken(state, wanted)) return { ok: false, motivo: 'occupato', libero: freeAfter(state, wanted) };
    return numbered(state, 'OF', { ...data, cosa: 'officina' });
  },
  richiamate: (state, data) => numbered(state, 'RI', { ...data, cosa: 'richiamata' }),
  indirizzi(state, data) {
    const order = orders[String(data.numero).toUpperCase()];
    if (!order) return { trovato: false };
    if (order.stato !== 'in preparazione') return { trovato: true, ok: false };
    return { trovato: true, ...numbered(state, 'IN', { ...data, cosa: 'indirizzo' }) };
  },
  negozi(_state, { dove }) {
    const wanted = String(dove).trim().toLowerCase();
    const found = shops.find((s) => wanted.startsWith(s.cap) || wanted.includes(s.citta.toLowerCase()));
    return found ? { trovato: true, ...found } : { trovato: false };
  },
  // What there is to know of a customer, for the card that agents see: no flow asks this (docs/webhooks.md).
  clienti(_state, { email, phone }, { visitor, lang }) {
    const digits = String(phone ?? '').replace(/\D/g, '').replace(/^39/, '');
    const customer = customers.find((c) => c.id === visitor?.id || (email && c.email === String(email).toLowerCase()) || (digits && c.phone === digits));
    if (!customer) return {};
    const label = (it, en) => (lang === 'en' ? en : it);
    const own = Object.entries(orders).filter(([, order]) => order.email === customer.email);
    return {
      name: customer.name,
      lines: [{ label: label('Cliente dal', 'Customer since'), value: customer.since }, { label: label('Città', 'Town'), value: customer.town },
              { label: label('Punti fedeltà', 'Loyalty points'), value: String(customer.points) }],
      orders: own.map(([id, order]) => ({ id, state: lang === 'en' ? english[order.stato] : order.stato, date: order.consegna ? day(order.consegna) : '' })),
      notes: customer.notes[lang] ?? customer.notes.it,
    };
  },
  newsletter(state, { email }) {
    if (state.records.some((r) => r.cosa === 'newsletter' && r.email === email)) return { ok: true, gia: true };
    return { gia: false, ...numbered(state, 'NL', { cosa: 'newsletter', email }) };
  },
};

// --- the rules of webhooks --------------------------------------------------------------------------

const keyOf = (secret) => (secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret));

/** True if one of the signatures is that of the body, and the time is about now. */
export function isSigned(secret, headers, body, now = Date.now()) {
  const id = headers['webhook-id'], at = headers['webhook-timestamp'];
  if (!id || !/^\d+$/.test(at ?? '') || Math.abs(now / 1000 - Number(at)) > CLOCK_SECONDS) return false;
  const right = createHmac('sha256', keyOf(secret)).update(`${id}.${at}.`).update(body).digest();
  return String(headers['webhook-signature'] ?? '').split(' ').some((one) => {
    const given = one.startsWith('v1,') ? Buffer.from(one.slice(3), 'base64') : Buffer.alloc(0);
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

const empty = () => ({ count: 0, records: [], answers: {} });

function load(file) {
  try {
    return file ? { ...empty(), ...JSON.parse(readFileSync(file, 'utf8')) } : empty();
  } catch (error) {
    if (error.code === 'ENOENT') return empty();
    throw new Error(`${file}: ${error.message}`);
  }
}

function save(file, state) {
  if (!file) return;
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

/** Answers a repetition with what was answered before: a call counts once, however often it comes. */
function answer(state, file, id, name, message) {
  if (state.answers[id]) return state.answers[id];
  const result = webhooks[name](state, message.data ?? {}, message);
  state.answers[id] = result;
  const ids = Object.keys(state.answers);
  for (const old of ids.slice(0, Math.max(0, ids.length - REMEMBERED))) delete state.answers[old];
  save(file, state);
  return result;
}

function receive(request, done) {
  const parts = [];
  let size = 0;
  request.on('data', (part) => {
    size += part.length;
    if (size <= BODY_BYTES) parts.push(part);
  });
  request.on('end', () => done(size <= BODY_BYTES ? Buffer.concat(parts) : null));
}

/** Starts the service; resolves with `{port, calls, close}`, where `calls` counts what was received. */
export function startService({ secret, port = 0, file = null, log = () => {} }) {
  const state = load(file);
  const calls = {};
  const server = createServer((request, response) => {
    const send = (status, value) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    receive(request, (body) => {
      const name = request.url.replace(/^\//, '');
      if (body === null) return send(413, { error: 'too large' });
      if (request.method !== 'POST' || !Object.hasOwn(webhooks, name)) return send(404, { error: 'no such webhook' });
      if (!isSigned(secret, request.headers, body)) return send(401, { error: 'not signed' });
      try {
        calls[name] = (calls[name] ?? 0) + 1;
        const result = answer(state, file, request.headers['webhook-id'], name, JSON.parse(body));
        log(`${name} ${JSON.stringify(result)}`);
        return send(200, result);
      } catch (error) {
        return send(400, { error: error.message });
      }
    });
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({
      port: server.address().port,
      calls,
      state,
      close: () => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }),
    }));
  });
}

// --- as a program -----------------------------------------------------------------------------------

const option = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at > 0 && process.argv[at + 1] ? process.argv[at + 1] : fallback;
};

if (import.meta.url === `file://${process.argv[1]}`) {
  const secret = process.env.OLMO_WEBHOOK_SECRET;
  if (!secret) {
    console.error('demo/service.mjs: OLMO_WEBHOOK_SECRET is not set; it is the secret that calls are signed with');
    process.exit(2);
  }
  const service = await startService({ secret, port: Number(option('--port', 8091)), file: option('--data', null), log: console.log })
    .catch((error) => {
      console.error(`demo/service.mjs: ${error.code === 'EADDRINUSE' ? `${error.message}. Another program has the port: until it ` +
        'is free, flows that need the shop’s service take their way out' : error.message}`);
      process.exit(1);
    });
  console.log(`the shop's service listens on http://127.0.0.1:${service.port}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.close().then(() => process.exit(0)));
}
