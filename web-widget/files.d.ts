/** The files that a bundle may fetch, by name: [hash in the address, integrity]. The build puts them in. */
declare const FILES: Record<string, [hash: string, integrity: string]>;
