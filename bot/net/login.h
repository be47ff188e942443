/* Login: agents come in by name, password and, who has switched it on, a one-time code, and leave.
 *
 * A try asks the store for the user, net/prove.h for password and code, and the store for a session; the browser is
 * found again by its turn's number. A name nobody has takes the same way and time as one that somebody has, and
 * only the right password is answered by `code_needed`. A browser keeps a cookie from its first log-in on: with it
 * its owner is let in while strangers flood the name (net/guard.h). Private to net/. Threads: the loop. */
#ifndef NET_LOGIN_H
#define NET_LOGIN_H

#include "net/http.h"

/* POST /desk/login, POST /desk/logout, GET /desk/session: the callback's result. */
int login_in(struct turn *);
int login_out(struct turn *);
int login_session(struct turn *);

#endif
