/* Proves by very many runs that the queue is fair: see world.h for what a run is and judge.h for who judges it.
 *
 *   queue [--runs N] [--from SEED] [--jobs N] [--sabotage second|twice|nobody]
 *
 * Prints the counts; each fault with the seed that shows it: `queue --runs 1 --from SEED` is that run alone. Exit 0 if
 * there is no fault and every state and every cause was reached; with --sabotage, where something is done wrong on
 * purpose, if it was found. */
#include "prove/run.h"

#include <sys/wait.h>
#include <time.h>

enum { RUNS_A_STORE = 500, FAULTS_SHOWN = 5, JOBS_MAX = 64 };

struct sums {
    long runs, faulty, idle, stuck, misplaced, unlike, crashes, refusals, positions;
    struct judge_counts judged;
};

static const struct {
    const char *name;
    enum sabotage sabotage;
} sabotages[] = {{"second", SABOTAGE_SECOND}, {"twice", SABOTAGE_TWICE}, {"nobody", SABOTAGE_NOBODY}};

/* --- one process --------------------------------------------------------------------------------------- */

static struct sums play(uint64_t from, long runs, enum sabotage sabotage)
{
    struct sums sums = {.runs = runs};
    memset(&world, 0, sizeof world);
    for (long i = 0; i < runs; i++) {
        uint64_t seed = from + (uint64_t)i;
        bool alone = sabotage == SABOTAGE_NOBODY; /* it leaves its tickets behind */
        if (i % RUNS_A_STORE == 0 || alone)
            world_open();
        world.judge.first[0] = world.first[0] = '\0';
        if (!world_run(seed, sabotage) && sums.faulty++ < FAULTS_SHOWN)
            fprintf(stderr, "seed %llu: %s\n", (unsigned long long)seed, world_first_fault());
        if (i % RUNS_A_STORE == RUNS_A_STORE - 1 || i == runs - 1 || alone)
            world_close();
    }
    sums.idle = world.idle;
    sums.stuck = world.stuck;
    sums.misplaced = world.misplaced;
    sums.unlike = world.unlike;
    sums.crashes = world.crashes;
    sums.refusals = world.refusals;
    sums.positions = world.positions;
    sums.judged = world.judge.counts;
    return sums;
}

/* --- several ------------------------------------------------------------------------------------------- */

static void add(long *to, const long *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] += from[i];
}

static struct sums play_in(int jobs, uint64_t from, long runs, enum sabotage sabotage)
{
    struct sums all = {0};
    int pipes[JOBS_MAX][2];
    for (int k = 0; k < jobs; k++) {
        long begin = runs * k / jobs, end = runs * (k + 1) / jobs;
        if (pipe(pipes[k]) != 0)
            die("no pipe");
        if (fork() == 0) {
            struct sums sums = play(from + (uint64_t)begin, end - begin, sabotage);
            exit(write(pipes[k][1], &sums, sizeof sums) == (ssize_t)sizeof sums ? 0 : 2);
        }
        close(pipes[k][1]);
    }
    for (int k = 0; k < jobs; k++) {
        struct sums sums;
        if (read(pipes[k][0], &sums, sizeof sums) != (ssize_t)sizeof sums)
            die("a process ended badly");
        add((long *)&all, (const long *)&sums, sizeof sums / sizeof(long));
    }
    while (wait(NULL) > 0)
        continue;
    return all;
}

static bool print_reached(const char *what, const char *name, long count)
{
    printf("  %-8s %-15s %10ld%s\n", what, name, count, count == 0 ? "  never reached" : "");
    return count > 0;
}

static bool print_sums(const struct sums *s, double took)
{
    const struct judge_counts *j = &s->judged;
    bool all = true;
    printf("%ld runs, %ld inversions, %ld double assignments, %ld stuck tickets\n", s->runs, j->inversions, j->doubles,
           s->stuck);
    printf("  %ld over capacity, %ld to strangers, %ld steps out of rule, %ld idle beside who waits, %ld wrong places, "
           "%ld wrong mirrors\n",
           j->overloads, j->strangers, j->breaks, s->idle, s->misplaced, s->unlike);
    printf(
        "  %ld steps of tickets, %ld assignments, %ld crashes, %ld times the disk was full, %ld places told; %.0f s\n",
        j->rows, j->assignments, s->crashes, s->refusals, s->positions, took);
    for (int i = 0; i < JUDGE_STATES; i++)
        all = print_reached("state", judge_states[i], j->states[i]) && all;
    for (int i = 0; i <= JUDGE_CAUSES; i++)
        all = print_reached("cause", judge_cause_name(i), j->causes[i]) && all;
    return all;
}

static double now_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    long runs = 100000, from = 1, jobs = sysconf(_SC_NPROCESSORS_ONLN);
    enum sabotage sabotage = SABOTAGE_NONE;
    for (int i = 1; i < argc; i += 2) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--runs") == 0)
            runs = atol(value);
        else if (strcmp(argv[i], "--from") == 0)
            from = atol(value);
        else if (strcmp(argv[i], "--jobs") == 0)
            jobs = atol(value);
        else if (strcmp(argv[i], "--sabotage") != 0)
            die("usage: queue [--runs N] [--from SEED] [--jobs N] [--sabotage second|twice|nobody]");
        for (size_t k = 0; strcmp(argv[i], "--sabotage") == 0 && k < 3; k++) {
            if (strcmp(sabotages[k].name, value) == 0)
                sabotage = sabotages[k].sabotage;
        }
    }
    if (runs < 1 || from < 1)
        die("--runs and --from are numbers from 1");
    jobs = jobs < 1 ? 1 : jobs > JOBS_MAX ? JOBS_MAX : jobs > runs ? runs : jobs;
    double start = now_seconds();
    struct sums sums = play_in((int)jobs, (uint64_t)from, runs, sabotage);
    bool reached = print_sums(&sums, now_seconds() - start);
    if (sabotage != SABOTAGE_NONE) {
        const struct judge_counts *j = &sums.judged;
        long found = sabotage == SABOTAGE_SECOND ? j->inversions : sabotage == SABOTAGE_TWICE ? j->doubles : sums.stuck;
        printf("sabotage: %s\n", found > 0 ? "found" : "NOT FOUND");
        return found > 0 ? 0 : 1;
    }
    return sums.faulty == 0 && (reached || runs < 1000) ? 0 : 1;
}
