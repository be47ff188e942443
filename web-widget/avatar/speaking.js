// What a face needs besides to speak: the shapes of the mouth, and what the head does meanwhile. Handed to the engine
// (`speaking` of createAvatar, or `learn`), because a face that only looks needs none of it.
import { addGesture, gestures } from './gestures.js';
import { addMouth } from './visemes.js';

export const speaking = { mouth: addMouth, gesture: addGesture, gestures };
