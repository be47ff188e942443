/* Opening hours: see settings_hours.h. */
#include "content/settings_hours.h"

#include "content/dates.h"
#include "content/ident.h"
#include "content/lines.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS = 7, OPENINGS_A_DAY = 6 };

struct week {
    struct opening list[DAYS * OPENINGS_A_DAY];
    size_t count;
    bool given[DAYS];
};

/* 0 = Monday, or -1. */
static int weekday(const char *text, size_t size)
{
    static const char *const names[DAYS][4] = {
        {"mon", "monday", "lun", "lunedi"},       {"tue", "tuesday", "mar", "martedi"},
        {"wed", "wednesday", "mer", "mercoledi"}, {"thu", "thursday", "gio", "giovedi"},
        {"fri", "friday", "ven", "venerdi"},      {"sat", "saturday", "sab", "sabato"},
        {"sun", "sunday", "dom", "domenica"}};
    char word[24], folded[24];
    if (size >= sizeof word)
        return -1;
    memcpy(word, text, size);
    word[size] = '\0';
    ident_fold(word, folded, sizeof folded);
    for (int day = 0; day < DAYS; day++)
        for (int k = 0; k < 4; k++)
            if (strcmp(names[day][k], folded) == 0)
                return day;
    return -1;
}

static void complain(const struct settings_reader *r, int line, int column, const char *text, const char *remedy)
{
    problem_add(r->problems, SEVERITY_ERROR, r->file, line, column, "“%s”: %s", text, remedy);
}

static bool read_opening(struct span piece, struct opening *ret)
{
    piece = lines_trim(piece);
    const char *dash = memchr(piece.text, '-', piece.size);
    if (dash == NULL)
        return false;
    struct span from = lines_trim((struct span){piece.text, (size_t)(dash - piece.text)});
    struct span to = lines_trim((struct span){dash + 1, piece.size - (size_t)(dash - piece.text) - 1});
    ret->from = dates_minutes(from.text, (int)from.size);
    ret->to = dates_minutes(to.text, (int)to.size);
    return ret->from >= 0 && ret->to > ret->from;
}

/* The openings of the days from `first` to `last`; past the end of the week it goes on with Monday. */
static void read_day(const struct settings_reader *r, const struct yaml_value *v, int first, int last,
                     struct week *week)
{
    static const char remedy[] = "write hours such as 09:00-13:00, 15:00-19:00, in order and not past midnight";
    struct opening day[OPENINGS_A_DAY];
    size_t count = 0;
    if (v->kind != YAML_TEXT) {
        complain(r, v->line, v->column, v->key, remedy);
        return;
    }
    for (const char *p = v->text; *p != '\0';) {
        size_t size = strcspn(p, ",");
        bool good = count < OPENINGS_A_DAY && read_opening((struct span){p, size}, &day[count]);
        if (!good || (count > 0 && day[count].from <= day[count - 1].to)) {
            complain(r, v->line, v->column, v->text, remedy);
            return;
        }
        count++;
        p += size + (p[size] == ',');
    }
    for (int n = first;; n = (n + 1) % DAYS) {
        if (week->given[n])
            complain(r, v->key_line, v->key_column, v->key, "hours of this weekday are given twice; keep one");
        for (size_t i = 0; i < count && !week->given[n]; i++) {
            day[i].weekday = n;
            week->list[week->count++] = day[i];
        }
        week->given[n] = true;
        if (n == last)
            return;
    }
}

static int by_time(const void *a, const void *b)
{
    const struct opening *x = a, *y = b;
    return x->weekday != y->weekday ? x->weekday - y->weekday : x->from - y->from;
}

void settings_hours(const struct settings_reader *r, const struct yaml_value *map, struct department *department)
{
    struct week week = {.count = 0};
    for (const struct yaml_value *v = map->child; v != NULL; v = v->next) {
        size_t size = strcspn(v->key, "-");
        int first = weekday(v->key, size);
        int last = v->key[size] == '-' ? weekday(v->key + size + 1, strlen(v->key + size + 1)) : first;
        if (first < 0 || last < 0)
            complain(r, v->key_line, v->key_column, v->key,
                     "no weekday; write mon, tue, wed, thu, fri, sat, sun, or a range such as mon-fri");
        else
            read_day(r, v, first, last, &week);
    }
    struct opening *hours = arena_array(r->arena, week.count + 1, sizeof *hours);
    if (hours == NULL)
        return;
    memcpy(hours, week.list, week.count * sizeof *hours);
    qsort(hours, week.count, sizeof *hours, by_time);
    department->hours = hours;
    department->hour_count = week.count;
}
