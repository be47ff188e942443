/* Login: agents come in by name and password, and leave.
 *
 * A try asks the store for the user, a worker for the password (at most two at once), and the store for
 * a session; the browser is found again by its turn's number. A name nobody has takes the same way and time as
 * one that somebody has. Private to net/. Threads: the loop. */
#ifndef NET_LOGIN_H
#define NET_LOGIN_H

#include "net/http.h"

/* POST /desk/login, POST /desk/logout, GET /desk/session: the callback's result. */
int login_in(struct turn *);
int login_out(struct turn *);
int login_session(struct turn *);

#endif
