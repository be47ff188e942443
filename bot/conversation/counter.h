/* Counter: what the files of the agents' side share. Inside this floor only.
 *
 * counter.c the table of what may be done · counter_people.c connections · counter_sight.c who sees what ·
 * counter_tell.c what agents are told · counter_chat.c chats · counter_notes.c notes, tags, times, invitations ·
 * counter_transfer.c changing hands · counter_look.c who looks and writes · counter_missed.c coming back. What a frame
 * needs is checked by the table before its function runs: functions do and do not ask again. */
#ifndef CONVERSATION_COUNTER_H
#define CONVERSATION_COUNTER_H

#include "conversation/internal.h"

enum { CARD_LOOKERS = 16 };

typedef void counter_act(struct hall *, struct agent *, const struct frame *);

/* A card with room for what it points to. */
struct counter_card {
    struct desk_card card;
    const char *lookers[CARD_LOOKERS];
    struct desk_handover handover;
};

/* --- counter_sight.c --- */
bool counter_sees(const struct hall *, const struct agent *, const struct ticket *);
/* Remembers whose sight the ticket is in. */
void counter_remember(struct hall *, const struct ticket *);
/* Whether the agent saw it when it was remembered last. */
bool counter_saw(const struct hall *, const struct agent *, const struct ticket *);
void counter_forget(struct hall *, const struct ticket *);

/* --- counter_tell.c --- */
/* Calls `tell` for every agent's connection that has said hello; for one user's only if `user` is not 0. */
void counter_each(struct hall *, int64_t user, void (*tell)(struct hall *, struct agent *, const void *), const void *);
void counter_card(struct hall *, const struct agent *, const struct ticket *, struct counter_card *ret);
void counter_tell_queue(struct hall *, const struct agent *);
void counter_refuse(struct hall *, const struct agent *, int64_t ticket, const char *why, const char *cid);
void counter_ack(struct hall *, const struct agent *, const char *cid);
/* The row of a ticket has changed without a move: the mirror takes it over, and all who see it are told. */
void counter_changed(struct hall *, const struct ticket *);

/* --- the acts --- */
counter_act counter_open, counter_say, counter_typing, counter_back, counter_close;
counter_act counter_note, counter_tags, counter_due, counter_invite, counter_reply;
counter_act counter_transfer, counter_transfer_answer, counter_own;
counter_act counter_look;

/* counter_notes.c: keeps a note that goes along with something else; nothing is acknowledged. 0, or -1. */
int counter_keep_note(struct hall *, struct agent *, int64_t ticket, const char *cid, const char *text);
/* Sends all notes of the ticket to the client. */
void counter_send_notes(struct hall *, uint64_t client, int64_t ticket);

/* To all who have the chat open. */
void counter_spread_note(struct hall *, const struct ticket *, const struct work_note *);

/* --- counter_look.c --- */
/* Who of the others has it on the screen; returns how many, each user once, at most CARD_LOOKERS. */
size_t counter_lookers(const struct hall *, const struct agent *, int64_t ticket, const char *ret[CARD_LOOKERS]);
/* The agent looks at nothing and writes nothing any more. */
void counter_look_away(struct hall *, struct agent *);
void counter_stop_typing(struct hall *, struct agent *);

/* --- counter_missed.c --- */
void counter_missed(struct hall *, const struct agent *, int64_t after);

#endif
