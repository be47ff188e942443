// The tone that editors give to an answer, laid over whatever the face is doing.

/** @satisfies {Record<string, import('./channels.js').Pose>} */
export const moods = {
  neutral: {},
  warm: { smile: 0.28, cheek: 0.55, browL: 0.12, browR: 0.12, roll: 0.18 },
  glad: { smile: 0.62, jaw: 0.36, cheek: 1, browL: 0.45, browR: 0.45, pitch: -0.15 },
  sorry: { smile: -0.72, worry: 1, browL: 0.1, browR: 0.1, lidL: 0.12, lidR: 0.12, pitch: 0.35, roll: 0.3, gazeY: 0.12 },
  serious: { smile: -0.48, wide: 0.05, browL: -0.6, browR: -0.6, lidL: 0.14, lidR: 0.14, pitch: 0.08 },
};
