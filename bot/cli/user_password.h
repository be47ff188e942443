/* User_password: a new user's password, or somebody's new one, before anything leaves this process.
 *
 * It comes from the terminal without echo, asked twice, from a pipe, from --password-file or, with --random-password,
 * from chance, and is then shown once. Threads: the command's. */
#ifndef CLI_USER_PASSWORD_H
#define CLI_USER_PASSWORD_H

#include "cli/command.h"

/* Puts its hash into call->hash. EXIT_GOOD, or EXIT_SHORT after saying why on call->err. */
int user_password_hash(struct call *);

#endif
