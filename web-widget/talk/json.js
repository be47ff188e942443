// JSON as the server reads it, also on pages whose library gave arrays a `toJSON` of its own (Prototype.js did): what a
// value is counts, not what it says of itself.

/** @param {unknown} value */
export const toJson = (value) =>
  JSON.stringify(value, /** @this {any} */ function (key) {
    return this[key];
  });
