// What the assistant is doing, as a pose. `wander`: how much the eyes and the head stray meanwhile;
// `gone`: the figure leaves the picture to a person, and nothing moves; `asleep`: no blinking either.

/** @typedef {{pose: import('./channels.js').Pose, wander?: number, gone?: boolean, asleep?: boolean}} State */

/** @satisfies {Record<string, State>} */
export const states = {
  idle: { pose: { smile: 0.5 }, wander: 1 },
  // The conversation lies below the face: this is where an attentive one looks.
  listening: { pose: { smile: 0.35, roll: -0.6, yaw: 0.15, pitch: 0.15, gazeY: 0.3, browL: 0.3, browR: 0.42 }, wander: 0.4 },
  thinking: { pose: { smile: 0.1, wide: -0.35, yaw: 0.5, pitch: -0.45, roll: 0.25, gazeX: 0.6, gazeY: -0.85, browL: 0.2, browR: 0.5 }, wander: 0.35 },
  unsure: { pose: { smile: -0.12, wide: -0.1, roll: 0.6, yaw: -0.1, gazeX: -0.15, browL: 0.8, browR: -0.25, worry: 0.35 }, wander: 0.4 },
  speaking: { pose: { smile: 0.3, browL: 0.12, browR: 0.12 }, wander: 0.6 },
  waiting: { pose: { smile: 0.28, yaw: -0.35, roll: 0.12, gazeX: -0.55, gazeY: 0.1, browL: 0.15, browR: 0.15 }, wander: 0.8 },
  'human-here': { pose: { smile: 0.4, here: -1 }, gone: true },
  offline: { pose: { smile: 0.12, lidL: 1, lidR: 1, pitch: 0.4, roll: 0.3, browL: -0.05, browR: -0.05 }, asleep: true },
};
