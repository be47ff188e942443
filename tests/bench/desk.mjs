// What the counter costs those who stand at it: how long an agent's words take to the visitor, through their commit, and
// when a visitor is told that the agent's browser has died.
//   node tests/bench/desk.mjs [MESSAGES]     default 300

import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { figure } from './measure.mjs';
import { script } from '../system/lib/report.mjs';
import { Agent, Chat, logIn, newCid } from '../system/lib/chat.mjs';
import { built, demoSite, run, Server, told, wait } from '../system/lib/program.mjs';

const MESSAGES = Number(process.argv[2] ?? 300);
const PAGE_BYTES = 4096;
/** Between two messages: a connection may send twenty frames a second. */
const BREATH_MS = 50;
const TOLD_SECONDS = 60;
const middle = (values, at = 0.5) => [...values].sort((a, b) => a - b)[Math.floor(values.length * at)];

async function agentOf(server, name) {
  const added = await run(['user', 'add', name, '--role', 'agent', '--random-password', '--site', server.site, '--data', server.data]);
  if (added.code !== 0) throw new Error(told(added));
  return { name, password: added.out.trim() };
}

/** One page written and synced as a commit does, on the same disk. */
function syncOnce(file) {
  const began = performance.now();
  writeSync(file, Buffer.alloc(PAGE_BYTES, 1));
  fdatasyncSync(file);
  return performance.now() - began;
}

async function words(server) {
  const agent = await Agent.open({ port: server.port, cookie: await logIn({ port: server.port, ...(await agentOf(server, 'Anna')) }), keep: false });
  const chat = await Chat.open({ port: server.port });
  chat.send({ type: 'human', cid: newCid() });
  const { ticket } = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
  agent.send({ type: 'next' });
  await chat.take((f) => f.type === 'state' && f.who === 'agent');
  const path = join(server.data, 'sync.tmp'), file = openSync(path, 'w');
  const times = [], syncs = [];
  for (let i = 0; i < MESSAGES; i++) {
    syncs.push(syncOnce(file));
    const began = performance.now();
    agent.send({ type: 'say', cid: newCid('a'), ticket, text: `Il pacco parte domani, numero ${i}.` });
    await chat.take((f) => f.type === 'message' && f.from === 'agent');
    times.push(performance.now() - began);
    await wait(BREATH_MS);
  }
  closeSync(file);
  rmSync(path);
  figure('agent to visitor, through the commit: median', middle(times), 'ms');
  figure('  95 of 100 within', middle(times, 0.95), 'ms');
  figure("  the disk's own sync of a page, meanwhile: median", middle(syncs), 'ms');
  figure("agent to visitor beyond the disk's own sync: median", middle(times) - middle(syncs), 'ms', 10);
  agent.destroy();
  chat.destroy();
}

/** Kills the browser of an agent who has a chat, and waits until the visitor is told. */
async function death(server) {
  const { name, password } = await agentOf(server, 'Bruno');
  const browser = await chromium.launchServer({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await (await chromium.connect(browser.wsEndpoint())).newPage();
  const chat = await Chat.open({ port: server.port, lang: 'en' });
  chat.send({ type: 'human', cid: newCid() });
  await chat.take((f) => f.type === 'state' && f.who === 'waiting');
  await page.goto(`${server.url}/desk`);
  await page.getByLabel(/^(Nome|Name)$/).fill(name);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.take:not([data-idle])').click();
  await chat.take((f) => f.type === 'state' && f.who === 'agent');
  const began = performance.now();
  browser.process().kill('SIGKILL');
  await chat.take((f) => f.type === 'message' && f.from === 'system' && JSON.stringify(f.blocks).includes('lost the connection'), TOLD_SECONDS * 1000);
  figure("an agent's browser killed with -9: the visitor is told after", (performance.now() - began) / 1000, 's', 20);
  chat.destroy();
}

await script('bench desk', async () => {
  if (!built()) return;
  const server = await Server.start({ site: demoSite({ limits: { messages_per_minute: 1000, messages_burst: 100 } }) });
  try {
    await words(server);
    await death(server);
  } finally {
    await server.kill();
  }
});
