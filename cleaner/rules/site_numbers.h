/* Numbers, dates and times of a line as 0, as site_keys._folded does it: in five passes, each over the buffer and back into it, never past what it has read. */

#ifndef SITE_NUMBERS_H
#define SITE_NUMBERS_H

#include "site_tables.h"

#define NEAR 12 /* characters behind the name of a month in which a number is looked for */

static Py_ssize_t word_end(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t size) {
    while (at < size && is_word(text[at]))
        at++;
    return at;
}

static int is_text(const Py_UCS4 *text, Py_ssize_t size, const char *wanted) {
    Py_ssize_t at = 0;
    for (; at < size && wanted[at]; at++)
        if (text[at] != (Py_UCS4)wanted[at])
            return 0;
    return at == size && !wanted[at];
}

/* What follows a number and belongs to it: k, m, h, st, nd, rd, th, er as a word's end. */
static Py_ssize_t suffix_end(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t size) {
    static const char *const suffixes[] = {"k", "m", "st", "nd", "rd", "th", "h", "er"};
    Py_ssize_t end = word_end(text, at, size < at + 3 ? size : at + 3);
    for (size_t number = 0; number < sizeof suffixes / sizeof *suffixes; number++)
        if (is_text(text + at, end - at, suffixes[number]))
            return end;
    return at;
}

/* Numbers with their points, commas and suffixes become 0. */
static Py_ssize_t fold_numbers(Py_UCS4 *text, Py_ssize_t size) {
    Py_ssize_t out = 0;
    for (Py_ssize_t at = 0; at < size;) {
        if (!is_digit(text[at])) {
            text[out++] = text[at++];
            continue;
        }
        for (at++; at < size; at++) {
            Py_UCS4 c = text[at];
            if (c != '.' && c != ',' && c != ':' && c != '\'' && c != 0x2019 && !is_digit(c))
                break;
        }
        at = suffix_end(text, at, size);
        text[out++] = '0';
    }
    return out;
}

static int is_among(Py_UCS4 c, const Py_UCS4 *set, int count) {
    for (int at = 0; at < count; at++)
        if (set[at] == c)
            return 1;
    return 0;
}

/* The end of a Chinese or Japanese weekday, or of "morning" and "afternoon", that begins at `at`; `at` where there is none. */
static Py_ssize_t weekday_end(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t size) {
    static const Py_UCS4 days[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x65E5, 0x5929};  /* one to six, sun, heaven */
    static const Py_UCS4 planets[] = {0x6708, 0x706B, 0x6C34, 0x6728, 0x91D1, 0x571F, 0x65E5};
    Py_UCS4 c = text[at], next = at + 1 < size ? text[at + 1] : 0, third = at + 2 < size ? text[at + 2] : 0;
    if (c < 0x4E00)
        return at;
    if (c == 0x661F && next == 0x671F && is_among(third, days, 8))
        return at + 3;
    if (c == 0x5468 && is_among(next, days, 7) && (at + 2 >= size || !is_word(third)))
        return at + 2;
    if (next == 0x66DC && is_among(c, planets, 7))
        return at + 2 + (third == 0x65E5);
    return (c == 0x4E0A || c == 0x4E0B) && next == 0x5348 ? at + 2 : at;
}

static Py_ssize_t fold_weekdays(Py_UCS4 *text, Py_ssize_t size) {
    Py_ssize_t out = 0;
    for (Py_ssize_t at = 0; at < size;) {
        Py_ssize_t end = weekday_end(text, at, size);
        text[out++] = end > at ? '0' : text[at];
        at = end > at ? end : at + 1;
    }
    return out;
}

static Py_ssize_t after_separators(const Tables *tables, const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end) {
    while (at < end && has(tables, text[at], SEPARATOR))
        at++;
    return at;
}

/* The next name of a month or weekday from `at` on, with the point behind it; an empty one at `size` where there is none. */
static Word next_name(const Tables *tables, const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t size) {
    while (at < size) {
        if (!is_word(text[at])) {
            at++;
            continue;
        }
        Py_ssize_t end = word_end(text, at, size);
        if (is_name(tables, text + at, end - at))
            return (Word){at, end + (end < size && text[end] == '.')};
        at = end;
    }
    return (Word){size, size};
}

/* The names of months and weekdays that stand beside a number, or beside one that does, become 0. */
static Py_ssize_t fold_names(const Tables *tables, Py_UCS4 *text, Py_ssize_t size) {
    Word name = next_name(tables, text, 0, size);
    if (name.start == size)
        return size;
    Py_ssize_t out = 0, position = 0;
    int dated = 0;
    while (name.start < size) {
        Word next = next_name(tables, text, name.end, size);
        Py_ssize_t back = name.start;
        while (back > position && has(tables, text[back - 1], SEPARATOR))
            back--;
        dated = back > position ? text[back - 1] == '0' : dated;
        Py_ssize_t near = after_separators(tables, text, name.end, size < name.end + NEAR ? size : name.end + NEAR);
        dated = dated || (near < size && near < name.end + NEAR && text[near] == '0');
        if (!dated && next.start < size && after_separators(tables, text, name.end, next.start) == next.start) {
            Py_ssize_t behind = after_separators(tables, text, next.end, size);
            dated = behind < size && text[behind] == '0';
        }
        while (position < name.start)
            text[out++] = text[position++];
        if (dated)
            text[out++] = '0';
        while (position < name.end) {
            if (!dated)
                text[out++] = text[position];
            position++;
        }
        name = next;
    }
    while (position < size)
        text[out++] = text[position++];
    return out;
}

/* The end of a run of zeros that begins at `at` with what divides them and the units of dates behind them. */
static Py_ssize_t run_end(const Tables *tables, const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t size) {
    Py_ssize_t end = at + 1, look = end;
    while (look < size && (text[look] == '0' || has(tables, text[look], BETWEEN) || is_space(text[look])))
        if (text[look++] == '0')
            end = look;
    while (end < size && has(tables, text[end], DATE_UNIT))
        end++;
    return end;
}

static Py_ssize_t fold_runs(const Tables *tables, Py_UCS4 *text, Py_ssize_t size) {
    Py_ssize_t out = 0;
    for (Py_ssize_t at = 0; at < size;) {
        int is_run = text[at] == '0';
        text[out++] = text[at];
        at = is_run ? run_end(tables, text, at, size) : at + 1;
    }
    return out;
}

/* The length of a word that counts something, without its plural: "0 replies" and "0 reply" are one; 0 for other words. */
static Py_ssize_t unit_size(const Py_UCS4 *word, Py_ssize_t size) {
    static const char *const units[] = {"second", "minute", "hour", "day",  "week", "month", "year",  "comment",
                                        "view",   "reader", "repl", "like", "vote", "answer", "share"};
    static const char *const plurals[] = {"", "s", "y", "ys", "ie", "ies"};
    for (size_t number = 0; number < sizeof units / sizeof *units; number++) {
        Py_ssize_t stem = (Py_ssize_t)strlen(units[number]);
        if (stem > size || !is_text(word, stem, units[number]))
            continue;
        for (size_t plural = 0; plural < sizeof plurals / sizeof *plurals; plural++)
            if (is_text(word + stem, size - stem, plurals[plural]))
                return stem;
    }
    return 0;
}

static Py_ssize_t fold_units(Py_UCS4 *text, Py_ssize_t size) {
    Py_ssize_t out = 0;
    while (out + 1 < size && !(text[out] == '0' && text[out + 1] == ' '))
        out++;
    Py_UCS4 before = 0; /* what was read last; `counted`: that and what was read before it are "0 " */
    int counted = 0;
    for (Py_ssize_t at = out; at < size;) {
        Py_ssize_t end = counted ? word_end(text, at, size) : at, kept = counted ? unit_size(text + at, end - at) : 0;
        counted = text[at] == ' ' && at && before == '0';
        before = text[at];
        if (kept) {
            memmove(text + out, text + at, kept * sizeof *text);
            out += kept;
            at = end;
        } else
            text[out++] = text[at++];
    }
    return out;
}

/* All of it; the new size. is_wide: whether there may be other characters than ASCII. */
static Py_ssize_t fold_dates(const Tables *tables, Py_UCS4 *text, Py_ssize_t size, int is_wide) {
    size = fold_numbers(text, size);
    if (is_wide)
        size = fold_weekdays(text, size);
    size = fold_units(text, fold_runs(tables, text, fold_names(tables, text, size)));
    Py_ssize_t start = 0;
    while (size && is_space(text[size - 1]))
        size--;
    while (start < size && is_space(text[start]))
        start++;
    memmove(text, text + start, (size - start) * sizeof *text);
    return size - start;
}

#endif
