// Italian letters to mouth shapes: the spelling tells nearly all of the sound. Nothing is looked up in a dictionary.

/** @typedef {import('./track.js').Viseme} Viseme */

// A rule's shapes are written as in a track, a to o for the OVR visemes 0 to 14: a sil, b PP, c FF, d TH, e DD, f kk, g CH,
// h SS, i nn, j RR, k aa, l E, m ih, n oh, o ou. The first rule that fits is taken; a letter that no rule has is silent.
const rules = `gn i
(?<!n|^)gli(?=[aeou]) i
(?<!n)gl(?=i(?![cf]|n[eo]))|gl(?=i$) i
gi(?=a$)(?<=(?:lo|fa|er)gi) gm
s?c+i(?=[aouàòù])|g+i(?=[aouàòù])|s?c+(?=['’]?[eièéì])|g+(?=['’]?[eièéì]) g
qu|cu(?=o) fo
c+[hk]?|g+h?|q+u?|k+ f
x fh
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

// How long each shape lasts in calm speech, in ms, and what makes it longer or shorter where it stands (a point stands for
// the pause behind a word), as a least-squares fit to eSpeak NG's times. The stop of a doubled consonant is heard as the
// vowel before it.
const lasting = [166, 31, 68, 60, 27, 46, 62, 83, 75, 83, 84, 82, 87, 88, 81];
const longer = /** @type {[RegExp, number][]} */ (
  `m 55
([^aeiou])\\1 22
V(([bdkpt])\\2|cq|cc[^eiV]|(cc|gg)h) 75
([cg])\\1[ei] 35
V[bdglmnr](?!\\1) -24
V_?[ptq] 18
V_[kc] 30
(?<=[a-z])[aeiou]([_.]|$) -26
n[ptk] 30
([àèéìòù]|[aeiou](?=C+V+C*([_.]|$))) 18
([àèéìòù]|[aeiou](?=C+V+C*[.]))C 40
[;:–—…\\n] 83
[.!?] 166`
    .split('\n')
    .map((row) => row.split(' '))
    .map(([where, ms]) => [
      RegExp(where.replace(/C/g, '[b-df-hj-np-tv-z]').replace(/\[\^eiV/, '[^eièéì').replace(/V/g, '[aeiouàèéìòù]'), 'iy'),
      +ms,
    ])
);

const ones =
  'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'.split(
    ' ',
  );
const tens = 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta'.split(' ');
const names = /** @type {Record<string, string>} */ ({
  '€': 'euro', '%': 'percento', '@': 'chiocciola', '&': 'e', '+': 'più', '/': 'barra', '°': 'gradi',
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
  if (/^\d/.test(piece)) return piece.replace(/\./g, '').replace(/,/g, 'virgola').replace(/\d+/g, figures);
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
  for (const { 0: piece, index } of text.matchAll(/(?:\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:[,:–]\d+)*|[a-zà-ÿ]+(?:['’][a-zà-ÿ]+)*['’]?|[^]/giu)) {
    const spoken = said(piece);
    // With what comes behind: a pause, or how the next word begins.
    const behind = text.slice(index + piece.length).trimStart()[0];
    const context = spoken + (/[a-zà-ÿ\d]/i.test(behind ?? '') ? '_' + behind : '.');
    let done = 0;
    for (let at = 0; at < spoken.length; ) {
      any.lastIndex = at;
      const found = any.exec(spoken);
      const shapes = found ? rules[found.indexOf(found[0], 1) - 1][1] : '';
      const end = at + (found ? found[0].length : 1);
      let chars = Math.round((end * piece.length) / spoken.length) - done;
      done += chars;
      let more = 0;
      for (const [where, ms] of longer) {
        where.lastIndex = at;
        if (where.test(context)) more += ms;
      }
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
