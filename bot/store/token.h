/* Token: by what a browser is known again. Only its hash is stored. */
#ifndef STORE_TOKEN_H
#define STORE_TOKEN_H

enum { TOKEN_HASH_BYTES = 32 };

#endif
