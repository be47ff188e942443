// What a visitor's message costs the server, beside a bare libwebsockets+libev echo server at the same moment.
//   node tests/bench/turn.mjs [SECONDS [PROGRAM]]     default 6 for each figure; PROGRAM: another sportello to measure
//                                                      at the same moment, such as the one of before a change
// Both servers have 1,000 connections and take turns of half a second, so that whatever else the machine does falls on
// both. A turn is durable: the message is stored and committed before the reply goes out.

import { cpuByThread, cpuSeconds, Crowd, figure, MANY_FILES, residentBytes, startEcho } from './measure.mjs';
import { script } from '../system/lib/report.mjs';
import { built, demoSite, Server, wait } from '../system/lib/program.mjs';

const SECONDS = Number(process.argv[2] ?? 6), OTHER = process.argv[3];
const SLICE_MS = 500;
const CONNECTIONS = 1000;
/** Messages under way at a time over all connections. */
const WINDOW = 100;
const IDLE = 10_000;
const IDLE_CROWDS = 4;
const LIMITS = { limits: { messages_per_minute: 1000, messages_burst: 100, address_messages_per_minute: 1_000_000, address_connections: 100_000, connections: 100_000, idle_hello_seconds: 60 } };

const us = (seconds, messages) => (seconds * 1e6) / messages;

/** What each thread has of it; the loop alone is what bounds a server, since the store has a processor of its own. */
function threads(target, bare) {
  for (const [name, seconds] of Object.entries(target.threads)) {
    const each = us(seconds, target.messages);
    if (seconds > 0.01) figure(`  of which thread ${name}${bare ? `: ${(each / bare).toFixed(2)} × a bare echo` : ''}`, each, 'µs');
  }
}

/** Drives the targets in turn; fills in their `cpu` and `messages`. */
async function compare(targets, seconds) {
  for (const t of targets) Object.assign(t, { cpu: 0, messages: 0, worst: 0, threads: {} });
  for (let spent = 0; spent < seconds * 1000; spent += SLICE_MS) {
    for (const t of targets) {
      const before = cpuSeconds(t.pid), threads = cpuByThread(t.pid);
      const { messages, worst } = await t.crowd.ask({ drive: SLICE_MS, window: WINDOW });
      t.cpu += cpuSeconds(t.pid) - before;
      t.messages += messages;
      t.worst = Math.max(t.worst, worst);
      for (const [name, after] of Object.entries(cpuByThread(t.pid))) t.threads[name] = (t.threads[name] ?? 0) + after - (threads[name] ?? 0);
    }
  }
}

async function openCrowd(target, kind, connections, address) {
  const crowd = new Crowd();
  await crowd.ask({ open: connections, port: target.port, kind, address });
  return crowd;
}

await script('bench turn', async () => {
  if (!built()) return;
  const server = await Server.start({ site: demoSite(LIMITS), wrap: MANY_FILES });
  const echo = await startEcho();
  const other = OTHER ? await Server.start({ site: demoSite(LIMITS), wrap: MANY_FILES, program: OTHER }) : null;
  const crowds = [];
  try {
    const sportello = { pid: server.pid, crowd: await openCrowd(server, 'sportello', CONNECTIONS, '127.0.0.2') };
    crowds.push(sportello.crowd);
    const targets = [sportello];
    if (echo) {
      targets.push({ pid: echo.pid, crowd: await openCrowd(echo, 'echo', CONNECTIONS, '127.0.0.3') });
      crowds.push(targets[1].crowd);
    }
    if (other) {
      targets.push({ pid: other.pid, crowd: await openCrowd(other, 'sportello', CONNECTIONS, '127.0.0.4') });
      crowds.push(targets.at(-1).crowd);
    }
    for (const t of targets) await t.crowd.ask({ each: 2 });
    await compare(targets, SECONDS);
    const alone = us(sportello.cpu, sportello.messages);
    const bare = echo ? us(targets[1].cpu, targets[1].messages) : 0;
    figure(`durable turn, ${CONNECTIONS} connections: CPU`, alone, 'µs');
    threads(sportello, bare);
    if (other) {
      const before = targets.pop();
      figure(`the same of ${OTHER}`, us(before.cpu, before.messages), 'µs');
      threads(before, bare);
      if (echo) figure('  ÷ bare echo', us(before.cpu, before.messages) / bare, '×');
      before.crowd.end();
      await other.kill();
    }
    figure('  turns a second of wall clock', (sportello.messages / SECONDS), '/s');
    figure('  slowest reply', sportello.worst, 'ms');
    if (echo) {
      figure(`bare echo, ${CONNECTIONS} connections: CPU`, bare, 'µs');
      figure('durable turn ÷ bare echo', alone / bare, '×', 3);
    } else console.log('no bare echo: build/bench/echo is not built');

    await wait(500);
    const before = residentBytes(server.pid);
    const began = performance.now();
    const idle = Array.from({ length: IDLE_CROWDS }, () => new Crowd());
    crowds.push(...idle);
    await Promise.all(idle.map((crowd, i) => crowd.ask({ open: IDLE / IDLE_CROWDS, port: server.port, kind: 'sportello', address: `127.0.1.${i + 1}` })));
    figure(`opening ${IDLE} connections`, (performance.now() - began) / 1000, 's');
    await wait(500);
    figure('memory of an idle visitor', (residentBytes(server.pid) - before) / IDLE / 1024, 'kB');
    const rest = cpuSeconds(server.pid);
    await wait(3000);
    figure(`CPU of ${IDLE} idle connections`, ((cpuSeconds(server.pid) - rest) / 3) * 100, '% of a core');
    await compare(targets, SECONDS);
    const crowded = us(sportello.cpu, sportello.messages);
    figure(`durable turn with ${IDLE} idle connections: CPU`, crowded, 'µs');
    figure('  ÷ the same without', crowded / alone, '×', 2);
    if (echo) figure('  bare echo meanwhile', us(targets[1].cpu, targets[1].messages), 'µs');
  } finally {
    for (const crowd of crowds) crowd.end();
    echo?.stop();
    if (other && !other.ended) await other.kill();
    await server.kill();
  }
});
