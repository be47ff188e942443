// Where pieces are, so that a panel need not hold the address and the hash of each: those wanted soon in more-talk.js,
// which has this file within it, the others in more-index.js (install/build-web.mjs puts them in).
export const files = FILES;
