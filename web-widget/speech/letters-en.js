// English letters to a mouth that opens and shuts: coarse, because English spelling tells little of its sound.
// Where the server has made a track, that is used.

/** @typedef {import('./track.js').Viseme} Viseme */

// Letters and their OVR viseme, how long it lasts in ms. A letter in none of these is silent.
const rules = /** @type {[RegExp, number, number][]} */ ([
  [/e(?![a-z])(?<=[a-z]{3})|gh/iy, -1, 0],
  [/a[iy]?|\d/iy, 10, 100],
  [/e[aey]?/iy, 11, 90],
  [/[iy]e?/iy, 12, 90],
  [/oo|u|w/iy, 14, 80],
  [/o[auw]?/iy, 13, 100],
  [/[bmp]+/iy, 1, 70],
  [/[fv]+|ph/iy, 2, 80],
  [/th/iy, 3, 60],
  [/[cgjs]h?|z/iy, 6, 80],
  [/[dklnrtqx]+/iy, 4, 55],
  [/[.!?…\n]+/y, 0, 280],
  [/[,;:()–—]+/y, 0, 180],
]);

/**
 * The mouth's shapes for a text, in order; the sum of `chars` is the text's length.
 * @param {string} text @returns {Viseme[]}
 */
export function visemesOf(text) {
  const out = [{ viseme: 0, ms: 0, chars: 0 }];
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    for (const [rule, viseme, ms] of rules) {
      rule.lastIndex = at;
      if (!rule.test(text)) continue;
      end = rule.lastIndex;
      if (viseme >= 0) out.push({ viseme, ms, chars: 0 });
      break;
    }
    out[out.length - 1].chars += end - at;
    at = end;
  }
  return out;
}
