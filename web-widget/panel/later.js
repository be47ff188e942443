// A piece of the panel that is fetched when it is first needed: it has a file and a style sheet of its own.

/**
 * @template Piece
 * @param {(name: string) => Promise<any>} load
 * @param {string} name of the file more-NAME.js
 * @param {(module: any) => Piece} make
 * @param {() => void} [failed] it could not be fetched; asking again tries again
 */
export function createLater(load, name, make, failed = () => {}) {
  /** @type {Promise<Piece> | null} */
  let asked = null;
  /** @type {Piece | null} */
  let piece = null;
  return {
    /** Fetches it, once, and does this with it. @param {(piece: Piece) => void} [use] */
    want(use) {
      asked ??= load(`more-${name}.js`).then((module) => (piece = make(module)));
      asked.then(use, () => {
        asked = null;
        failed();
      });
    },
    /** The piece, if it is there. */
    get piece() {
      return piece;
    },
  };
}
