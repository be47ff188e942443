// Sound on the visitor's wish: the server's, the browser's, and the end of both at once. The world is given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ear } from '../../../web-widget/speech/ear.js';
import { Follower, sentencesOf } from '../../../web-widget/speech/follow.js';
import { visemesOf } from '../../../web-widget/speech/letters-it.js';
import { lengthOf } from '../../../web-widget/speech/track.js';
import { Voice } from '../../../web-widget/speech/voice.js';

/** Lets promises that are due go on. */
const settle = async () => {
  for (let i = 0; i < 20; i++) await null;
};

function world({ voices = [{ lang: 'it-IT', localService: true }], sound = true } = {}) {
  const outside = {
    time: 0,
    timers: [],
    said: [],
    asked: [],
    cancelled: 0,
    sources: [],
    voices,
    status: 200,
    now: () => outside.time,
    setTimeout(work, ms) {
      const timer = { work, at: outside.time + ms };
      outside.timers.push(timer);
      return timer;
    },
    clearTimeout(timer) {
      outside.timers = outside.timers.filter((one) => one !== timer);
    },
    pass(ms) {
      outside.time += ms;
      for (const timer of outside.timers.filter((one) => one.at <= outside.time)) {
        outside.clearTimeout(timer);
        timer.work();
      }
    },
    fetch: async (url, { headers } = {}) => {
      outside.asked.push(url);
      outside.accepted = headers?.Accept;
      const status = outside.statusOf?.(url) ?? outside.status;
      return { ok: status === 200, status, arrayBuffer: async () => new ArrayBuffer(8), text: async () => 'k9b5' };
    },
    SpeechSynthesisUtterance: class {
      constructor(text) {
        this.text = text;
      }
    },
    speechSynthesis: {
      getVoices: () => outside.voices,
      addEventListener: (name, work) => (outside.onvoices = work),
      speak: (utterance) => outside.said.push(utterance),
      cancel: () => outside.cancelled++,
      resume() {},
    },
    AudioContext: sound
      ? class {
          decodeAudioData = async () => (outside.decode ? outside.decode() : { duration: 1 });
          resume() {}
          createBufferSource() {
            const source = { connect() {}, disconnect() {}, start: () => (source.on = true), stop: () => (source.on = false) };
            outside.sources.push(source);
            return source;
          }
        }
      : undefined,
  };
  return outside;
}

function listen() {
  const told = { timelines: [], heard: [], ends: 0 };
  return { told, mouth: (timeline) => told.timelines.push(timeline), heard: (chars) => told.heard.push(chars), end: () => told.ends++ };
}

const options = { base: 'https://chat.example/', lang: 'it', letters: visemesOf };

test('a message with an id is heard from the server, its mouth by its track', async () => {
  const outside = world();
  const voice = new Voice(outside, options);
  const listener = listen();
  voice.wake();
  await voice.speak({ text: 'Ciao', voice: 'abc', track: 'k5b3' }, listener);
  assert.deepEqual(outside.asked, ['https://chat.example/voice/abc.wav']);
  assert.equal(outside.sources[0].on, true);
  assert.deepEqual(listener.told.timelines[0].viseme, [10, 1, 0]);
  outside.sources[0].onended();
  assert.equal(listener.told.ends, 1);
});

test('where Opus can be heard it is asked for; where it cannot after all, or is not known to the server, it is WAV from then on', async () => {
  const [plain, other] = ['https://chat.example/voice/abc', 'https://chat.example/voice/abc.wav'];
  const message = { text: 'Ciao', voice: 'abc', track: 'k5b3' };
  const tries = [
    { plays: () => true, asked: [plain, plain] },
    { plays: () => false, asked: [other, other] },
    { plays: () => true, statusOf: (url) => (url === plain ? 404 : 200), asked: [plain, other, other] },
    { plays: () => true, wrong: 1, asked: [plain, other, other] },
  ];
  for (const { plays, statusOf, wrong = 0, asked } of tries) {
    const outside = Object.assign(world(), { plays, statusOf });
    let times = 0;
    outside.decode = () => (times++ < wrong ? Promise.reject(new Error('not decoded')) : { duration: 1 });
    const voice = new Voice(outside, options);
    voice.wake();
    for (let i = 0; i < 2; i += 1) await voice.speak(message, listen());
    assert.deepEqual(outside.asked, asked);
    assert.equal(outside.sources.length, 2, 'it is heard');
    assert.equal(outside.said.length, 0, 'not by the browser');
  }
  const outside = Object.assign(world(), { plays: () => true, status: 503 });
  const voice = new Voice(outside, options);
  voice.wake();
  voice.speak(message, listen());
  await settle();
  assert.deepEqual(outside.asked, [plain], 'a server that has too much to say is not asked twice');
  assert.match(outside.accepted, /audio\/ogg.*audio\/wav/);
  assert.ok(outside.accepted.length < 128 && !/["():<>?@[\\\]{}]/.test(outside.accepted), 'no other site has to ask before');
});

test('without a track the server is asked for it', async () => {
  const outside = world();
  const voice = new Voice(outside, options);
  const listener = listen();
  voice.wake();
  await voice.speak({ text: 'Ciao', voice: 'abc' }, listener);
  assert.deepEqual(outside.asked, ['https://chat.example/voice/abc.wav', 'https://chat.example/voice/abc.track']);
  assert.equal(listener.told.timelines[0].length, 140);
});

test('where the server fails, the browser speaks', async () => {
  const outside = world();
  outside.status = 503;
  const voice = new Voice(outside, options);
  voice.wake();
  voice.speak({ text: 'Ciao a tutti.', voice: 'abc' }, listen());
  await settle();
  assert.equal(outside.said[0].text, 'Ciao a tutti.');
});

test('sound ends in the same moment, wherever it is', async () => {
  // While the server's sound plays.
  const outside = world();
  const voice = new Voice(outside, options);
  const first = listen();
  voice.wake();
  await voice.speak({ text: 'Ciao', voice: 'abc', track: 'k5' }, first);
  voice.stop();
  assert.deepEqual([outside.sources[0].on, first.told.ends], [false, 1]);
  // While it is still being fetched: it never begins.
  const second = listen();
  const speaking = voice.speak({ text: 'Ciao', voice: 'abc', track: 'k5' }, second);
  voice.stop();
  await speaking;
  assert.deepEqual([outside.sources.length, second.told.ends, second.told.timelines.length], [1, 1, 0]);
  // While the browser speaks.
  const third = listen();
  voice.speak({ text: 'Una frase. Un’altra.' }, third);
  await settle();
  outside.said[0].onstart();
  voice.stop();
  await settle();
  assert.deepEqual([outside.cancelled, third.told.ends, outside.said.length, outside.timers.length], [1, 1, 1, 0]);
  voice.stop();
  assert.equal(third.told.ends, 1);
});

test('another answer ends the one before', async () => {
  const outside = world();
  const voice = new Voice(outside, options);
  const [first, second] = [listen(), listen()];
  voice.speak({ text: 'Prima.' }, first);
  await settle();
  voice.speak({ text: 'Seconda.' }, second);
  await settle();
  assert.deepEqual([first.told.ends, second.told.ends], [1, 0]);
  assert.equal(outside.said.at(-1).text, 'Seconda.');
});

test('the browser speaks sentence by sentence, and the mouth takes up at each word', async () => {
  const outside = world();
  const voice = new Voice(outside, options);
  const listener = listen();
  voice.speak({ text: 'Siamo aperti oggi. Domani no.' }, listener);
  await settle();
  const [one] = outside.said;
  assert.equal(one.text, 'Siamo aperti oggi.');
  one.onstart();
  outside.time = 400;
  one.onboundary({ name: 'word', charIndex: 6 });
  assert.equal(listener.told.timelines.length, 2);
  assert.ok(listener.told.timelines[1].length < listener.told.timelines[0].length);
  // One that was told before is not gone back to; sentences are no words.
  one.onboundary({ name: 'word', charIndex: 2 });
  one.onboundary({ name: 'sentence', charIndex: 9 });
  assert.equal(listener.told.timelines.length, 2);
  one.onend();
  await settle();
  assert.equal(outside.said[1].text, 'Domani no.');
  outside.said[1].onstart();
  outside.said[1].onend();
  await settle();
  assert.deepEqual(listener.told.heard, [0, 6, 18, 19, 29]);
  assert.equal(listener.told.ends, 1);
});

test('a voice that does not tell of its words is given clauses', async () => {
  const outside = world();
  const voice = new Voice(outside, options);
  voice.speak({ text: 'Siamo aperti oggi. Domani, che è festa, no.' }, listen());
  await settle();
  outside.said[0].onstart();
  outside.said[0].onend();
  await settle();
  assert.equal(outside.said[1].text, 'Domani,');
});

test('a voice that stops without a word is given up', async () => {
  const outside = world();
  const voice = new Voice(outside, options);
  const listener = listen();
  // It never begins.
  voice.speak({ text: 'Ciao.' }, listener);
  await settle();
  outside.pass(5000);
  await settle();
  assert.deepEqual([listener.told.ends, outside.cancelled], [1, 1]);
  // It begins and never ends.
  voice.speak({ text: 'Ciao.' }, listener);
  await settle();
  outside.said[1].onstart();
  outside.pass(60000);
  await settle();
  assert.deepEqual([listener.told.ends, outside.timers.length], [2, 0]);
  // It fails.
  voice.speak({ text: 'Ciao.' }, listener);
  await settle();
  outside.said[2].onerror();
  await settle();
  assert.equal(listener.told.ends, 3);
});

test('voices that come late are waited for, not for ever', async () => {
  const outside = world({ voices: [] });
  const voice = new Voice(outside, options);
  voice.speak({ text: 'Ciao.' }, listen());
  await settle();
  assert.equal(outside.said.length, 0);
  outside.voices = [{ lang: 'en-GB' }, { lang: 'it-IT', localService: false }, { lang: 'it-IT', localService: true, name: 'here' }];
  outside.onvoices();
  await settle();
  assert.equal(outside.said[0].voice.name, 'here');
  outside.voices = [];
  voice.speak({ text: 'Ciao.' }, listen());
  await settle();
  outside.pass(2000);
  await settle();
  assert.equal(outside.said.length, 2);
  assert.equal(outside.said[1].lang, 'it');
});

test('where nothing can sound, nothing does', async () => {
  const outside = world({ sound: false });
  outside.speechSynthesis = undefined;
  const voice = new Voice(outside, options);
  const listener = listen();
  assert.equal(voice.can(true), false);
  voice.wake();
  await voice.speak({ text: 'Ciao.', voice: 'abc' }, listener);
  assert.deepEqual([listener.told.ends, outside.asked.length], [1, 0]);
});

test('sentences keep what they are made of and where it stands', () => {
  const text = 'Ciao! Costa 6,50 €, su www.olmo.it, o no? Poi…\n- uno\n\n*** \n- due';
  for (const clauses of [false, true])
    for (const { text: part, at } of sentencesOf(text, clauses)) assert.equal(text.slice(at, at + part.length), part);
  assert.deepEqual(sentencesOf(text).map((s) => s.text), ['Ciao!', 'Costa 6,50 €, su www.olmo.it, o no?', 'Poi…', '- uno', '- due']);
  assert.deepEqual(sentencesOf(''), []);
  for (const { text: part } of sentencesOf('parola '.repeat(100))) assert.ok(part.length <= 201);
  // Without a space anywhere it is parted all the same, or at least not lost in an endless loop.
  sentencesOf('x'.repeat(5000));
});

test('the pace of a voice is learnt', () => {
  const follower = new Follower();
  let clock = 0;
  for (let i = 0; i < 30; i++) {
    const letters = visemesOf('una frase di prova');
    follower.begin(letters, clock);
    clock += lengthOf(letters) * 1.5 + 60;
    follower.end(clock);
  }
  assert.ok(follower.pace > 1.4 && follower.pace < 1.6, String(follower.pace));
  // What cannot be is not learnt from.
  const { pace } = follower;
  follower.begin(visemesOf('una frase di prova'), clock);
  follower.end(clock + 1e6);
  assert.equal(follower.pace, pace);
});

function ears() {
  const all = [];
  class SpeechRecognition {
    constructor() {
      all.push(this);
    }
    start() {
      this.on = true;
    }
    abort() {
      this.on = false;
      this.onend?.();
    }
  }
  return { all, SpeechRecognition };
}

test('what is said becomes text, as it is understood', () => {
  const outside = ears();
  const ear = new Ear(outside, 'it');
  const told = [];
  ear.start({ text: (text, final) => told.push([text, final]), end: (why) => told.push(why) });
  const [recognition] = outside.all;
  assert.equal(recognition.lang, 'it-IT');
  recognition.onresult({ results: [Object.assign([{ transcript: 'dove ' }], { isFinal: false })] });
  recognition.onresult({ results: [Object.assign([{ transcript: 'dove siete' }], { isFinal: true })] });
  recognition.onend();
  assert.deepEqual(told, [['dove', false], ['dove siete', true], undefined]);
});

test('a refused microphone, silence and a stop are told apart', () => {
  const outside = ears();
  const ear = new Ear({ webkitSpeechRecognition: outside.SpeechRecognition }, 'en');
  const told = [];
  const heard = { text: () => told.push('text'), end: (why) => told.push(why) };
  ear.start(heard);
  outside.all[0].onerror({ error: 'not-allowed' });
  outside.all[0].onend();
  ear.start(heard);
  outside.all[1].onend();
  ear.start(heard);
  outside.all[2].onerror({ error: 'network' });
  outside.all[2].onend();
  ear.start(heard);
  ear.stop();
  assert.equal(outside.all[3].on, false);
  assert.deepEqual(told, ['refused', 'nothing', 'failed']);
  const none = new Ear({}, 'it');
  assert.equal(none.can, false);
  none.start(heard);
  assert.equal(told.at(-1), 'failed');
});
