// The demo's flows with the shop's own service at the other end: what a visitor asks for is done there, once.

import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startService } from '../../demo/service.mjs';
import { Chat, plain } from './lib/chat.mjs';
import { script, test } from './lib/report.mjs';
import { built, demoSite, Server, until } from './lib/program.mjs';

const SECRET = 'whsec_c3BvcnRlbGxvLXNwb3J0ZWxsby1zcG9ydGVsbG8=';

/** What visitors say in each language, and what they should read. */
const TALKS = {
  it: {
    order: [['dov’è il mio pacco?', /numero dell'ordine/], ['ol 204518', /OL-204518 è spedito con GLS/]],
    unknown: [['dov’è l’ordine OL-999999?', /Non trovo nessun ordine OL-999999/], ['lascia stare', /lasciamo stare/]],
    complaint: [['voglio fare un reclamo', /Che cosa è successo/], ['il pacco è arrivato tutto bagnato', /quando/], ['ieri', /ordine/],
      ['OL-204518', /email/], ['maria@example.com', /Ricapitolo.*bagnato.*OL-204518.*maria@example\.com/s], ['sì', /RE-\d+/]],
    newsletter: [['vorrei iscrivermi alla newsletter', /Acconsenti/], ['sì', /email/], ['it@example.com', /Iscritto: it@example\.com/]],
    again: [['vorrei iscrivermi alla newsletter', /Acconsenti/], ['sì, it@example.com', /già iscritta/]],
    broken: [['dov’è l’ordine OL-204518?', /non riesco a guardare/]],
  },
  en: {
    order: [['where is my parcel?', /order number/], ['ol 204518', /OL-204518 is on its way with GLS/]],
    unknown: [['where is order OL-999999?', /can't find an order OL-999999/], ['never mind', /let's leave it/]],
    complaint: [['I want to make a complaint', /What happened/], ['the parcel arrived soaking wet', /when/], ['yesterday', /order/],
      ['OL-204518', /email/], ['maria@example.com', /To sum up.*soaking.*OL-204518.*maria@example\.com/s], ['yes', /RE-\d+/]],
    newsletter: [['I want to receive the newsletter', /agree/], ['yes', /email/], ['en@example.com', /Signed up: en@example\.com/]],
    again: [['I want to receive the newsletter', /agree/], ['yes, en@example.com', /on the list already/]],
    broken: [['where is order OL-204518?', /can't look into our orders/]],
  },
};

/** Stands before the service and loses its answers when told to: the work is done, and whoever asked never hears of it. */
async function startLossy(to) {
  const lossy = { lose: 0 };
  const server = createServer((asked, answer) => {
    const on = request({ host: '127.0.0.1', port: to, method: asked.method, path: asked.url, headers: asked.headers }, (got) => {
      if (lossy.lose > 0) {
        lossy.lose--;
        got.resume();
        answer.writeHead(503).end();
        return;
      }
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    on.on('error', () => answer.writeHead(502).end());
    asked.pipe(on);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  lossy.port = server.address().port;
  lossy.close = () => new Promise((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  return lossy;
}

/** A copy of the demo whose webhooks go to another port. */
function siteFor(port) {
  const site = demoSite();
  const file = join(site, 'sportello.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('127.0.0.1:8091', `127.0.0.1:${port}`));
  return site;
}

/** Says each line and reads on until the reply is there: a call's answer is a message of its own. */
async function converse(chat, lines) {
  for (const [said, expected] of lines) {
    const seq = await chat.ack(chat.say(said));
    let heard = '';
    await until(() => `an answer like ${expected} to “${said}”; heard “${heard}”`, () => {
      heard = [...chat.events.values()].filter((f) => f.type === 'message' && f.from !== 'visitor' && f.seq > seq).map((f) => plain(f.blocks)).join('\n');
      return expected.test(heard);
    });
  }
}

await script('flows', async () => {
  if (!built()) return;
  const service = await startService({ secret: SECRET });
  const lossy = await startLossy(service.port);
  const server = await Server.start({ site: siteFor(lossy.port), env: { SPORTELLO_SECRET_OLMO: SECRET } });
  const records = (what) => service.state.records.filter((r) => r.cosa === what);
  const talk = async (lang, ...parts) => {
    const chat = await Chat.open({ port: server.port, lang });
    for (const part of parts) await converse(chat, TALKS[lang][part]);
    chat.destroy();
  };
  try {
    for (const lang of Object.keys(TALKS)) {
      await test(`${lang}: where is my order: the service is asked, and its answer said; an unknown number is told`, () => talk(lang, 'order', 'unknown'));

      await test(`${lang}: a complaint is opened once, though the service's first answer is lost and the call is made again`, async () => {
        const before = records('reclamo').length, calls = service.calls.reclami ?? 0;
        lossy.lose = 1;
        await talk(lang, 'complaint');
        assert.equal(service.calls.reclami - calls, 2, 'the call was made again');
        assert.equal(records('reclamo').length - before, 1, 'one complaint');
        const { ordine, contatto } = records('reclamo').at(-1);
        assert.deepEqual({ ordine, contatto }, { ordine: 'OL-204518', contatto: 'maria@example.com' });
      });

      await test(`${lang}: the newsletter takes an address after a yes, and only once`, async () => {
        await talk(lang, 'newsletter', 'again');
        assert.deepEqual(records('newsletter').filter((r) => r.email === `${lang}@example.com`).length, 1);
      });
    }
    await lossy.close();
    for (const lang of Object.keys(TALKS))
      await test(`${lang}: a service that is gone is told, and a person called`, () => talk(lang, 'broken'));
  } finally {
    await server.stop();
    await lossy.close().catch(() => {});
    await service.close();
  }
});
