// How far the mouth is from the voice: |time of a shape − time of its sound|, the 95th percentile, on sentences of the demo
// site that nobody chose. The truth is what eSpeak NG says of its own phonemes.
//
//   server       the track that the server makes, against the clock of the sound
//   boundaries   the letters, taken up anew where the browser tells of a word
//   letters      the letters alone, from each clause's start (voice.js speaks such a voice clause by clause), at the pace
//                that earlier ones showed
//
// What a browser adds is made up here, by a chance that is always the same: a frame is drawn up to 17 ms after its time; the
// clock of Web Audio is right within 10 ms; speechSynthesis tells of a start or a word 5 to 50 ms late, and of one word in
// twenty not at all. Browsers' voices have other paces than the letters: three rates are tried.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Follower, sentencesOf } from '../../web-widget/speech/follow.js';
import { visemesOf } from '../../web-widget/speech/letters-it.js';
import { decode, timelineOf } from '../../web-widget/speech/track.js';
import { HELPER, helperIsThere, listen } from '../browser/speech/helper.mjs';
import { align, percentile } from '../browser/speech/shapes.mjs';

const SENTENCES = 120;
/** The first is eSpeak NG's own, and the one that the limits are for. */
const RATES = [175, 140, 200];
const LIMIT = { server: 40, boundaries: 90, letters: 180 };
const PROGRAM = join(process.env.BUILD || 'build', 'sportello');

let seed = 1;
/** The same numbers every time. @param {number} low @param {number} high */
function chance(low, high) {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return low + ((high - low) * (seed >>> 8)) / (1 << 24);
}

/** Sentences of the demo's answers, in the order of their hashes. */
function sentences() {
  const found = new Set();
  for (const name of readdirSync('knowledge/it').sort()) {
    for (const line of readFileSync(join('knowledge/it', name), 'utf8').split('\n')) {
      if (/^(---|#|- |\w+:|\s*$)/.test(line)) continue;
      const text = line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]|^\d+\. /g, '');
      for (const one of text.match(/[^.!?]+[.!?]+(?=\s|$)/g) ?? []) if (/^[\p{Script=Latin} ,;:.!?'’]{30,200}$/u.test(one.trim())) found.add(one.trim());
    }
  }
  return [...found]
    .map((text) => ({ text, hash: createHash('sha256').update(text).digest('hex') }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, SENTENCES)
    .map(({ text }) => text);
}

/** Errors of what is shown, against what is heard; silence is no shape that one waits for.
 * @param {{viseme: number, at: number}[]} shown @param {{viseme: number, at: number}[]} heard */
function errors(shown, heard) {
  const one = shown.filter((s, i) => s.viseme && s.viseme !== shown.slice(0, i).findLast((x) => x.viseme)?.viseme);
  const two = heard.filter((s, i) => s.viseme && s.viseme !== heard.slice(0, i).findLast((x) => x.viseme)?.viseme);
  return align(one.map((s) => s.viseme), two.map((s) => s.viseme)).pairs.map(([i, j]) => Math.abs(one[i].at - two[j].at));
}

/** A timeline from a moment on, as it is drawn. */
const drawn = (timeline, from, jitter = 0) =>
  timeline.viseme.map((viseme, i) => ({ viseme, at: from + timeline.at[i] + chance(0, 17) + (jitter ? chance(-jitter, jitter) : 0) }));

/** By the server's own track. @param {string[]} texts @param {number} rate */
function byServer(texts, rate) {
  const site = mkdtempSync(join(tmpdir(), 'sportello-lipsync-'));
  mkdirSync(join(site, 'knowledge/it'), { recursive: true });
  writeFileSync(join(site, 'sportello.yaml'), `languages: [it]\nvoice: {program: "${HELPER}", rate: ${rate}}\n`);
  const said = texts.map((text) => {
    const { stdout, stderr } = spawnSync(PROGRAM, ['voice', '--site', site, '--json', text], { encoding: 'utf8' });
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout);
  });
  rmSync(site, { recursive: true, force: true });
  const heard = listen(said.map((one) => one.read), { rate });
  return said.flatMap((one, i) => errors(drawn(timelineOf(decode(one.track) ?? []), 0, 10), heard[i].shapes));
}

/** By letters, with words' beginnings or without. @param {string[]} texts @param {number} rate @param {boolean} words */
function byLetters(texts, rate, words) {
  const follower = new Follower();
  let clock = 0;
  const pieces = words ? texts : texts.flatMap((text) => sentencesOf(text, true).map((clause) => clause.text));
  return listen(pieces, { rate }).flatMap((heard, i) => {
    const late = chance(5, 50);
    let timeline = follower.begin(visemesOf(pieces[i]), clock + late);
    let from = late;
    const shown = [];
    for (const word of words ? heard.words : []) {
      if (word.char === 0 || chance(0, 1) < 0.05) continue;
      const told = word.at + chance(5, 50);
      const anew = follower.word(word.char, clock + told);
      if (!anew) continue;
      shown.push(...drawn(timeline, from).filter((s) => s.at < told));
      timeline = anew;
      from = told;
    }
    shown.push(...drawn(timeline, from));
    follower.end(clock + heard.ms + chance(5, 50));
    clock += heard.ms + 500;
    // The first sentences are for learning the pace.
    return i < 3 ? [] : errors(shown, heard.shapes);
  });
}

if (!helperIsThere()) {
  console.log('lipsync: skipped, the voice helper is not built (make voice)');
} else {
  const texts = sentences();
  console.log(`${texts.length} sentences`);
  for (const rate of RATES) {
    const figures = { server: byServer(texts, rate), boundaries: byLetters(texts, rate, true), letters: byLetters(texts, rate, false) };
    for (const [name, all] of Object.entries(figures)) {
      const [half, p95] = [percentile(all, 0.5), percentile(all, 0.95)].map(Math.round);
      const verdict = rate !== RATES[0] ? 'as it is' : p95 <= LIMIT[name] ? 'ok' : 'OVER';
      console.log(`${`${name}, ${rate} words a minute`.padEnd(36)} p50 ${half} ms, p95 ${p95} ms of ${all.length} shapes, at most ${LIMIT[name]}: ${verdict}`);
      if (verdict === 'OVER') process.exitCode = 1;
    }
  }
}
