/* What is measured of blocks and containers: the rows of BLOCK_FEATURES in features.py, in that order. Every sum over a container is a
   difference of sums over the blocks before its ends. Numbers are double and are stored as float, as numpy does in the twin. */

#ifndef CLEANER_FEATURES_H
#define CLEANER_FEATURES_H

#include <math.h>

#include "_tree.h"

#define TAGS 18
#define TAG_ROW 7
#define GOOD_TOKENS 14
#define GOOD_LINKS 0.4
#define SUMS 4
#define LEVELS 3
#define ANCHOR_ROWS 6
#define BLOCK_FEATURES 96
#define TOTALS 6
#define PROBE 32
#define DISTANCE 20.0
#define NONE (-1)
enum { AT_LINK_SHARE = 11, AT_GOOD = 25, AT_TITLE = 47, AT_ANCHORS = 51 };

typedef struct {
    Page page;
    Tree tree;
    Counts *counts;
    Py_ssize_t count;      /* blocks */
    int64_t title;         /* the block most like the page's title, or NONE */
    double *sums[SUMS];    /* tokens, tokens in links, ends of sentences, tokens of prose before each block, and in all */
    int64_t *rows, *groups; /* of a block: the row it stands in, the number of its path and tag */
    double *space;
    int64_t *numbers;
    double totals[TOTALS];
    float *matrix;         /* a feature a row, a block a column */
} Measured;

#define KEPT_LOGS 1024
static double LOGS[KEPT_LOGS];

static double log1p_of(double value) {
    if (value >= 0 && value < KEPT_LOGS && value == (int)value)
        return LOGS[(int)value];
    return log1p(value);
}

static double at_least(double value, double least) { return value > least ? value : least; }
static double at_most(double value, double most) { return value < most ? value : most; }
static float *row_at(const Measured *m, Py_ssize_t row) { return m->matrix + row * m->count; }
static double inside(const double *sums, int64_t first, int64_t last) { return sums[last] - sums[first]; }

static void fill_sums(Measured *m) {
    for (int sum = 0; sum < SUMS; sum++)
        m->sums[sum] = m->space + sum * (m->count + 1);
    double before[SUMS] = {0};
    for (Py_ssize_t block = 0; block <= m->count; block++) {
        for (int sum = 0; sum < SUMS; sum++)
            m->sums[sum][block] = before[sum];
        if (block == m->count)
            break;
        double tokens = m->counts[block].tokens, links = (double)m->page.links[block];
        double size = (double)(m->page.ends[block] - m->page.starts[block]);
        int good = tokens >= GOOD_TOKENS && links <= GOOD_LINKS * size && m->page.levels[block] < 2;
        row_at(m, AT_GOOD)[block] = (float)good;
        before[0] += tokens;
        before[1] += links / size * tokens;
        before[2] += m->counts[block].classes[STOP];
        before[3] += good * tokens;
    }
    double some = at_least(before[0], 1), ideographs = 0;
    for (Py_ssize_t block = 0; block < m->count; block++)
        ideographs += m->counts[block].classes[IDEOGRAPH];
    m->totals[0] = log1p((double)m->count) / 6;
    m->totals[1] = log1p(before[0]) / 8;
    for (int sum = 1; sum < SUMS; sum++)
        m->totals[1 + sum] = before[sum] / some;
    m->totals[5] = ideographs / some;
}

static void fill_text(Measured *m) {
    static const int per_character[] = {DIGIT, IDEOGRAPH, BRACKET, BAR, MONEY, MARK}, first[] = {UPPER, LOWER, DIGIT, BAR};
    for (Py_ssize_t block = 0; block < m->count; block++) {
        const Counts *c = &m->counts[block];
        const int32_t *classes = c->classes;
        float *to = m->matrix + block;
        Py_ssize_t step = m->count;
        double size = (double)(m->page.ends[block] - m->page.starts[block]), some = at_least(c->tokens, 1);
        double letters = at_least((double)classes[UPPER] + classes[LOWER], 1), links = (double)m->page.link_counts[block];
        to[0] = (float)log1p_of(c->tokens);
        to[step] = (float)log1p_of(size);
        to[2 * step] = (float)log1p_of(links);
        to[3 * step] = (float)log1p_of(classes[STOP]);
        to[4 * step] = (float)log1p_of(classes[LINE]);
        for (int place = 0; place < 6; place++)
            to[(5 + place) * step] = (float)((float)classes[per_character[place]] / size);
        to[AT_LINK_SHARE * step] = (float)((float)m->page.links[block] / size);
        to[12 * step] = (float)((float)classes[COMMA] / some);
        to[13 * step] = (float)((float)classes[COLON] / some);
        to[14 * step] = (float)((float)links / some);
        to[15 * step] = (float)((float)letters / some);
        to[16 * step] = (float)(classes[UPPER] / letters);
        to[17 * step] = c->last == STOP;
        to[18 * step] = c->last == COLON;
        for (int place = 0; place < 4; place++)
            to[(19 + place) * step] = c->first == first[place];
        to[23 * step] = m->page.levels[block] == 2;
        to[24 * step] = m->page.levels[block] == 1;
        to[26 * step] = m->page.names[block] == TAG_ROW;
        to[(27 + m->page.names[block]) * step] = 1;
        to[45 * step] = (float)((double)block / (double)m->count);
        to[46 * step] = (float)(m->sums[0][block] / at_least(m->sums[0][m->count], 1));
        to[AT_TITLE * step] = (float)c->like_title;
        to[48 * step] = c->copy;
        to[49 * step] = c->copied;
    }
}

/* Where a piece of `piece` stands in `text`: -1 nowhere, -2 with an exception set. */
static Py_ssize_t find_piece(PyObject *text, PyObject *piece, Py_ssize_t start, Py_ssize_t end) {
    PyObject *probe = PyUnicode_Substring(piece, start, end);
    Py_ssize_t found = probe ? PyUnicode_Find(text, probe, 0, PyUnicode_GET_LENGTH(text), 1) : -2;
    Py_XDECREF(probe);
    return found;
}

/* Which blocks are in the text that the head gives for the article. */
static int fill_body(Measured *m, PyObject *body) {
    if (!PyUnicode_GET_LENGTH(body))
        return 0;
    for (Py_ssize_t block = 0; block < m->count; block++) {
        int64_t start = m->page.starts[block];
        if (m->page.ends[block] - start < PROBE)
            continue;
        Py_ssize_t found = find_piece(body, m->page.text.string, start, start + PROBE);
        if (found < -1)
            return -1;
        row_at(m, 50)[block] = found >= 0;
    }
    return 0;
}

static int64_t titled(const Measured *m) {
    const float *shares = row_at(m, AT_TITLE);
    Py_ssize_t best = 0;
    for (Py_ssize_t block = 1; block < m->count; block++)
        if (shares[block] > shares[best])
            best = block;
    return shares[best] < 0.5f ? NONE : best;
}

/* The block that holds the beginning of the description, or what follows that; -2 with an exception set. */
static int64_t described(const Measured *m, PyObject *description) {
    for (Py_ssize_t place = 0; place <= PROBE; place += PROBE) {
        if (PyUnicode_GET_LENGTH(description) < place + PROBE)
            continue;
        Py_ssize_t found = find_piece(m->page.text.string, description, place, place + PROBE);
        if (found < -1)
            return -2;
        if (found < 0)
            continue;
        int64_t block = 0;
        while (block + 1 < m->count && m->page.starts[block + 1] <= found)
            block++;
        return found < m->page.starts[0] ? NONE : block;
    }
    return NONE;
}

/* How far blocks are from one that belongs to the article: in blocks, and by the smallest container that holds both. */
static void fill_anchor(Measured *m, Py_ssize_t at, int64_t anchor) {
    if (anchor < 0)
        return;
    double total = at_least(m->sums[0][m->count], 1), around = 0, level = 0;
    for (Py_ssize_t block = 0; block < m->count; block++) {
        row_at(m, at)[block] = block == anchor;
        row_at(m, at + 1)[block] = block > anchor;
        row_at(m, at + 2)[block] = (float)at_most(at_least((double)(block - anchor) / DISTANCE, -2), 2);
        row_at(m, at + 5)[block] = 1;
    }
    const int64_t *firsts = m->tree.firsts, *lasts = m->tree.lasts;
    for (Py_ssize_t row = 0; row < m->tree.rows; row++)
        around += firsts[row] <= anchor && lasts[row] > anchor;
    for (Py_ssize_t row = 0; row < m->tree.rows; row++) {
        if (firsts[row] > anchor || lasts[row] <= anchor)
            continue;
        float common = (float)(++level / around), share = (float)(inside(m->sums[0], firsts[row], lasts[row]) / total);
        for (int64_t block = firsts[row]; block < lasts[row]; block++) {
            row_at(m, at + 3)[block] = common;
            row_at(m, at + 4)[block] = share;
        }
    }
}

/* Sums over the blocks of one path and tag. -1 without memory. */
static int fill_groups(Measured *m, Py_ssize_t at) {
    uint64_t *keys = PyMem_Malloc(m->count * sizeof(uint64_t));
    for (Py_ssize_t block = 0; keys && block < m->count; block++)
        keys[block] = (uint64_t)m->tree.group_of[m->page.homes[block]] * 32 + (uint64_t)m->page.names[block];
    int64_t groups = keys ? number_keys(keys, m->count, m->groups) : -1;
    double(*sums)[6] = groups < 0 ? NULL : PyMem_Calloc(groups, sizeof *sums);
    PyMem_Free(keys);
    if (!sums) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t block = 0; block < m->count; block++) {
        double *sum = sums[m->groups[block]];
        sum[0]++;
        for (int place = 0; place < 3; place++)
            sum[2 + place] += inside(m->sums[place], block, block + 1);
        sum[5] += (double)block;
    }
    double total = at_least(m->sums[0][m->count], 1);
    for (int64_t group = 0; group < groups; group++) {
        double *sum = sums[group], tokens = sum[2], some = at_least(tokens, 1);
        sum[5] /= sum[0] * (double)m->count;
        sum[1] = log1p_of(tokens / sum[0]);
        sum[0] = log1p_of(sum[0]);
        sum[2] = tokens / total;
        sum[3] /= some;
        sum[4] /= some;
    }
    for (Py_ssize_t block = 0; block < m->count; block++)
        for (int place = 0; place < 6; place++)
            row_at(m, at + place)[block] = (float)sums[m->groups[block]][place];
    PyMem_Free(sums);
    return 0;
}

/* Sums over a block's container and the next two around it that hold more. */
static void fill_levels(Measured *m, Py_ssize_t at) {
    double prose = at_least(m->sums[3][m->count], 1);
    for (Py_ssize_t block = 0; block < m->count; block++) {
        int64_t row = m->rows[block];
        float *to = row_at(m, at) + block;
        Py_ssize_t step = LEVELS * m->count;
        for (int level = 0; level < LEVELS; level++, row = m->tree.outer[row], to += m->count) {
            int64_t first = m->tree.firsts[row], last = m->tree.lasts[row];
            double tokens = inside(m->sums[0], first, last), some = at_least(tokens, 1);
            to[0] = (float)log1p_of(tokens);
            to[step] = (float)log1p_of((double)(last - first));
            to[2 * step] = (float)(inside(m->sums[1], first, last) / some);
            to[3 * step] = (float)(inside(m->sums[2], first, last) / some);
            to[4 * step] = (float)(inside(m->sums[3], first, last) / prose);
            to[5 * step] = (float)((double)first / (double)m->count);
        }
    }
}

/* The last of the smallest rows whose part of `held` reaches a share; sizes: what smallest means. */
static Py_ssize_t smallest_row(const Measured *m, const double *held, double share, const double *sizes) {
    Py_ssize_t best = m->tree.rows - 1;
    double least = INFINITY;
    for (Py_ssize_t row = 0; row < m->tree.rows; row++) {
        int64_t first = m->tree.firsts[row], last = m->tree.lasts[row];
        double size = sizes ? inside(sizes, first, last) : (double)(last - first);
        if (inside(held, first, last) >= share * held[m->count] && size <= least) {
            least = size;
            best = row;
        }
    }
    return best;
}

/* Ones for the blocks of a row, and in the next feature for those before it. */
static void mark_row(Measured *m, Py_ssize_t at, Py_ssize_t row) {
    int64_t first = m->tree.firsts[row], last = m->tree.lasts[row];
    for (int64_t block = 0; block < last; block++)
        row_at(m, block < first ? at + 1 : at)[block] = 1;
}

static void fill_shares(Measured *m, Py_ssize_t at) {
    static const double shares[] = {0.35, 0.55, 0.8};
    double total = at_least(m->sums[0][m->count], 1);
    for (int place = 0; place < 3; place++, at += 3) {
        Py_ssize_t best = m->sums[3][m->count] > 0 ? smallest_row(m, m->sums[3], shares[place], m->sums[0]) : 0;
        mark_row(m, at, best);
        float size = (float)(inside(m->sums[0], m->tree.firsts[best], m->tree.lasts[best]) / total);
        for (Py_ssize_t block = 0; block < m->count; block++)
            row_at(m, at + 2)[block] = size;
    }
}

/* Fill the first BLOCK_FEATURES rows of a matrix of zeros; -1 with an exception set on failure. */
static int fill_features(Measured *m, PyObject *title, PyObject *description, PyObject *body) {
    for (Py_ssize_t block = 0; block < m->count; block++)
        m->rows[block] = m->tree.row_of[m->page.homes[block]];
    fill_sums(m);
    if (compare_titles(&m->page, title, m->counts) < 0 || find_copies(&m->page, m->counts) < 0)
        return -1;
    fill_text(m);
    if (fill_body(m, body) < 0)
        return -1;
    int64_t anchor = described(m, description);
    if (anchor < NONE)
        return -1;
    m->title = titled(m);
    fill_anchor(m, AT_ANCHORS, m->title);
    fill_anchor(m, AT_ANCHORS + ANCHOR_ROWS, anchor);
    if (fill_groups(m, 63) < 0)
        return -1;
    fill_levels(m, 69);
    fill_shares(m, 87);
    return 0;
}

#endif
