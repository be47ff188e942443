// Bad days of the disk: full, refusing every write, read-only from the start; and copies of the store for worse ones.

import assert from 'node:assert/strict';
import { chmodSync, closeSync, copyFileSync, existsSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { script, Skip, test, note } from './lib/report.mjs';
import { Chat, plain } from './lib/chat.mjs';
import { built, demoSite, execute, PROGRAM, run, Server, temporary, told, until } from './lib/program.mjs';

const LIMITS = { limits: { messages_per_minute: 1000, messages_burst: 100, address_messages_per_minute: 1_000_000 } };
/** Pages that the store had room for already may still be written: so many attempts at most. */
const ATTEMPTS = 400;
const TMPFS = '24m';

/** Writes until nothing more goes into the file system. */
function fill(file) {
  const fd = openSync(file, 'a');
  try {
    for (let size = 1 << 20; size >= 1; size >>= 1) {
      const bytes = Buffer.alloc(size, 0x78);
      try {
        for (;;) writeSync(fd, bytes);
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(fd);
  }
}

/** Says things until the store refuses one; the client id of that one, and what was acknowledged before. */
async function sayUntilRefused(chat) {
  const kept = [];
  for (let i = 0; i < ATTEMPTS; i++) {
    const text = `Quanto costa la spedizione? ${'e poi '.repeat(60)}${i}`;
    const cid = chat.say(text);
    try {
      kept.push({ cid, text, seq: await chat.ack(cid) });
    } catch (error) {
      if (error.code === 'slow_down') continue;
      assert.equal(error.code, 'not_saved', String(error));
      assert.ok(error.frame.message.length > 10, 'the error tells the visitor what to do');
      return { cid, text, kept };
    }
  }
  throw new Error(`${ATTEMPTS} messages were acknowledged although nothing can be written`);
}

/** While writing is refused: reads go on, nothing is acknowledged, /healthz says so. `before`: seq of the conversation. */
async function readsGoOn(server, chat, before) {
  const reader = await Chat.open({ port: server.port, token: chat.token, after: 0 });
  const events = await reader.history();
  assert.equal(events.length, before);
  assert.equal(reader.welcome.seq, before);
  const newcomer = await Chat.open({ port: server.port });
  assert.equal(newcomer.welcome.seq, 0);
  await assert.rejects(newcomer.ask('quali sono gli orari'), { code: 'not_saved' });
  assert.equal(newcomer.seq, 0);
  const health = await server.get('/healthz');
  assert.equal(health.status, 503, health.text);
  assert.equal((await server.get('/')).status, 200);
  reader.destroy();
  newcomer.destroy();
}

/** Once writing works again: the refused message goes through, and after a restart all is there. */
async function recovers(server, chat, refused, first) {
  chat.say(refused.text, refused.cid);
  // It was refused before under the same id: only what comes now counts.
  chat.frames = [];
  const seq = await chat.ack(refused.cid);
  const answer = await chat.ask('grazie');
  assert.equal((await server.get('/healthz')).status, 200);
  assert.ok(plain(answer.blocks).length > 0);
  assert.equal((await server.stop()).code, 0);
  const again = await Server.start({ site: server.site, data: server.data });
  try {
    const reader = await Chat.open({ port: again.port, token: chat.token, after: 0 });
    const events = await reader.history();
    events.forEach((e, i) => assert.equal(e.seq, i + 1));
    const stored = new Map(events.filter((e) => e.from === 'visitor').map((e) => [e.cid, e.seq]));
    for (const k of [...first, ...refused.kept]) assert.equal(stored.get(k.cid), k.seq, 'acknowledged, so it is there');
    assert.equal(stored.get(refused.cid), seq);
    assert.equal(stored.size, first.length + refused.kept.length + 2, 'and nothing else');
    reader.destroy();
  } finally {
    assert.equal((await again.stop()).code, 0);
  }
}

/** A conversation that has begun: the client and what it said so far. */
async function begun(server) {
  const chat = await Chat.open({ port: server.port });
  const cid = chat.say('buongiorno');
  const first = [{ cid, seq: await chat.ack(cid) }];
  await until('the greeting', () => [...chat.events.values()].some((e) => e.from === 'bot'));
  return { chat, first };
}

await script('bad days of the disk', async () => {
  if (!built()) return;
  const site = demoSite(LIMITS);

  await test('a full disk: nothing is acknowledged, reads go on, and it recovers by itself', async () => {
    const mount = temporary('tmpfs');
    const mounted = await execute('mount', ['-t', 'tmpfs', '-o', `size=${TMPFS}`, 'sportello-test', mount]).catch((error) => ({ code: 1, err: String(error) }));
    if (mounted.code !== 0) throw new Skip(`mounting is refused here (${mounted.err.trim().split('\n')[0]})`);
    let server;
    try {
      const data = join(mount, 'data'), filler = join(mount, 'filler');
      server = await Server.start({ site, data });
      const { chat, first } = await begun(server);
      fill(filler);
      const refused = await sayUntilRefused(chat);
      note(`${refused.kept.length} messages fitted into room the store already had`);
      await readsGoOn(server, chat, chat.seq);
      const published = await server.command('publish', '--note', 'no room');
      assert.equal(published.code, 1, told(published));
      rmSync(filler);
      await recovers(server, chat, refused, first);
    } finally {
      await server?.kill();
      await execute('umount', ['-l', mount]);
    }
  });

  // A limit of the size of files refuses writes at any place of a file, as a failing device does; the wrapper has the
  // signal that goes with it ignored.
  const startLimited = async () => {
    const server = await Server.start({ site, data: join(temporary('data'), 'data'), wrap: ['/bin/sh', '-c', "trap '' XFSZ; exec \"$@\"", 'sh'] });
    const limit = async (words) => {
      const done = await execute('prlimit', ['--pid', String(server.pid), `--fsize=${words}`]).catch((error) => ({ code: 1, err: String(error) }));
      if (done.code !== 0) throw new Skip(`prlimit is refused here (${done.err.trim()})`);
    };
    return { server, refuseWrites: () => limit('0:'), allowWrites: () => limit('unlimited:') };
  };

  await test('a store that refuses every write: nothing is acknowledged, reads go on, and it recovers by itself', async () => {
    const { server, refuseWrites, allowWrites } = await startLimited();
    try {
      const { chat, first } = await begun(server);
      await refuseWrites();
      const refused = await sayUntilRefused(chat);
      assert.deepEqual(refused.kept, [], 'not one write can have succeeded');
      await readsGoOn(server, chat, chat.seq);
      await allowWrites();
      await recovers(server, chat, refused, first);
    } finally {
      await server.kill();
    }
  });

  await test('/healthz is well again once writing works, without anybody writing', async () => {
    const { server, refuseWrites, allowWrites } = await startLimited();
    try {
      const { chat } = await begun(server);
      await refuseWrites();
      await sayUntilRefused(chat);
      assert.equal((await server.get('/healthz')).status, 503);
      chat.destroy();
      await allowWrites();
      await until('/healthz to be well again', async () => (await server.get('/healthz')).status === 200, 15_000);
    } finally {
      await server.kill();
    }
  });

  await test('a read-only store at the start is refused in clear words and left as it is', async () => {
    const data = join(temporary('data'), 'data');
    await (await Server.start({ site, data })).stop();
    const before = readFileSync(join(data, 'sportello.db'));
    // Root may write anything: the program runs as nobody, from where nobody may read it (a clone
    // in /root is closed to others).
    const nobody = { uid: 65534, gid: 65534, program: join(data, '..', 'sportello') };
    const as = process.getuid() === 0 ? nobody : {};
    if (as.program) copyFileSync(PROGRAM, as.program);
    for (const name of readdirSync(data)) if (statSync(join(data, name)).isFile()) chmodSync(join(data, name), name === 'lock' ? 0o666 : 0o444);
    chmodSync(join(data, '..'), 0o755);
    chmodSync(join(site, '..'), 0o755);
    chmodSync(data, 0o555);
    try {
      await assert.rejects(Server.start({ site, data, ...as }), (error) => {
        assert.match(error.message, /serve ended with 1\b/, error.message);
        assert.match(error.message, /sportello\.db|store/, error.message);
        assert.match(error.message, /read-?only|readonly|[Pp]ermission|not writable|cannot write/, error.message);
        return true;
      });
    } finally {
      chmodSync(data, 0o700);
    }
    assert.ok(readFileSync(join(data, 'sportello.db')).equals(before));
  });

  await test('backup while running, and restore: the conversation is there again', async () => {
    const data = join(temporary('data'), 'data'), folder = temporary('backup');
    const file = join(folder, 'copy.db');
    const server = await Server.start({ site, data });
    const { chat } = await begun(server);
    let atBackup;
    try {
      // Others talk on while the copy is made.
      const talking = (async () => {
        const other = await Chat.open({ port: server.port });
        for (let i = 0; i < 30; i++) await other.ask(`quanto costa la spedizione ${i}`);
        other.destroy();
      })();
      const saved = await server.command('backup', file);
      assert.equal(saved.code, 0, told(saved));
      await talking;
      atBackup = chat.seq;
      assert.equal(statSync(file).mode & 0o077, 0, 'others may not read the copy');
      const twice = await server.command('backup', file);
      assert.equal(twice.code, 1, 'a file that exists is not overwritten');
      const busy = await server.command('restore', file);
      assert.equal(busy.code, 1, told(busy));
      assert.match(busy.err, /in use/, told(busy));
      await chat.ask('quali sono gli orari');
    } finally {
      assert.equal((await server.stop()).code, 0);
    }
    const restored = await run(['restore', file, '--site', site, '--data', data]);
    assert.equal(restored.code, 0, told(restored));
    assert.ok(existsSync(join(data, 'sportello.db.before-restore')), 'the former store is kept');
    const again = await Server.start({ site, data });
    try {
      const reader = await Chat.open({ port: again.port, token: chat.token, after: 0 });
      assert.equal(reader.welcome.seq, atBackup, 'as it was at the backup');
      await reader.history();
      const answer = await reader.ask('quali sono gli orari');
      assert.equal(answer.seq, atBackup + 2);
      reader.destroy();
    } finally {
      assert.equal((await again.stop()).code, 0);
    }
  });

  await test('restore refuses what is no backup, and changes nothing', async () => {
    const data = join(temporary('data'), 'data'), folder = temporary('wrong');
    await (await Server.start({ site, data })).stop();
    const before = readFileSync(join(data, 'sportello.db'));
    const good = join(folder, 'good.db');
    assert.equal((await run(['backup', good, '--site', site, '--data', data])).code, 0);
    const damaged = readFileSync(good);
    // In the middle of the pages: the header stays that of a database.
    damaged.fill(0xa5, 4096 * 3, Math.min(damaged.length, 4096 * 9));
    const files = { 'text.db': 'this is no database\n'.repeat(500), 'empty.db': '', 'cut.db': readFileSync(good).subarray(0, 4096 * 3), 'damaged.db': damaged };
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(folder, name), bytes);
      const result = await run(['restore', join(folder, name), '--site', site, '--data', data]);
      assert.equal(result.code, 1, `${name}: ${told(result)}`);
      assert.ok(result.err.trim().length > 0, name);
      assert.ok(readFileSync(join(data, 'sportello.db')).equals(before), `${name}: the store is as it was`);
    }
    const missing = await run(['restore', join(folder, 'none.db'), '--site', site, '--data', data]);
    assert.equal(missing.code, 1, told(missing));
  });
});
