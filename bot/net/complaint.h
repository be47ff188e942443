/* Complaint: what an error code says to a person. Threads: any. */
#ifndef NET_COMPLAINT_H
#define NET_COMPLAINT_H

/* In Italian for "it", else in English; a general sentence for a code that is not in the table. */
const char *complaint_text(const char *code, const char *lang);

#endif
