/* Routes of search and transcripts: rows of api_routes[]. */
#ifndef NET_API_SEARCH_H
#define NET_API_SEARCH_H

#include "net/api.h"

/* GET search?q=&name=&tag=&department=&agent=&from=&to=&before= (days as 2026-11-22, both included). */
void api_search(struct api_call *);
/* GET search/choices: departments, agents and tags to choose from. */
void api_search_choices(struct api_call *);
/* GET transcript?ticket=, for admins also ?conversation=. */
void api_transcript(struct api_call *);

#endif
