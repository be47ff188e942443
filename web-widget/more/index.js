// Where the pieces are that are seldom needed: a panel asks here, so that it need not hold the address and the hash of
// each (install/build-web.mjs puts them in).
export const files = FILES;
