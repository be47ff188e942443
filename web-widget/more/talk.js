// What a conversation needs: fetched as soon as there is a line to the server, because it may go on with one.
export { createRows } from './rows.js';
export { alone } from '../talk/alone.js';
export { Talk } from '../talk/talk.js';
export { createPieces } from './pieces.js';
