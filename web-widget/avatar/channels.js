// What a face can do: sixteen numbers for the face, two for where the figure stands. One row each:
// name, least, most, how fast it follows (per second: 95 % of the way takes about 4.7 / rate seconds).

/** @typedef {'jaw' | 'wide' | 'round' | 'smile' | 'tip' | 'lidL' | 'lidR' | 'gazeX' | 'gazeY' | 'browL' | 'browR'
 *   | 'worry' | 'yaw' | 'pitch' | 'roll' | 'cheek' | 'hand' | 'here'} Channel */
/** Channels that are not named are 0. @typedef {Partial<Record<Channel, number>>} Pose */

/** @type {readonly [Channel, number, number, number][]} */
export const channels = [
  ['jaw', 0, 1, 54], // 0 shut … 1 wide open
  ['wide', -1, 1, 40], // -1 narrow … 1 stretched
  ['round', 0, 1, 40], // 1 = the lips of "oo"
  ['smile', -1, 1, 14], // corners of the mouth
  ['tip', -1, 1, 48], // -1 lower lip under the teeth … 1 tongue at the teeth
  ['lidL', 0, 1, 62], // 1 = shut; L is the left of the picture
  ['lidR', 0, 1, 62],
  ['gazeX', -1, 1, 38], // -1 left of the picture
  ['gazeY', -1, 1, 38], // -1 up
  ['browL', -1, 1, 18], // 1 = raised
  ['browR', -1, 1, 18],
  ['worry', 0, 1, 14], // inner ends of the brows up
  ['yaw', -1, 1, 15], // head turned, -1 to the left of the picture
  ['pitch', -1, 1, 15], // -1 up
  ['roll', -1, 1, 10], // head tilted, 1 clockwise
  ['cheek', 0, 1, 8], // warmth in the cheeks
  ['hand', 0, 1, 15], // the raised hand
  ['here', 0, 1, 9], // 0 = stepped aside, out of the picture
];

/** The place of each channel in a vector. */
export const at = /** @type {Record<Channel, number>} */ (Object.fromEntries(channels.map(([name], place) => [name, place])));

/** @param {Float32Array} vector @param {Pose} pose @param {number} [weight] */
export function add(vector, pose, weight = 1) {
  for (const name in pose) vector[at[/** @type {Channel} */ (name)]] += (pose[/** @type {Channel} */ (name)] ?? 0) * weight;
}

/** Holds every channel within its bounds. @param {Float32Array} vector */
export function bound(vector) {
  for (let place = 0; place < vector.length; place++)
    vector[place] = Math.min(channels[place][2], Math.max(channels[place][1], vector[place]));
}

/** Moves a vector towards its goal as a critically damped spring does: quick, smooth, never beyond by its own swing.
 * @param {Float32Array} vector @param {Float32Array} speed @param {Float32Array} goal
 * @param {number} seconds since the last step @returns {boolean} true: it has arrived, and stands on the goal */
export function approach(vector, speed, goal, seconds) {
  let there = true;
  for (let place = 0; place < vector.length; place++) {
    const gap = vector[place] - goal[place];
    if (!gap && !speed[place]) continue;
    const rate = channels[place][3];
    const pull = (speed[place] + rate * gap) * seconds;
    const left = Math.exp(-rate * seconds);
    const rest = (gap + pull) * left;
    const pace = (speed[place] - rate * pull) * left;
    const near = Math.abs(rest) < 0.012 && Math.abs(pace) < 0.2;
    vector[place] = near ? goal[place] : goal[place] + rest;
    speed[place] = near ? 0 : pace;
    there &&= near;
  }
  return there;
}

/** Tells whether one of some channels has moved, since it was last told so, by as much as can be seen.
 * @param {Channel[]} names */
export function watcher(...names) {
  const seen = names.map(() => 9);
  return (/** @type {Float32Array} */ vector) => {
    if (names.every((name, place) => Math.abs(vector[at[name]] - seen[place]) < 0.012)) return false;
    names.forEach((name, place) => (seen[place] = vector[at[name]]));
    return true;
  };
}
