/* The kind of page, by a linear model (see kinds.py): what head and address say, which words occur, means and spreads of all measurements. */

#ifndef CLEANER_KINDS_H
#define CLEANER_KINDS_H

#include "_context.h"

#define STATISTICS (3 * BLOCK_FEATURES + TOTALS)
#define CLIP 4.0

typedef struct {
    const double *evidence, *attributes, *texts, *statistics; /* KINDS numbers a row */
    const double *mean, *scale, *bias;
    int64_t pieces; /* of evidence */
} KindModel;

static void add_row_of(double *scores, const double *table, int64_t row) {
    for (int kind = 0; kind < KINDS; kind++)
        scores[kind] += table[row * KINDS + kind];
}

/* Add the rows of the words that occur, each once. seen: room for as many marks as there are words, all zero. */
static void add_words(double *scores, const double *table, uint8_t *seen, int64_t words) {
    for (int64_t word = 0; word < words; word++)
        if (seen[word])
            add_row_of(scores, table, word);
}

/* Means and spreads of the measurements over the page, then the means weighted by tokens, then its totals. weights: of each block. */
static void fill_statistics(const Measured *m, const double *weights, double *out) {
    double count = (double)m->count;
    for (int feature = 0; feature < BLOCK_FEATURES; feature++) {
        const float *row = row_at(m, feature);
        double sum = 0, weighted = 0, spread = 0;
        for (Py_ssize_t block = 0; block < m->count; block++) {
            sum += row[block];
            weighted += row[block] * weights[block];
        }
        double mean = sum / count;
        for (Py_ssize_t block = 0; block < m->count; block++)
            spread += (row[block] - mean) * (row[block] - mean);
        out[feature] = mean;
        out[BLOCK_FEATURES + feature] = sqrt(spread / count);
        out[2 * BLOCK_FEATURES + feature] = weighted;
    }
    memcpy(out + 3 * BLOCK_FEATURES, m->totals, sizeof m->totals);
}

/* The probability of each kind; -1 with an exception set on failure. evidence: a list of numbers. */
static int tell_kind(const KindModel *model, const Measured *m, int64_t attribute_words, int64_t text_words, PyObject *evidence, double *chances) {
    double scores[KINDS] = {0}, statistics[STATISTICS], most = -INFINITY, sum = 0;
    for (Py_ssize_t place = 0; place < PyList_GET_SIZE(evidence); place++) {
        int64_t piece = PyLong_AsLongLong(PyList_GET_ITEM(evidence, place));
        if (piece < 0 || piece >= model->pieces) {
            PyErr_SetString(PyExc_ValueError, "evidence is a list of numbers of known pieces");
            return -1;
        }
        add_row_of(scores, model->evidence, piece);
    }
    uint8_t *seen = PyMem_Calloc(attribute_words + text_words + 1, 1);
    double *weights = PyMem_Malloc(m->count * sizeof(double)), tokens = at_least(m->sums[0][m->count], 1);
    if (!seen || !weights) {
        PyMem_Free(seen);
        PyMem_Free(weights);
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t place = 0; place < m->tree.words.count; place++)
        seen[m->tree.words.items[place]] = 1;
    for (Py_ssize_t block = 0; block < m->count; block++)
        for (int place = 0; place < FIRST_WORDS; place++)
            if (m->counts[block].words[place] >= 0)
                seen[attribute_words + m->counts[block].words[place]] = 1;
    add_words(scores, model->attributes, seen, attribute_words);
    add_words(scores, model->texts, seen + attribute_words, text_words);
    for (Py_ssize_t block = 0; block < m->count; block++)
        weights[block] = m->counts[block].tokens / tokens;
    fill_statistics(m, weights, statistics);
    PyMem_Free(seen);
    PyMem_Free(weights);
    for (int place = 0; place < STATISTICS; place++) {
        double value = at_most(at_least((statistics[place] - model->mean[place]) * model->scale[place], -CLIP), CLIP);
        for (int kind = 0; kind < KINDS; kind++)
            scores[kind] += value * model->statistics[place * KINDS + kind];
    }
    for (int kind = 0; kind < KINDS; kind++) {
        scores[kind] += model->bias[kind];
        most = at_least(scores[kind], most);
    }
    for (int kind = 0; kind < KINDS; kind++)
        sum += chances[kind] = exp(scores[kind] - most);
    for (int kind = 0; kind < KINDS; kind++)
        chances[kind] /= sum;
    return 0;
}

#endif
