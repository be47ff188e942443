// The voice helper: what it answers and what it withstands, the tracks and sounds that the server makes with it, and what
// remains where it dies, hangs or is not there. The server never links it.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Chat } from './lib/chat.mjs';
import { execute, PROGRAM, ROOT, run, SAN, Server, temporary, tinySite, told, until, writeTopic } from './lib/program.mjs';
import { note, script, skip, test } from './lib/report.mjs';

const HELPER = resolve(ROOT, process.env.BUILD || 'build', 'voice/sportello-voice');
const TRACK = /^([a-o][0-9a-z])+$/;
const ENTRIES = {
  orari: ['Quali sono gli orari?', 'Siamo aperti dalle 9 alle 18.'],
  pin: ['Dove trovo il PIN?', 'Il PIN arriva per posta. Scrivi a info@olmo.it o chiama lo 055 123456.'],
};

/** Requests to one helper, and what it answers to each: {ms, events, sound} or {error}. */
async function say(requests) {
  const input = Buffer.concat(requests.map((r) => (Buffer.isBuffer(r) ? r : request(r))));
  const { code, signal, bytes } = await execute(HELPER, [], { input });
  const answers = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const [word, ...rest] = bytes.subarray(at, end).toString().split(' ');
    at = end + 1;
    if (word === 'error') answers.push({ error: rest.join(' ') });
    else {
      const [ms, events, sound] = rest.map(Number);
      answers.push({ ms, events: bytes.subarray(at, at + events).toString(), sound: bytes.subarray(at + events, at + events + sound) });
      at += events + sound;
    }
  }
  return { code, signal, answers };
}

const request = ({ verb = 'track', voice = 'it', rate = 165, pitch = 50, text }) =>
  Buffer.concat([Buffer.from(`${verb} ${voice} ${rate} ${pitch} ${Buffer.byteLength(text)}\n`), Buffer.from(text)]);

const ms = (track) => [...track].reduce((sum, digit, i) => sum + (i % 2 ? parseInt(digit, 36) * 10 : 0), 0);

const site = (settings) => tinySite(ENTRIES, { 'voice.program': HELPER, ...settings });

/** A helper that is a script. */
function fake(words) {
  const path = join(temporary('helper'), 'helper');
  writeFileSync(path, `#!/bin/sh\n${words}\n`);
  chmodSync(path, 0o700);
  return path;
}

async function ask(server, text) {
  const chat = await Chat.open({ port: server.port });
  const message = await chat.ask(text);
  chat.close();
  return message;
}

await script('voice', async () => {
  if (!existsSync(HELPER)) return skip('voice', 'the helper is not built (make voice)');

  await test('the server links no eSpeak, and its source includes none of it', async () => {
    const { out } = await execute('ldd', [PROGRAM]);
    assert.ok(!/espeak/.test(out), out);
    assert.match((await execute('ldd', [HELPER])).out, SAN ? /./ : /espeak/);
    const found = await execute('grep', ['-rln', '#include.*espeak', 'bot']);
    assert.equal(found.out, '');
  });

  await test('the helper tells what is heard when, and gives WAV of that length', async () => {
    const { code, answers } = await say([{ verb: 'speak', text: 'Ciao, come va?' }, { text: 'Bene.' }, { voice: 'en', text: 'Hello' }]);
    assert.equal(code, 0);
    const [ciao, bene, hello] = answers;
    const times = ciao.events.trim().split('\n').map((line) => Number(line.split(' ')[0]));
    assert.deepEqual(times, [...times].sort((a, b) => a - b));
    assert.ok(times.at(-1) <= ciao.ms);
    assert.match(ciao.events, /^\d+ p tS$/m);
    assert.match(ciao.events, /^\d+ w 6 4$/m);
    assert.equal(ciao.sound.subarray(0, 4).toString(), 'RIFF');
    assert.equal(ciao.sound.readUInt32LE(40), ciao.sound.length - 44);
    assert.ok(Math.abs((ciao.sound.length - 44) / 2 / ciao.sound.readUInt32LE(24) - ciao.ms / 1000) < 0.01);
    assert.equal(bene.sound.length, 0);
    assert.ok(hello.events.includes(' p '));
  });

  const opus = /with Opus/.test((await execute(HELPER, ['--version'])).out);
  if (!opus) skip('sound as Opus', 'the helper was built without libopusenc');
  else await test('as Opus the same is said at the same times, in a tenth of the bytes, and again in the same ones', async () => {
    const { code, answers } = await say(['speak', 'opus', 'opus'].map((verb) => ({ verb, text: 'In Italia la spedizione costa sei euro e cinquanta.' })));
    assert.equal(code, 0);
    const [wav, first, again] = answers;
    assert.deepEqual([first.ms, first.events], [wav.ms, wav.events]);
    assert.deepEqual([...first.sound.subarray(0, 4)], [...Buffer.from('OggS')]);
    assert.ok(first.sound.length * 10 < wav.sound.length, `${first.sound.length} of ${wav.sound.length} bytes`);
    assert.ok(first.sound.equals(again.sound));
    // The container's own figures (RFC 7845): samples at 48 kHz in all, less those before the speech.
    const skip = first.sound.readUInt16LE(first.sound.indexOf('OpusHead') + 10);
    const last = first.sound.readBigUInt64LE(first.sound.lastIndexOf('OggS') + 6);
    assert.ok(Math.abs((Number(last) - skip) / 48 - (wav.sound.length - 44) / 2 / 22.05) < 1, `${Number(last) - skip} samples`);
    const texts = [' ', '…', 'a'.repeat(16384), '日本語'];
    const odd = await say(texts.map((text) => ({ verb: 'opus', text })));
    assert.equal(odd.code, 0);
    assert.deepEqual(odd.answers.map(({ sound }) => sound?.subarray(0, 4).toString()), texts.map(() => 'OggS'));
  });

  await test('no text makes the helper fall, and none has a meaning beyond its words', async () => {
    const plain = (await say([{ text: 'speak version' }])).answers[0];
    const texts = [
      '<speak version="1.0"><audio src="file:///etc/passwd"/></speak>', '[[h@l@U]]', '\0\0\0', '\x1b[2J\r\n\t', ' ', '…', '🙂'.repeat(2000),
      'a'.repeat(16384), '9'.repeat(16384), '%s%n%d', "'; rm -rf /", 'ab\u0301'.repeat(1000), '日本語テキスト', 'العربية', '.'.repeat(5000),
      'a.b.c.'.repeat(2000), '1.'.repeat(5000), '\u202e\u200b\ufeff', '((((('.repeat(1000),
    ];
    const wrong = [Buffer.from('track it 165 50 4\n\xff\xfe\xc0\x80', 'latin1'), Buffer.from('track it 165 50 3\n\xed\xa0\x80', 'latin1')];
    const { code, signal, answers } = await say([...texts.map((text) => ({ text })), ...wrong, { text: 'Ciao.' }]);
    assert.equal(code, 0, `ended by ${signal}`);
    assert.equal(answers.length, texts.length + wrong.length + 1);
    assert.ok(answers.at(-1).events.includes('tS'));
    assert.notEqual(answers[0].events, plain.events);
    for (const { ms: length } of answers) assert.ok(length <= 120000, String(length));
  });

  await test('a header that is not understood ends the helper, a voice that is not there does not', async () => {
    const { code, answers } = await say([{ voice: 'nobody', text: 'a' }, { text: 'Ciao' }]);
    assert.deepEqual([code, answers[0].error, answers[1].error], [0, 'there is no such voice', undefined]);
    for (const header of [
      'speak', 'sing it 165 50 1\na', 'speak ../../etc/passwd 165 50 1\na', 'speak it 79 50 1\na', 'speak it 451 50 1\na', 'speak it 165 100 1\na',
      'speak it 165 50 0\n', 'speak it 165 50 16385\n', 'speak it 165 50 -1\n', 'speak it 165 50 9999999999999999999\n', 'speak it 165 50 5\nabc',
      'x'.repeat(100000), `speak ${'v'.repeat(41)} 165 50 1\na`,
    ]) {
      const { code: end, signal, answers: said } = await say([Buffer.from(header)]);
      assert.deepEqual([end, signal, said.length], [1, null, 1], header.slice(0, 60));
    }
  });

  await test('its --help names the protocol; words it does not know are wrong usage', async () => {
    const help = await execute(HELPER, ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /track VOICE RATE PITCH BYTES/);
    assert.equal((await execute(HELPER, ['--nonsense'])).code, 2);
  });

  await test('`sportello voice` shows how a text is read, with the site’s own pronunciations', async () => {
    const folder = site({ pronunciation: { it: { PIN: 'pin', CIE: 'ci i e' } } });
    const wav = join(temporary('wav'), 'x.wav');
    const shown = await run(['voice', '--site', folder, '--json', '--to', wav, 'Il PIN della CIE: info@olmo.it, 055 123456']);
    assert.equal(shown.code, 0, told(shown));
    const said = JSON.parse(shown.out);
    assert.equal(said.read, 'Il pin della ci i e: info chiocciola olmo punto it, 0 5, 5 1, 2 3, 4 5 6.');
    assert.match(said.track, TRACK);
    assert.equal(said.ms, ms(said.track));
    const bytes = readFileSync(wav);
    const ogg = wav.replace('.wav', '.opus');
    const asOpus = await run(['voice', '--site', folder, '--to', ogg, 'Ciao']);
    if (opus) assert.equal(readFileSync(ogg).subarray(0, 4).toString(), 'OggS');
    else assert.match(asOpus.err, /built without Opus/);
    assert.ok(Math.abs((bytes.length - 44) / 2 / bytes.readUInt32LE(24) - said.ms / 1000) < 0.02);
    assert.equal((await run(['voice', '--site', tinySite(ENTRIES, { 'voice.program': '/nowhere' }), 'Ciao'])).code, 1);
  });

  await test('publishing makes the tracks; an answer carries its own from the first time on, and without sound no voice', async () => {
    const folder = site();
    const made = await run(['publish', '--site', folder]);
    assert.equal(made.code, 0, told(made));
    assert.equal(readdirSync(join(folder, 'data/voice')).filter((name) => name.endsWith('.track')).length, 2);
    assert.equal(statSync(join(folder, 'data/voice')).mode & 0o777, 0o700);
    const server = await Server.start({ site: folder });
    const first = await until('the tracks are taken up', async () => {
      const message = await ask(server, 'Quali sono gli orari?');
      return message.track && message;
    });
    assert.match(first.track, TRACK);
    assert.ok(ms(first.track) > 1500 && ms(first.track) < 6000, first.track);
    assert.equal(first.voice, undefined);
    assert.equal((await fetch(`${server.url}/voice/${'0'.repeat(32)}.wav`)).status, 404);
    await server.stop();
  });

  await test('what was said is heard by its id, and nothing else is', async () => {
    const server = await Server.start({ site: site({ 'voice.sound': 'on' }) });
    const { voice } = await ask(server, 'Dove trovo il PIN?');
    assert.match(voice, /^[0-9a-f]{32}$/);
    const heard = await fetch(`${server.url}/voice/${voice}.wav`);
    assert.equal(heard.status, 200);
    assert.equal(heard.headers.get('content-type'), 'audio/wav');
    assert.equal(heard.headers.get('access-control-allow-origin'), '*');
    assert.match(heard.headers.get('cache-control'), /immutable/);
    const bytes = Buffer.from(await heard.arrayBuffer());
    assert.equal(bytes.subarray(0, 4).toString(), 'RIFF');
    const track = await (await fetch(`${server.url}/voice/${voice}.track`)).text();
    assert.ok(Math.abs((bytes.length - 44) / 2 / bytes.readUInt32LE(24) - ms(track) / 1000) < 0.02);
    for (const path of [`${'0'.repeat(32)}.wav`, `${voice}.mp3`, `${voice}.opus`, `${voice}.`, '../key', `${voice}.wav.track`, 'key', `${voice.toUpperCase()}x.wav`])
      assert.equal((await fetch(`${server.url}/voice/${path}`)).status, 404, path);
    // Without a suffix it is what the browser can play.
    for (const [accept, type, begins] of [['audio/ogg;codecs=opus, audio/wav;q=0.5', opus && 'audio/ogg; codecs=opus', 'OggS'], ['audio/wav', 'audio/wav', 'RIFF'], ['*/*', 'audio/wav', 'RIFF']]) {
      const answer = await fetch(`${server.url}/voice/${voice}`, { headers: { Accept: accept } });
      assert.equal(answer.status, 200);
      assert.deepEqual([answer.headers.get('content-type'), answer.headers.get('vary')], [type || 'audio/wav', 'accept'], accept);
      assert.equal(Buffer.from(await answer.arrayBuffer()).subarray(0, 4).toString(), type ? begins : 'RIFF');
    }
    // Many at once are one piece of work, and none is lost.
    const all = await Promise.all(Array.from({ length: 20 }, () => fetch(`${server.url}/voice/${voice}.wav`)));
    for (const one of all) assert.equal(one.status, 200);
    await server.stop();
    // It is kept: another start gives the same, without anybody saying it again.
    const again = await Server.start({ site: server.site });
    assert.equal((await fetch(`${again.url}/voice/${voice}.wav`)).status, 200);
    await again.stop();
  });

  await test('what a flow says has its track the first time; publishing says where there can be none', async () => {
    const folder = site();
    mkdirSync(join(folder, 'intents/it'), { recursive: true });
    writeFileSync(join(folder, 'intents/it/nome.yaml'), 'intent: nome\npatterns: ["vorrei registrarmi"]\nexamples: [vorrei registrarmi]\nslots:\n' +
      '  nome: {type: text, ask: "Come ti chiami?"}\nsteps:\n  - say: "Molto volentieri."\n  - ask: nome\n  - say: "Ciao {nome}."\n');
    const made = await run(['publish', '--site', folder]);
    assert.equal(made.code, 0, told(made));
    assert.match(made.err, /texts with values in them \(\{\.\.\.\}\) have no track/);
    // Two answers, the question, and the question behind the words before it.
    assert.equal(readdirSync(join(folder, 'data/voice')).filter((name) => name.endsWith('.track')).length, 4);
    const server = await Server.start({ site: folder });
    await until('the tracks are taken up', async () => (await server.metric('sportello_voice_tracks_total')) >= 4);
    const message = await ask(server, 'vorrei registrarmi');
    assert.match(JSON.stringify(message.blocks), /Molto volentieri.*Come ti chiami/);
    assert.match(message.track ?? '', TRACK);
    await server.stop();
  });

  await test('a site may want WAV only', async () => {
    const server = await Server.start({ site: site({ 'voice.sound': 'on', 'voice.format': 'wav' }) });
    const { voice } = await ask(server, 'Quali sono gli orari?');
    const answer = await fetch(`${server.url}/voice/${voice}`, { headers: { Accept: 'audio/ogg' } });
    assert.equal(answer.headers.get('content-type'), 'audio/wav');
    await server.stop();
  });

  await test('an answer said for the first time has its track the second time', async () => {
    const server = await Server.start({ site: site() });
    await until('the track of a new text', async () => (await ask(server, 'xyzzy plugh')).track);
    await server.stop();
  });

  await test('a helper that dies, hangs or talks nonsense takes nothing with it', async () => {
    for (const [what, words] of [
      ['dies', 'exit 1'], ['is killed', 'kill -9 $$'], ['talks nonsense', 'head -c 1000000 /dev/urandom'], ['hangs', 'exec sleep 300'],
      ['promises too much', "echo 'ok 100 4000000000 4000000000'; exec sleep 300"], ['cannot start', ''],
    ]) {
      const folder = tinySite(ENTRIES, { 'voice.program': words ? fake(words) : '/nowhere', 'voice.sound': 'on' });
      const server = await Server.start({ site: folder, args: ['--quiet'], patience: 120_000 });
      const began = Date.now();
      const message = await ask(server, 'Quali sono gli orari?');
      assert.match(JSON.stringify(message.blocks), /dalle 9 alle 18/, what);
      assert.equal(message.track, undefined, what);
      note(`${what}: answered in ${Date.now() - began} ms`);
      // The server ends at once, and its helper with it.
      const end = await server.stop();
      assert.equal(end?.code ?? 0, 0, what);
      assert.equal((await execute('pgrep', ['-fx', 'sleep 300'])).out, '', what);
    }
  });

  await test('mistakes in the pronunciations are named with their place', async () => {
    const folder = tinySite(ENTRIES, {});
    writeFileSync(join(folder, 'sportello.yaml'), 'languages: [it]\npronunciation:\n  it:\n    due parole: x\n  de: {PIN: pin}\n');
    const checked = await run(['check', '--site', folder]);
    assert.equal(checked.code, 1);
    assert.match(checked.out, /sportello\.yaml:4:5: error: “due parole” is not one word/);
    assert.match(checked.out, /sportello\.yaml:5:3: error: “de” is no language of this site/);
  });

  await test('a new pronunciation is heard after publishing', async () => {
    const folder = site({ 'voice.sound': 'on' });
    const server = await Server.start({ site: folder });
    const before = await ask(server, 'Dove trovo il PIN?');
    writeTopic(folder, { ...ENTRIES, altro: ['Altro?', 'Altro.'] });
    writeFileSync(join(folder, 'sportello.yaml'), `${readFileSync(join(folder, 'sportello.yaml'), 'utf8')}pronunciation: {it: {PIN: codice segreto}}\n`);
    const published = await run(['publish', '--site', folder]);
    assert.equal(published.code, 0, told(published));
    const after = await until('the new words', async () => {
      const message = await ask(server, 'Dove trovo il PIN?');
      return message.track && message;
    });
    assert.notEqual(after.voice, before.voice);
    await server.stop();
  });
});
