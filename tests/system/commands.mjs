// The command line as scripts rely on it: exit codes, what goes to stdout and what to stderr, one line for one line.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { script, Skip, test } from './lib/report.mjs';
import { built, execute, PROGRAM, ROOT, run, SAN, temporary, tinySite, told } from './lib/program.mjs';

/** What must be there; `settings` prints the reference of sportello.yaml. */
const COMMANDS = ['serve', 'init', 'check', 'test', 'publish', 'rollback', 'editions', 'ask', 'evaluate', 'learn', 'import', 'export', 'hooks', 'erase', 'user', 'audit', 'backup', 'restore', 'settings', 'aiml-cases', 'embed', 'voice'];
/** A command line that is right but for an option that nobody knows. */
const WORDS = { init: ['x'], rollback: ['1'], ask: ['ciao'], erase: ['1'], import: ['csv', 'x'], user: ['add', 'x'], backup: ['x'], restore: ['x'], 'aiml-cases': ['x'] };
const ASK_KEYS = ['text', 'kind', 'article', 'intent', 'confidence', 'in_scope', 'source', 'reply', 'options', 'us'];
const KINDS = ['answer', 'offer', 'rephrase', 'handoff', 'rule', 'flow'];

const jsonLines = (text) => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));

async function asksJson(site, text, ...words) {
  const result = await run(['ask', '--json', '--site', site, ...words, text]);
  assert.equal(result.code, 0, told(result));
  const [answer, ...more] = jsonLines(result.out);
  assert.equal(more.length, 0);
  return answer;
}

await script('commands', async () => {
  if (!built()) return;

  await test('help lists the commands on stdout; each explains itself with --help and exits 0', async () => {
    const help = await run(['--help']);
    assert.equal(help.code, 0, told(help));
    assert.equal(help.err, '');
    const listed = [...help.out.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map((m) => m[1]);
    assert.deepEqual([...listed].sort(), [...COMMANDS].sort());
    for (const command of listed) {
      const own = await run([command, '--help']);
      assert.equal(own.code, 0, `${command}: ${told(own)}`);
      assert.equal(own.err, '', command);
      assert.ok(own.out.startsWith(`usage: sportello ${command}`), `${command}: ${own.out}`);
      assert.match(own.out, /--site/, command);
      assert.match(own.out, /--data/, command);
    }
  });

  await test('wrong usage exits 2, says why on stderr and nothing on stdout', async () => {
    const cases = [[], ['frobnicate'], ['--site'], ['ask', '--json'], ['ask', 'a', 'b'], ['ask', '--lang'], ['evaluate', 'a.tsv'], ['evaluate', '--answers'], ['check', '--json=yes'],
      ['rollback'], ['backup'], ['restore'], ['init'], ['import', 'csv', 'x.csv'], ['import', 'excel', 'x.xls', '--to', 'y'], ['user', 'remove', 'x'],
      ['serve', '--port', 'http'], ['serve', '--port', '70000'], ['serve', '--port', '']];
    for (const command of COMMANDS) cases.push([command, ...(WORDS[command] ?? []), '--no-such-option']);
    const here = temporary('usage');
    for (const words of cases) {
      const result = await run(words, { cwd: here });
      assert.equal(result.code, 2, `${words.join(' ')}: ${told(result)}`);
      assert.equal(result.out, '', words.join(' '));
      assert.ok(result.err.length > 5, words.join(' '));
    }
    assert.deepEqual(readdirSync(here), [], 'and nothing is left behind');
  });

  await test('--version names the program and its version', async () => {
    const result = await run(['--version']);
    assert.equal(result.code, 0);
    assert.match(result.out, /^sportello \d+\.\d+\.\d+\S*\n$/);
  });

  const site = join(temporary('init'), 'new-site');
  await test('init makes a site that check --strict finds clean, that answers, and whose dialogues pass', async () => {
    const made = await run(['init', site]);
    assert.equal(made.code, 0, told(made));
    const checked = await run(['check', '--strict', '--site', site]);
    assert.equal(checked.code, 0, told(checked));
    assert.equal(checked.out, '', told(checked));
    for (const [lang, text] of [['it', 'quali sono gli orari?'], ['en', 'what are your opening hours?']]) {
      const answer = await asksJson(site, text, '--lang', lang);
      assert.equal(answer.kind, 'answer', JSON.stringify(answer));
      assert.match(answer.source, new RegExp(`^knowledge/${lang}/\\S+\\.md:\\d+$`));
    }
    const tested = await run(['test', '--site', site]);
    assert.equal(tested.code, 0, told(tested));
    assert.match(tested.err, /^[1-9]\d* passed, 0 failed$/m, told(tested));
    assert.ok(!existsSync(join(site, 'data')), 'check, ask and test write nothing');
    const again = await run(['init', site]);
    assert.equal(again.code, 1, `a folder with a site is left alone: ${told(again)}`);
  });

  await test('ask - prints exactly one line for each line: empty, long, invalid UTF-8, NUL, CRLF, without an end', async () => {
    const lines = [Buffer.from('quali sono gli orari?'), Buffer.alloc(0), Buffer.from('   '), Buffer.from([0xff, 0xfe, 0x80, 0x20, 0xc3]),
      Buffer.from('orari\0nascosti'), Buffer.from('\0'), Buffer.from('a'.repeat(5000)), Buffer.from('parola '.repeat(30_000)), Buffer.from('ciao\r'),
      Buffer.from('"virgolette" \\ e \t tabulazioni'), Buffer.from('\u2028riga\u0085nuova'), Buffer.from('🧑‍🔧🔩'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.alloc(0), Buffer.from('voglio una persona')];
    const input = Buffer.concat(lines.flatMap((line, i) => (i + 1 < lines.length ? [line, Buffer.from('\n')] : [line])));
    for (const words of [[], ['--json'], ['--json', '--explain'], ['--explain']]) {
      const result = await run(['ask', '-', ...words, '--site', site], { input });
      assert.equal(result.code, 0, `${words}: ${told(result)}`);
      const printed = result.out.split('\n');
      assert.equal(printed.pop(), '', 'the last line ends');
      assert.equal(printed.length, lines.length, `${words}: ${printed.map((l) => l.slice(0, 60)).join('\n')}`);
      const bad = printed.findIndex((line, i) => line.includes('\uFFFD') && !lines[i].includes('\uFFFD'));
      assert.ok(bad < 0 || Buffer.from(result.out).equals(result.bytes), `${words}: line ${bad + 1} is not valid UTF-8: ${printed[bad]}`);
      if (words[0] !== '--json') continue;
      const answers = printed.map((line) => JSON.parse(line));
      for (const a of answers) assert.deepEqual(Object.keys(a).sort(), [...ASK_KEYS].sort());
      assert.equal(answers[0].text, 'quali sono gli orari?');
      assert.equal(answers[1].text, '');
      assert.equal(answers[8].text, 'ciao');
      assert.equal(answers[9].text, '"virgolette" \\ e \t tabulazioni');
      for (const i of [1, 2, 3, 5, 6, 11, 13]) assert.notEqual(answers[i].kind, 'answer', JSON.stringify(answers[i]).slice(0, 300));
    }
    const none = await run(['ask', '-', '--json', '--site', site], { input: '' });
    assert.equal(none.code, 0, told(none));
    assert.equal(none.out, '');
  });

  await test('ask - treats each line as a fresh conversation: the order of the lines changes nothing', async () => {
    const lines = ['asdf qwer', 'quali sono gli orari?', 'asdf qwer', 'zxcv tyui', 'grazie', 'asdf qwer'];
    const ask = async (input) => jsonLines((await run(['ask', '-', '--json', '--site', site], { input: `${input.join('\n')}\n` })).out)
      .map(({ us, ...rest }) => rest);
    const forth = await ask(lines), back = await ask([...lines].reverse());
    assert.deepEqual(back.reverse(), forth);
    assert.deepEqual(forth[0], forth[2]);
  });

  await test('ask --json: every key is always there, with the values of its kind, on the demo site', async () => {
    const of = async (text, lang = 'it') => {
      const a = await asksJson(ROOT, text, '--lang', lang);
      assert.deepEqual(Object.keys(a), ASK_KEYS);
      assert.equal(a.text, text);
      assert.ok(KINDS.includes(a.kind), a.kind);
      for (const share of [a.confidence, a.in_scope]) assert.ok(share >= 0 && share <= 1, JSON.stringify(a));
      assert.ok(a.us > 0 && typeof a.reply === 'string' && a.reply.length > 0);
      assert.equal(a.kind === 'answer', a.article !== null, JSON.stringify(a));
      assert.equal(a.kind === 'offer', a.options.length > 0, JSON.stringify(a));
      for (let i = 0; i < a.options.length; i++) {
        assert.deepEqual(Object.keys(a.options[i]), ['id', 'title', 'confidence']);
        if (i > 0) assert.ok(a.options[i].confidence <= a.options[i - 1].confidence, 'best first');
      }
      return a;
    };
    const answer = await of('Quanto costa la spedizione?');
    assert.deepEqual([answer.kind, answer.article, answer.intent], ['answer', 'costo-spedizione', null]);
    assert.match(answer.source, /^knowledge\/it\/spedizioni\.md:\d+$/);
    assert.equal((await of('How much is shipping?', 'en')).article, 'costo-spedizione');
    const two = await of('dove siete e a che ora aprite?');
    assert.deepEqual([two.kind, two.article, two.intent], ['answer', 'dove-siamo', null]);
    assert.match(two.source, /^knowledge\/it\/[a-z-]+\.md:\d+$/);
    assert.match(two.reply, /^Dove si trova il negozio\?\n[^]*\nQuali sono gli orari del negozio\?\n/);
    const rule = await of('ciao');
    assert.deepEqual([rule.kind, rule.intent], ['rule', 'saluto']);
    const handoff = await of('voglio parlare con una persona');
    assert.deepEqual([handoff.kind, handoff.intent], ['handoff', 'parla-con-persona']);
    const rephrase = await of('asdf qwer zxcv');
    assert.deepEqual([rephrase.kind, rephrase.article, rephrase.intent, rephrase.source], ['rephrase', null, null, null]);
    const unknown = await run(['ask', '--lang', 'de', 'hallo', '--site', ROOT]);
    assert.equal(unknown.code, 1, told(unknown));
    assert.match(unknown.err, /de/);
  });

  await test('check names mistakes as file:line:column on stdout; --json as objects; --strict counts warnings', async () => {
    const wrong = tinySite({ orari: ['Quali sono gli orari?', 'Vedi [qui](#non-esiste).'], orari2: ['Quali sono gli orari?', 'Nove.'] });
    writeFileSync(join(wrong, 'sportello.yaml'), 'name: Prova\nlanguages: [it]\ncolour: red\n');
    const plain = await run(['check', '--site', wrong]);
    assert.equal(plain.code, 1, told(plain));
    const lines = plain.out.trim().split('\n');
    for (const line of lines) assert.match(line, /^(sportello\.yaml|knowledge\/it\/prova\.md):\d+:\d+: (error|warning): .{10,}/);
    assert.ok(lines.some((l) => /^sportello\.yaml:3:1: error: .*colour/.test(l)), plain.out);
    assert.ok(lines.some((l) => /non-esiste/.test(l)), plain.out);
    const json = await run(['check', '--json', '--site', wrong]);
    assert.equal(json.code, 1, told(json));
    const found = jsonLines(json.out);
    assert.equal(found.length, lines.length);
    found.forEach((p, i) => {
      assert.deepEqual(Object.keys(p), ['file', 'line', 'column', 'severity', 'message']);
      assert.ok(lines[i].startsWith(`${p.file}:${p.line}:${p.column}: ${p.severity}: `), lines[i]);
    });
    const warned = tinySite({ orari: ['Quali sono gli orari?', 'Dalle nove.'], aperti: ['Quali sono gli orari?', 'Fino alle sei.'] });
    assert.equal((await run(['check', '--site', warned])).code, 0);
    const strict = await run(['check', '--strict', '--site', warned]);
    assert.equal(strict.code, 1, told(strict));
    assert.match(strict.out, /: warning: /);
    const none = await run(['check', '--site', join(wrong, 'nowhere')]);
    assert.equal(none.code, 1, told(none));
  });

  await test('in a folder that is no site every command that reads one says so, and how to go on', async () => {
    const folder = temporary('empty'), nowhere = join(folder, 'nowhere');
    for (const words of [['check'], ['ask', 'ciao'], ['test'], ['evaluate'], ['publish'], ['serve'], ['export', 'csv'], ['voice', 'ciao']]) {
      const empty = await run([...words, '--site', folder]), missing = await run([...words, '--site', nowhere, '--data', join(folder, 'data')]);
      assert.equal(empty.code, 1, told(empty));
      assert.match(empty.out + empty.err, /: error: no site: .*--site.*sportello init/, words[0]);
      assert.equal(missing.code, 1, told(missing));
      assert.match(missing.out + missing.err, /nowhere: error: no such folder/, words[0]);
    }
    mkdirSync(join(folder, 'knowledge'));
    const begun = await run(['check', '--site', folder]);
    assert.equal(begun.code, 0, `one that is begun is a site: ${told(begun)}`);
  });

  await test('test prints differences as file:line: expected …, got … and exits 1', async () => {
    const with_ = tinySite({ orari: ['Quali sono gli orari?', 'Dalle nove alle sei.'], reso: ['Come faccio un reso?', 'Porta lo scontrino.'] });
    const folder = join(with_, 'tests/dialogues/it');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'a.chat'), '# Goal: the hours are told.\nvisitor: quali sono gli orari?\nbot: *nove*\n  expect article orari\n');
    writeFileSync(join(folder, 'b.chat'), '# Goal: differs.\nvisitor: quali sono gli orari?\nbot: *dieci*\n  expect article reso\n');
    const result = await run(['test', '--site', with_]);
    assert.equal(result.code, 1, told(result));
    const lines = result.out.trim().split('\n');
    assert.equal(lines.length, 2, told(result));
    assert.match(lines[0], /^tests\/dialogues\/it\/b\.chat:3: expected .*dieci.*, got .*nove/);
    assert.match(lines[1], /^tests\/dialogues\/it\/b\.chat:4: expected article reso, got answer orari/);
    assert.match(result.err, /^1 passed, 1 failed$/m);
    const one = await run(['test', join(folder, 'a.chat'), '--site', with_]);
    assert.equal(one.code, 0, told(one));
    assert.equal((await run(['test', join(folder, 'none.chat'), '--site', with_])).code, 1);
  });

  await test('user add: a random password, one from a file, one from a pipe; refusals change nothing', async () => {
    const data = join(temporary('users'), 'data');
    const add = (name, words, options) => run(['user', 'add', name, '--site', site, '--data', data, ...words], options);
    const random = await add('Anna', ['--role', 'agent', '--random-password']);
    assert.equal(random.code, 0, told(random));
    assert.match(random.out, /^\S{12,}\n$/, 'stdout is the password and nothing else');
    assert.match(random.err, /Anna/);
    const other = await add('Bruno Rossi', ['--role', 'editor', '--random-password']);
    assert.notEqual(other.out, random.out);
    const file = join(temporary('password'), 'password');
    writeFileSync(file, 'un-segreto-lungo-davvero\n', { mode: 0o600 });
    const filed = await add('Carla', ['--role', 'admin', '--password-file', file]);
    assert.equal(filed.code, 0, told(filed));
    assert.equal(filed.out, '');
    const piped = await add('Dario', ['--role', 'agent'], { input: 'un-altro-segreto-lungo\n' });
    assert.equal(piped.code, 0, told(piped));
    const twice = await add('Anna', ['--role', 'agent', '--random-password']);
    assert.equal(twice.code, 1, told(twice));
    assert.match(twice.err, /Anna is taken/);
    for (const [name, words, options, code] of [['Elena', ['--role', 'boss', '--random-password'], {}, 2], ['Elena', ['--random-password'], {}, 2],
      ['', ['--role', 'agent', '--random-password'], {}, 2], ['x'.repeat(61), ['--role', 'agent', '--random-password'], {}, 2], ['a\nb', ['--role', 'agent', '--random-password'], {}, 2],
      ['Elena', ['--role', 'agent'], { input: 'corta\n' }, 1], ['Elena', ['--role', 'agent', '--password-file', `${file}.none`], {}, 1], ['Elena', ['--role', 'agent'], { input: '' }, 1]]) {
      const refused = await add(name, words, options);
      assert.equal(refused.code, code, `${JSON.stringify(name)} ${words.join(' ')}: ${told(refused)}`);
      assert.ok(refused.err.length > 10, `no word why: ${JSON.stringify(name)} ${words.join(' ')} ${JSON.stringify(options)}`);
    }
    const fresh = await add('Elena', ['--role', 'agent', '--random-password']);
    assert.equal(fresh.code, 0, `the name is still free: ${told(fresh)}`);
    const store = Buffer.concat(readdirSync(data).filter((n) => n.startsWith('sportello.db')).map((n) => readFileSync(join(data, n))));
    for (const secret of [random.out.trim(), 'un-segreto-lungo-davvero', 'un-altro-segreto-lungo']) assert.ok(!store.includes(secret), 'only the hash is kept');
    assert.ok(store.includes('$argon2id$'));
    assert.equal(statSync(data).mode & 0o777, 0o700);
  });

  await test('settings prints the reference page that stands in docs/settings.md', async () => {
    const result = await run(['settings', '--markdown']);
    assert.equal(result.code, 0, told(result));
    if (!existsSync(join(ROOT, 'docs/settings.md'))) throw new Skip('docs/settings.md is not there');
    assert.equal(result.out, readFileSync(join(ROOT, 'docs/settings.md'), 'utf8'), 'make docs prints it again');
  });

  await test('the man page renders without a warning and names every command and option', async () => {
    const page = join(ROOT, 'install/sportello.1');
    const result = await execute('groff', ['-man', '-ww', '-Tutf8', '-P-cbu', page]).catch((error) => {
      if (error.code === 'ENOENT') throw new Skip('groff is not here');
      throw error;
    });
    assert.equal(result.code, 0, told(result));
    assert.equal(result.err, '');
    const text = result.out.replaceAll(/\u2010\n\s+/g, '').replaceAll(/-\n\s+/g, '-'); // words broken at the margin
    for (const command of COMMANDS) {
      assert.match(result.out, new RegExp(`\\b${command}\\b`), command);
      const help = await run([command, '--help']);
      for (const [, option] of help.out.matchAll(/^ {2}(--[a-z-]+)/gm)) assert.match(text, new RegExp(`${option}(?![a-z-])`), `${command} ${option}`);
    }
  });

  await test('make install puts program, man page, unit and language tables below DESTDIR, and nothing else', async () => {
    const to = temporary('install');
    const env = { MAKEFLAGS: '', MFLAGS: '', MAKELEVEL: '' };
    const words = ['--no-print-directory', 'install', `DESTDIR=${to}`, 'PREFIX=/usr', ...(SAN ? ['SAN=1'] : []), ...(process.env.CC ? [`CC=${process.env.CC}`] : [])];
    const result = await execute(process.env.MAKE || 'make', words, { env, patience: 600_000 });
    assert.equal(result.code, 0, told(result));
    const files = readdirSync(to, { recursive: true }).filter((name) => statSync(join(to, name)).isFile()).sort();
    const tables = readdirSync(join(ROOT, 'build/share')).filter((name) => /\.(tab|txt)$/.test(name)).sort();
    assert.ok(tables.length > 0, 'no language tables were made');
    assert.deepEqual(files, [
      'usr/bin/sportello', 'usr/lib/systemd/system/sportello.service', 'usr/share/man/man1/sportello.1',
      ...tables.map((name) => `usr/share/sportello/${name}`),
    ]);
    const unit = readFileSync(join(to, files[1]), 'utf8');
    assert.doesNotMatch(unit, /@\w+@/);
    assert.match(unit, /^ExecStart=\/usr\/bin\/sportello serve /m);
    assert.equal(statSync(join(to, files[0])).mode & 0o777, 0o755);
    assert.ok(readFileSync(join(to, files[0])).equals(readFileSync(PROGRAM)));
  });
});
