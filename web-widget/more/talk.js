// What the panel needs as soon as it has a line to the server: a conversation may go on there.
export { alone } from '../talk/alone.js';
export { Talk } from '../talk/talk.js';
export { files } from './index.js';
export { createPieces } from './pieces.js';
