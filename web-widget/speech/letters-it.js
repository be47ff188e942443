// Italian letters to mouth shapes: the spelling tells nearly all of the sound. Nothing is looked up in a dictionary.

/** @typedef {import('./track.js').Viseme} Viseme */

// A rule's shapes are written as in a track, a to o for the OVR visemes 0 to 14: a sil, b PP, c FF, d TH, e DD, f kk, g CH,
// h SS, i nn, j RR, k aa, l E, m ih, n oh, o ou. The first rule that fits is taken; a letter that no rule has is silent.
const rules = `gn i
(?<!n|^)gli(?=[aeou]) i
(?<!n)gl(?=i(?![cf]|n[eo]))|gl(?=i$) i
gi(?=a$)(?<=(?:lo|fa|er)gi) gm
s?c+i(?=[aouàòù])|g+i(?=[aouàòù])|s?c+(?=['’]?[eièéì])|g+(?=['’]?[eièéì])|sh g
qu|cu(?=o) fo
c+[hk]?|g+h?|q+u?|k+ f
x fh
ph c
[bpm]+ b
[fv]+ c
[td]+h? e
[sz]+ h
[nl]+ i
r+ j
[aàá] k
[eèé] l
[iìíîjy] m
[oòó] n
[uùúw] o
[.!?…\\n,;:()–—]+ a`
  .split('\n')
  .map((row) => row.split(' '));
const any = RegExp(rules.map(([letters]) => `(${letters})`).join('|'), 'iy');

// How long each shape lasts in calm speech, in ms, as a least-squares fit to eSpeak NG's times; a doubled consonant and the
// stressed vowel (the accented one, else the last but one of the word) last longer, and so does the end of a sentence.
const lasting = [183, 52, 64, 60, 25, 44, 62, 77, 75, 81, 76, 68, 77, 70, 71];
const longer = /** @type {[RegExp, number][]} */ ([
  [/^([b-df-hj-np-tv-z])\1/i, 24],
  [/^[àèéìòù]|^[aeiou](?=[^aeiou]+[aeiouàèéìòù]+[^aeiou]*$)/i, 20],
  [/^[.!?…\n]/, 98],
]);

const ones =
  'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'.split(
    ' ',
  );
const tens = 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta'.split(' ');
const names = /** @type {Record<string, string>} */ ({
  '€': 'euro', '$': 'dollari', '%': 'percento', '@': 'chiocciola', '&': 'e', '+': 'più', '=': 'uguale', '/': 'barra',
  '#': 'cancelletto', '°': 'gradi', '×': 'per',
});
// The names of the letters b to z that a word without vowels is spelt with.
const spelt = 'bi ci di _ effe gi acca _ gei cappa elle emme enne _ pi cu erre esse ti _ vi vu ics ipsilon zeta'.split(' ');

/** The name of a whole number below a million. @param {number} n @returns {string} */
function numeral(n) {
  if (n < 20) return ones[n];
  const [size, name, many] = n < 100 ? [10, '', ''] : n < 1000 ? [100, 'cento', 'cento'] : [1000, 'mille', 'mila'];
  const [high, rest] = [Math.floor(n / size), n % size];
  const left = rest ? numeral(rest) : '';
  if (n < 100) return (/^[uo]/.test(left) ? tens[high - 2].slice(0, -1) : tens[high - 2]) + left;
  return (high > 1 ? numeral(high) + many : name) + left;
}

/** @param {string} digits */
function figures(digits) {
  if (digits[6]) return [...digits].map((digit) => ones[+digit]).join('');
  return (digits[1] && digits[0] === '0' ? 'zero' : '') + numeral(+digits);
}

/** What is said for a piece of the text. @param {string} piece @returns {string} */
function said(piece) {
  if (/^\d/.test(piece)) return piece.replace(/\./g, '').split(',').map(figures).join('virgola');
  if (/^[b-df-hj-np-tv-z]{1,6}$/i.test(piece))
    return [...piece.toLowerCase()].map((c) => spelt[c.charCodeAt(0) - 98]).join('');
  return names[piece] ?? piece;
}

/**
 * The mouth's shapes for a text, in order; the sum of `chars` is the text's length.
 * @param {string} text @returns {Viseme[]}
 */
export function visemesOf(text) {
  /** @type {Viseme[]} */
  const out = [];
  let waiting = 0;
  for (const [piece] of text.matchAll(/(?:\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:,\d+)?|[a-zà-ÿ]+(?:['’][a-zà-ÿ]+)*['’]?|[^]/giu)) {
    const spoken = said(piece);
    let done = 0;
    for (let at = 0; at < spoken.length; ) {
      any.lastIndex = at;
      const found = any.exec(spoken);
      const shapes = found ? rules[found.indexOf(found[0], 1) - 1][1] : '';
      const end = at + (found ? found[0].length : 1);
      let chars = Math.round((end * piece.length) / spoken.length) - done;
      done += chars;
      let more = 0;
      for (const [where, ms] of longer) if (where.test(spoken.slice(at))) more = ms;
      for (const c of shapes) {
        const viseme = c.charCodeAt(0) - 97;
        out.push({ viseme, ms: lasting[viseme] + more, chars: chars + waiting });
        chars = waiting = more = 0;
      }
      if (out.length) out[out.length - 1].chars += chars;
      else waiting += chars;
      at = end;
    }
  }
  // Nothing but what has no sound (a picture letter, say): it is seen at once.
  if (waiting) out.push({ viseme: 0, ms: 0, chars: waiting });
  return out;
}
