/* The version that --version, /healthz and the docs show. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define SPORTELLO_VERSION "0.1.0"

#endif
