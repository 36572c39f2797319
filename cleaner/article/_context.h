/* What is known of a block beyond itself: the rows of CONTEXT_FEATURES and of the page in context.py, in that order. */

#ifndef CLEANER_CONTEXT_H
#define CLEANER_CONTEXT_H

#include "_features.h"

#define KINDS 7
#define SAID 9
#define SEEN 9
#define CONTEXT_SUMS 6
#define CONTEXT_FEATURES 73
#define ALL_FEATURES (BLOCK_FEATURES + CONTEXT_FEATURES + TOTALS + KINDS)
#define FAR_AWAY 50
enum { SAID_NEAR = BLOCK_FEATURES + 1, SAID_LEAST = BLOCK_FEATURES + 3, SAID_FIRST = BLOCK_FEATURES + 6 };

/* What words say of a row: of its own, and of it and all rows around it. The row after the last says nothing. */
typedef struct {
    double sum, least;
    double lowest, highest, all;
} Saying;

/* words: two values a word, for blocks in its row or the two below, and for all blocks in it. */
static void fill_sayings(const Tree *tree, const double *values, Saying *sayings) {
    memset(sayings, 0, (tree->rows + 1) * sizeof *sayings);
    for (Py_ssize_t place = 0; place < tree->owners.count; place++) {
        Saying *said = &sayings[tree->owners.items[place]];
        double near = values[2 * tree->words.items[place]], far = values[2 * tree->words.items[place] + 1];
        int first = !place || tree->owners.items[place - 1] != tree->owners.items[place];
        said->sum += near;
        said->least = first ? near : at_most(said->least, near);
        said->lowest = at_most(said->lowest, far);
        said->highest = at_least(said->highest, far);
        said->all += far;
    }
    for (Py_ssize_t row = 1; row < tree->rows; row++) {
        const Saying *around = &sayings[tree->outer[row]];
        sayings[row].lowest = at_most(sayings[row].lowest, around->lowest);
        sayings[row].highest = at_least(sayings[row].highest, around->highest);
        sayings[row].all = around->all + sayings[row].all;
    }
}

/* values: two a word, at the beginning of a block and in the heading above; the last word is the unknown one. */
static void fill_said(Measured *m, const Saying *sayings, const double *values, int64_t unknown) {
    const int64_t *outer = m->tree.outer;
    int64_t nothing = m->tree.rows;
    double heading = 0;
    for (Py_ssize_t block = 0; block < m->count; block++) {
        int64_t row = m->rows[block], parent = row ? outer[row] : nothing, third = parent % nothing ? outer[parent] : nothing;
        const Saying *own = &sayings[row], *up = &sayings[parent], *top = &sayings[third];
        double first = 0, head = 0, begins = 0;
        for (int place = 0; place < FIRST_WORDS; place++) {
            int64_t word = m->counts[block].words[place] < 0 ? unknown : m->counts[block].words[place];
            first += values[2 * word];
            head += values[2 * word + 1];
            begins = place ? begins : values[2 * word];
        }
        if (m->page.headings[block])
            heading = head;
        float *to = row_at(m, BLOCK_FEATURES) + block;
        double said[SAID] = {own->sum,    own->sum + up->sum + top->sum, at_most(at_most(own->least, up->least), top->least),
                             own->lowest, own->highest,                  own->all,
                             first,       begins,                        heading};
        for (int place = 0; place < SAID; place++, to += m->count)
            *to = (float)said[place];
    }
}

/* Measurements of the blocks a few steps before and after, zero beyond the page. */
static void fill_steps(Measured *m, Py_ssize_t at) {
    static const int steps[] = {-2, -1, 1, 2}, seen[SEEN] = {0, 2, 3, AT_LINK_SHARE, 19, 20, SAID_NEAR, SAID_LEAST, SAID_FIRST};
    for (int step = 0; step < 4; step++)
        for (int place = 0; place < SEEN; place++, at++) {
            Py_ssize_t ahead = steps[step], skip = ahead < 0 ? -ahead : ahead;
            if (skip >= m->count)
                continue;
            float *to = row_at(m, at) + (ahead < 0 ? skip : 0), *from = row_at(m, seen[place]) + (ahead < 0 ? 0 : skip);
            memcpy(to, from, (m->count - skip) * sizeof(float));
        }
}

/* sums: tokens, tokens in links, of prose, what rows around say, what near rows say (each times tokens), what first words say. */
static void fill_context_sums(const Measured *m, double *sums[CONTEXT_SUMS]) {
    double before[CONTEXT_SUMS] = {0};
    for (Py_ssize_t block = 0; block <= m->count; block++) {
        for (int sum = 0; sum < CONTEXT_SUMS; sum++)
            sums[sum][block] = before[sum];
        if (block == m->count)
            break;
        double tokens = m->counts[block].tokens;
        before[0] += tokens;
        before[1] += at_most(row_at(m, AT_LINK_SHARE)[block], 1) * tokens;
        before[2] += row_at(m, AT_GOOD)[block] * tokens;
        before[3] += row_at(m, SAID_LEAST)[block] * tokens;
        before[4] += row_at(m, SAID_NEAR)[block] * tokens;
        before[5] += row_at(m, SAID_FIRST)[block];
    }
}

/* Means over the blocks on both sides. */
static void fill_windows(Measured *m, Py_ssize_t at, double *sums[CONTEXT_SUMS]) {
    static const int widths[] = {3, 8};
    for (int place = 0; place < 2; place++, at += CONTEXT_SUMS)
        for (Py_ssize_t block = 0; block < m->count; block++) {
            Py_ssize_t width = widths[place], low = block > width ? block - width : 0;
            Py_ssize_t high = block + width + 1 < m->count ? block + width + 1 : m->count;
            double tokens = inside(sums[0], low, high), some = at_least(tokens, 1);
            row_at(m, at)[block] = (float)log1p_of(tokens);
            for (int sum = 1; sum < CONTEXT_SUMS - 1; sum++)
                row_at(m, at + sum)[block] = (float)(inside(sums[sum], low, high) / some);
            row_at(m, at + 5)[block] = (float)(inside(sums[5], low, high) / (double)(high - low));
        }
}

/* The section a block is in: from the heading before it to the next. */
static void fill_section(Measured *m, Py_ssize_t at, double *sums[CONTEXT_SUMS]) {
    Py_ssize_t headings = 0, before = 0, end = m->count, headed = NONE;
    for (Py_ssize_t block = 0; block < m->count; block++)
        headings += m->page.headings[block] > 0;
    for (Py_ssize_t block = m->count - 1; block >= 0; block--) { /* where the section ends, kept for a moment in the first row */
        row_at(m, at)[block] = (float)end;
        if (m->page.headings[block])
            end = block;
    }
    for (Py_ssize_t block = 0; block < m->count; block++) {
        if (m->page.headings[block]) {
            headed = block;
            before++;
        }
        Py_ssize_t begin = headed < 0 ? 0 : headed, stop = (Py_ssize_t)row_at(m, at)[block];
        double tokens = inside(sums[0], begin, stop), some = at_least(tokens, 1);
        row_at(m, at)[block] = (float)at_most((double)(block - headed), FAR_AWAY);
        row_at(m, at + 1)[block] = (float)log1p_of(tokens);
        row_at(m, at + 2)[block] = (float)(inside(sums[2], begin, stop) / some);
        row_at(m, at + 3)[block] = (float)(inside(sums[1], begin, stop) / some);
        row_at(m, at + 4)[block] = headed < 0 ? 0 : (float)m->page.headings[begin];
        row_at(m, at + 5)[block] = (float)((double)before / at_least((double)headings, 1));
    }
}

/* What words say of all that is in a block's containers, and which containers hold most of the text that looks right.
   likely: room for one number a block and one more. */
static void fill_containers(Measured *m, Py_ssize_t at, double *sums[CONTEXT_SUMS], double *likely) {
    static const double shares[] = {0.5, 0.8};
    likely[0] = 0;
    for (Py_ssize_t block = 0; block < m->count; block++) {
        int64_t row = m->rows[block];
        for (int level = 0; level < LEVELS; level++, row = m->tree.outer[row]) {
            int64_t first = m->tree.firsts[row], last = m->tree.lasts[row];
            double some = at_least(inside(sums[0], first, last), 1);
            row_at(m, at + 2 * level)[block] = (float)(inside(sums[3], first, last) / some);
            row_at(m, at + 2 * level + 1)[block] = (float)(inside(sums[4], first, last) / some);
        }
        double odds = (double)row_at(m, SAID_LEAST)[block] + (double)row_at(m, SAID_NEAR)[block];
        double chance = 1 / (1 + exp(-at_most(at_least(odds, -30), 30)));
        likely[block + 1] = likely[block] + m->counts[block].tokens * chance * (row_at(m, AT_LINK_SHARE)[block] < 0.5f);
    }
    for (int place = 0; place < 2; place++)
        mark_row(m, at + 2 * LEVELS + 2 * place, smallest_row(m, likely, shares[place], NULL));
}

/* Fill the rows behind the first BLOCK_FEATURES; -1 with an exception set on failure. chances: of the kinds of page. */
static int fill_context(Measured *m, const double *attribute_values, const double *text_values, int64_t unknown, const double *chances) {
    double *space = PyMem_Malloc((CONTEXT_SUMS + 1) * (m->count + 1) * sizeof(double)), *sums[CONTEXT_SUMS];
    Saying *sayings = PyMem_Malloc((m->tree.rows + 1) * sizeof(Saying));
    int good = space && sayings;
    if (good) {
        for (int sum = 0; sum < CONTEXT_SUMS; sum++)
            sums[sum] = space + sum * (m->count + 1);
        fill_sayings(&m->tree, attribute_values, sayings);
        fill_said(m, sayings, text_values, unknown);
        Py_ssize_t at = BLOCK_FEATURES + SAID;
        fill_steps(m, at);
        fill_context_sums(m, sums);
        fill_windows(m, at += 4 * SEEN, sums);
        fill_section(m, at += 2 * CONTEXT_SUMS, sums);
        fill_containers(m, at += 6, sums, space + CONTEXT_SUMS * (m->count + 1));
        for (int place = 0; place < TOTALS + KINDS; place++) {
            float value = (float)(place < TOTALS ? m->totals[place] : log(chances[place - TOTALS] + 1e-3));
            for (Py_ssize_t block = 0; block < m->count; block++)
                row_at(m, BLOCK_FEATURES + CONTEXT_FEATURES + place)[block] = value;
        }
    } else
        PyErr_NoMemory();
    PyMem_Free(space);
    PyMem_Free(sayings);
    return good ? 0 : -1;
}

#endif
