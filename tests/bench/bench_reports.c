/* What search and the live view cost over a year's chats, and a maker of such a history for tests and pictures.
 *   build/bench/bench_reports                       100,000 closed chats with 1,000,000 entries, and what reading them
 * takes build/bench/bench_reports fill FOLDER CHATS     only makes CHATS conversations of the last 30 days in FOLDER */
#include "bench/bench.h"

#include "store/live.h"
#include "store/reader.h"
#include "store/satisfaction.h"
#include "store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DAYS = 30, QUERIES = 200, LIVE_TIMES = 9, AGENTS = 4, WORDS_MAX = 1024 };
static const int64_t day_ms = 86400000;

static struct store *store;
static struct clock made_clock;
static int64_t users[AGENTS];
static bool whole; /* every chat reaches a person: for the bench */

static void fail(const char *what)
{
    fprintf(stderr, "bench_reports: %s\n", what);
    exit(1);
}

/* --- what is said ----------------------------------------------------------------------------------------- */

static const char *const asks[] = {"Quanto costa la spedizione di un pacco pesante?",
                                   "Avete viti da legno lunghe dieci centimetri?",
                                   "Il trapano che ho comprato ieri non parte più",
                                   "Vorrei cambiare l'indirizzo di consegna",
                                   "A che ora aprite il sabato mattina?",
                                   "Posso pagare con due carte diverse?",
                                   "La vernice è adatta anche per esterni?",
                                   "Mi serve la fattura dell'ordine di marzo",
                                   "Fate copie di chiavi per serrature a doppia mappa?",
                                   "Il tosaerba perde olio, lo riparate?",
                                   "Dov'è il mio pacco? Doveva arrivare lunedì",
                                   "Come faccio il reso di un articolo già aperto?"};
static const char *const answers[] = {"Buongiorno, controllo subito e le dico.",
                                      "Sì, ne abbiamo ancora sei in negozio.",
                                      "Può portarlo al banco riparazioni quando vuole.",
                                      "Ho corretto l'indirizzo, riceverà una conferma.",
                                      "Le preparo la fattura e gliela mando oggi.",
                                      "Il corriere lo consegna domani mattina.",
                                      "Per gli esterni consiglio quella all'acqua con protezione UV.",
                                      "Va bene, allora la aspettiamo."};
static const char *const entries[] = {"costo-spedizione", "tempi-consegna", "durata-garanzia",
                                      "elenco-corsi",     "copia-fattura",  "usare-garanzia"};
static const char *const departments[] = {"negozio", "ordini"};
static const char *const names[] = {"Giulia Ferrari", "Marco Rizzo", "", "Elena Conti", "", "Paolo Greco", ""};
enum { ASKS = 12, ANSWERS = 8, ENTRIES = 6, NAMES = 7 };

/* A word that nobody uses, of so many that a rare one is rare. */
static const char *coined(char *to)
{
    static const char *const parts[] = {"ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sta", "tri"};
    uint64_t n = bench_chance() % 20000;
    to[0] = '\0';
    for (int i = 0; i < 4; i++, n /= 12)
        strncat(to, parts[n % 12], 3);
    return to;
}

static void say(struct store_turn *t, enum event_from from, const char *text, const char *outcome, const char *entry)
{
    char word[16];
    struct event *e = &t->events[t->event_count++];
    *e = (struct event){.from = from, .outcome = outcome, .entry = entry, .confidence = outcome != NULL ? 0.8 : 0};
    e->body = arena_printf(t->job.arena,
                           "{\"from\":\"%s\",\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\","
                           "\"text\":\"%s%s%s\"}]}]%s}",
                           event_from_name(from), text, whole ? " " : "", whole ? coined(word) : "",
                           from == FROM_AGENT ? ",\"name\":\"Anna\"" : "");
    e->body_size = strlen(e->body);
    e->user = from == FROM_AGENT ? users[0] : 0;
}

/* --- jobs in groups ----------------------------------------------------------------------------------------- */

static void done(struct store_job *job)
{
    if (job->result != STORE_OK && job->result != STORE_MISSING)
        fail("a job was refused");
    store_job_free(job);
}

static void *job_of(const struct store_job_kind *kind, size_t size)
{
    void *job = store_job_new(kind, size, done, NULL);
    if (job == NULL)
        fail("no memory");
    return job;
}
#define JOB(type) ((struct type *)job_of(&type##_kind, sizeof(struct type)))

static void submit(struct store_job *job)
{
    if (store_submit(store, job) != 0)
        fail("the queue is full");
}

static void token_of(int chat, unsigned char *token)
{
    memcpy(token, &chat, sizeof chat);
    token[31] = 7;
}

static struct store_turn *turn(int chat)
{
    struct store_turn *t = JOB(store_turn);
    token_of(chat, t->token_hash);
    t->who = t->if_who = -1;
    t->lang = "it";
    t->events = arena_array(t->job.arena, 8, sizeof *t->events);
    return t;
}

/* --- a batch: chats that go the same way at the same moments -------------------------------------------------- */

static void ask(int chat)
{
    static const char *const outcomes[] = {"answer", "answer", "answer",   "answer",  "answer",
                                           "offer",  "offer",  "rephrase", "handoff", "answer"};
    const char *outcome = outcomes[bench_chance() % 10];
    bool answered = strcmp(outcome, "answer") == 0;
    struct store_turn *t = turn(chat);
    say(t, FROM_VISITOR, asks[bench_chance() % ASKS], NULL, NULL);
    say(t, FROM_BOT, "Ecco che cosa so.", outcome,
        answered ? entries[bench_chance() % (1 + bench_chance() % ENTRIES)] : NULL);
    submit(&t->job);
}

static void hand_over(int chat)
{
    struct store_turn *t = turn(chat);
    struct ticket_new *ticket = arena_alloc(t->job.arena, sizeof *ticket);
    *ticket = (struct ticket_new){.state = whole || bench_chance() % 12 != 0 ? TICKET_WAITING : TICKET_MESSAGE,
                                  .department = departments[bench_chance() % 3 / 2],
                                  .lang = "it",
                                  .question = asks[bench_chance() % ASKS],
                                  .why = "asked",
                                  .name = names[bench_chance() % NAMES]};
    say(t, FROM_VISITOR, "Vorrei parlare con una persona", NULL, NULL);
    t->ticket = ticket;
    t->who = ticket->state == TICKET_MESSAGE ? STORE_WHO_BOT : STORE_WHO_WAITING;
    submit(&t->job);
}

static int waits(const struct ticket *t)
{
    return t->state == TICKET_WAITING;
}

static struct store_queue *open_tickets(void)
{
    struct store_queue *q = JOB(store_queue);
    q->limit = 5000;
    q->job.done = NULL;
    store_run(store, &q->job);
    return q;
}

static void take_and_talk(const struct store_queue *q, int64_t handled_ms)
{
    for (size_t i = 0; i < q->count; i++) {
        if (!waits(&q->tickets[i]))
            continue;
        struct store_assign *a = JOB(store_assign);
        a->user = users[bench_chance() % AGENTS];
        a->to = TICKET_CLAIMED;
        a->capacity = 10000;
        a->who = STORE_WHO_AGENT;
        submit(&a->job);
    }
    store_pump(store);
    for (size_t i = 0; i < q->count; i++) {
        if (!waits(&q->tickets[i]))
            continue;
        struct store_turn *t = JOB(store_turn);
        t->conversation = q->tickets[i].conversation;
        t->who = t->if_who = -1;
        t->events = arena_array(t->job.arena, 8, sizeof *t->events);
        for (int n = 0; n < 3; n++) {
            say(t, FROM_AGENT, answers[bench_chance() % ANSWERS], NULL, NULL);
            say(t, FROM_VISITOR, n < 2 ? asks[bench_chance() % ASKS] : "Grazie mille", NULL, NULL);
        }
        submit(&t->job);
    }
    store_pump(store);
    made_clock.manual_ms += handled_ms;
    for (size_t i = 0; i < q->count; i++) {
        if (!waits(&q->tickets[i]))
            continue;
        struct store_move *m = JOB(store_move);
        m->ticket_id = q->tickets[i].id;
        m->from = 1u << TICKET_CLAIMED;
        m->to = TICKET_CLOSED;
        m->owner = -1;
        m->who = STORE_WHO_BOT;
        m->cause = "solved";
        submit(&m->job);
    }
    store_pump(store);
}

static void rate(int chat)
{
    struct store_satisfy *s = JOB(store_satisfy);
    token_of(chat, s->token_hash);
    s->value = 5 - (int)(bench_chance() % 8 / 3);
    s->text = "";
    submit(&s->job);
}

static void leave(int chat)
{
    struct store_turn *t = turn(chat);
    t->close_ticket = true;
    t->who = STORE_WHO_CLOSED;
    t->events[t->event_count++] =
        (struct event){.kind = EVENT_STATE, .from = FROM_SYSTEM, .body = "{\"who\":\"closed\"}", .body_size = 16};
    submit(&t->job);
}

static void batch(int first, int count)
{
    int64_t wait = 20000 + (int64_t)(bench_chance() % 500000), start = made_clock.manual_ms;
    for (int i = first; i < first + count; i++)
        ask(i);
    store_pump(store);
    made_clock.manual_ms += 40000;
    for (int i = first; i < first + count; i++)
        ask(i);
    store_pump(store);
    made_clock.manual_ms += 20000;
    int handed = 0;
    for (int i = first; i < first + count; i++) {
        if (whole || bench_chance() % 5 < 2) {
            hand_over(i);
            handed++;
        }
    }
    store_pump(store);
    struct store_queue *q = open_tickets();
    for (size_t i = 0; i < q->count; i++) {
        struct store_told *told = JOB(store_told);
        told->ticket = q->tickets[i].id;
        told->low = (int)(wait / 90000);
        told->high = (int)(wait / 45000) + 1;
        submit(&told->job);
    }
    store_pump(store);
    if (!whole && handed > 0 && bench_chance() % 9 == 0) {
        made_clock.manual_ms += wait / 2;
        leave(first);
        store_pump(store);
    }
    store_job_free(&q->job);
    made_clock.manual_ms = start + 60000 + wait;
    q = open_tickets();
    take_and_talk(q, 120000 + (int64_t)(bench_chance() % 400000));
    store_job_free(&q->job);
    if (!whole && bench_chance() % 2 == 0)
        rate(first);
    store_pump(store);
    made_clock.manual_ms = start;
}

/* Weekdays are busier, nights are quiet. */
static void make_history(int chats, int64_t now_ms)
{
    int size = chats > 5000 ? chats / 1000 : 1;
    for (int i = 0; i < chats; i += size) {
        double at = (double)i / chats * DAYS, hour = 8.5 + 10 * bench_share();
        int64_t day = now_ms / day_ms - DAYS + 1 + (int64_t)at;
        made_clock.manual_ms = day * day_ms + (int64_t)(hour * 3600000);
        if (made_clock.manual_ms > now_ms - 1800000)
            made_clock.manual_ms = now_ms - 1800000 - (int64_t)(bench_chance() % 3600000);
        batch(i, i + size <= chats ? size : chats - i);
    }
    made_clock.manual_ms = now_ms;
}

static void add_users(void)
{
    static const char *const agents[AGENTS] = {"Anna", "Ugo", "Sara", "Pietro"};
    for (int i = 0; i < AGENTS; i++) {
        struct store_user_add *u = JOB(store_user_add);
        u->user = (struct user){.name = agents[i], .role = "agent", .password_hash = "x"};
        u->job.done = NULL;
        store_run(store, &u->job);
        users[i] = u->user.id;
        store_job_free(&u->job);
    }
}

static void index_all(void)
{
    for (bool more = true; more;) {
        struct store_search_index *i = JOB(store_search_index);
        i->limit = 50;
        i->job.done = NULL;
        store_run(store, &i->job);
        more = i->ret_more && i->job.result == STORE_OK;
        store_job_free(&i->job);
    }
}

static void fill(const char *folder, int chats)
{
    const char *why = "";
    struct clock now = clock_system();
    int64_t now_ms = clock_wall_ms(&now);
    made_clock = clock_manual(now_ms - DAYS * day_ms);
    store = store_open(folder, &made_clock, &why);
    if (store == NULL)
        fail(why);
    add_users();
    make_history(chats, now_ms);
    if (!whole) { /* some wait now */
        for (int i = 0; i < 6; i++) {
            made_clock.manual_ms = now_ms - (6 - i) * 70000;
            ask(chats + i);
            hand_over(chats + i);
            store_pump(store);
        }
    }
}

/* --- what it costs ---------------------------------------------------------------------------------------------- */

static void bench_search(struct reader *reader)
{
    static double took[QUERIES];
    size_t found = 0;
    for (int i = 0; i < QUERIES; i++) {
        char rare[16], words[64];
        struct store_search *s = JOB(store_search);
        /* A rare word, a beginning of one, a common word, and a common one with a rare one. */
        coined(rare);
        snprintf(words, sizeof words, "%s%.*s", i % 4 == 3 ? "pacco " : "", i % 4 == 1 ? 5 : 15,
                 i % 4 == 2 ? "fattura" : rare);
        s->words = words;
        s->allowed = i % 2 == 0 ? "" : "negozio";
        s->limit = 30;
        double start = bench_wall_us();
        reader_run(reader, &s->job);
        took[i] = (bench_wall_us() - start) / 1000;
        if (s->job.result != STORE_OK)
            fail("a search was refused");
        found += s->count;
        store_job_free(&s->job);
    }
    bench_figure("a search, median (limit for 100,000 chats)", bench_quantile(took, QUERIES, 0.5), "ms", 20);
    bench_figure("… 99 of 100", bench_quantile(took, QUERIES, 0.99), "ms", 200);
    bench_figure("… chats found, mean", (double)found / QUERIES, "", BENCH_NONE);
}

static void bench_live(struct reader *reader, int64_t now_ms)
{
    static double took[LIVE_TIMES], cpu[LIVE_TIMES];
    int64_t days[DAYS + 1];
    double asked = 0;
    for (int i = 0; i <= DAYS; i++)
        days[i] = (now_ms / day_ms - DAYS + 1 + i) * day_ms;
    for (int i = 0; i < LIVE_TIMES; i++) {
        struct store_live_queue *queue = JOB(store_live_queue);
        struct store_live *live = JOB(store_live);
        live->days = days;
        live->day_count = DAYS;
        double start = bench_wall_us(), cpu_start = bench_cpu_us();
        reader_run(reader, &queue->job);
        reader_run(reader, &live->job);
        took[i] = (bench_wall_us() - start) / 1000;
        cpu[i] = (bench_cpu_us() - cpu_start) / 1000;
        if (live->job.result != STORE_OK)
            fail("the live view was refused");
        asked = live->all.value[LIVE_ASKED];
        store_job_free(&queue->job);
        store_job_free(&live->job);
    }
    bench_figure("the live view of 30 days, median (limit for 1,000,000 entries)",
                 bench_quantile(took, LIVE_TIMES, 0.5), "ms", 1000);
    bench_figure("… of CPU", bench_quantile(cpu, LIVE_TIMES, 0.5), "ms", BENCH_NONE);
    bench_figure("… questions counted", asked, "", BENCH_NONE);
}

static void measure(const char *folder)
{
    struct clock now = clock_system();
    struct reader *reader = reader_new(folder, &now, 60000);
    if (reader == NULL)
        fail("no memory");
    bench_search(reader);
    bench_live(reader, clock_wall_ms(&now));
    bench_yardstick();
    reader_free(reader);
}

static void remove_folder(const char *folder)
{
    static const char *const files[] = {"sportello.db", "sportello.db-wal", "sportello.db-shm"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "fill") == 0) {
        fill(argv[2], (int)strtol(argv[3], NULL, 10));
        index_all();
        store_close(store);
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "read") == 0) {
        measure(argv[2]);
        return 0;
    }
    const char *base = getenv("BENCH_DIR"), *why = "";
    char folder[512];
    snprintf(folder, sizeof folder, "%s/sportello-bench-XXXXXX", base != NULL ? base : "build");
    if (mkdtemp(folder) == NULL)
        fail("cannot make a folder in build/");
    whole = true;
    double start = bench_wall_us();
    fill(folder, 100000);
    bench_figure("making 100,000 chats", (bench_wall_us() - start) / 1e6, "s", BENCH_NONE);
    start = bench_wall_us();
    index_all();
    bench_figure("indexing one of them, mean", (bench_wall_us() - start) / 100000, "µs", BENCH_NONE);
    measure(folder);
    start = bench_wall_us();
    if (store_search_scrub(folder, &why) != 0)
        fail(why);
    bench_figure("leaving nothing of what was erased", (bench_wall_us() - start) / 1e6, "s", BENCH_NONE);
    store_close(store);
    remove_folder(folder);
    return 0;
}
