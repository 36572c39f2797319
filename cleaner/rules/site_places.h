/* Where the blocks of a page stand that its site repeats: the twin of site_places.places.

   The columns of a page come as bytes of fixed width, and their lengths are compared before anything is read. Three passes over the blocks, whatever is in
   them: weights, runs, and back. Weights are added one after the other, as Python does, so that sums are the same to the last bit. */

#ifndef SITE_PLACES_H
#define SITE_PLACES_H

#include "site_bits.h"

#define SHORT .2 /* what a character of a line counts that is no sentence */
#define FEW 2    /* blocks in a row that still stand alone between the page's own text */
#define MANY 5   /* blocks in a row that no text of a page's own has */

enum { AT_TOP = 1, AT_END = 2, INSIDE = 4, HEADS_ROW = 8, IN_RUN = 16 };

typedef struct {
    Py_buffer sizes, bits, repeated; /* 4, 2 and 1 bytes a block */
    Py_ssize_t count;
    double *before; /* of the page's own text, before each block and behind the last */
} Blocks;

static uint32_t size_at(const Blocks *blocks, Py_ssize_t at) {
    uint32_t size;
    memcpy(&size, (const char *)blocks->sizes.buf + at * sizeof size, sizeof size);
    return size;
}

static unsigned bits_at(const Blocks *blocks, Py_ssize_t at) {
    uint16_t bits;
    memcpy(&bits, (const char *)blocks->bits.buf + at * sizeof bits, sizeof bits);
    return bits;
}

static int is_repeated(const Blocks *blocks, Py_ssize_t at) { return ((const char *)blocks->repeated.buf)[at] != 0; }

static void weigh(Blocks *blocks) {
    double sum = blocks->before[0] = 0;
    for (Py_ssize_t at = 0; at < blocks->count; at++) {
        volatile double weight = size_at(blocks, at); /* volatile: a product that is added in the same step is rounded otherwise on some machines */
        if (is_repeated(blocks, at))
            weight = 0;
        else if ((bits_at(blocks, at) & (SENTENCE | LINKED)) != SENTENCE)
            weight = SHORT * weight;
        blocks->before[at + 1] = sum += weight;
    }
}

/* Where the run of repeated blocks [start, end) stands. */
static int place_of(const Blocks *blocks, Py_ssize_t start, Py_ssize_t end, double edge) {
    double all = blocks->before[blocks->count], total = all != 0 ? all : 1;
    volatile double first = edge * total, last = (1 - edge) * total;
    int where = (blocks->before[start] <= first ? AT_TOP : 0) | (blocks->before[start] >= last ? AT_END : 0);
    if (end - start <= FEW && start > 0 && end < blocks->count && !((bits_at(blocks, start - 1) | bits_at(blocks, end)) & LINKED))
        where |= INSIDE;
    return where | (end - start >= MANY ? IN_RUN : 0);
}

/* Put the blocks of a run into `found`, by their numbers; -1 on an error. */
static int add_run(const Blocks *blocks, Py_ssize_t start, Py_ssize_t end, int where, PyObject *found) {
    for (Py_ssize_t at = start; at < end; at++) {
        int heads = at + 1 == end && end < blocks->count && (bits_at(blocks, at) & bits_at(blocks, end) & ROW);
        PyObject *number = PyLong_FromSsize_t(at), *place = PyLong_FromLong(where | (heads ? HEADS_ROW : 0));
        int failed = !number || !place || PyDict_SetItem(found, number, place) < 0;
        Py_XDECREF(number);
        Py_XDECREF(place);
        if (failed)
            return -1;
    }
    return 0;
}

static PyObject *places_of(Blocks *blocks, double edge) {
    PyObject *found = PyDict_New();
    weigh(blocks);
    for (Py_ssize_t start = 0, end; found && start < blocks->count; start = end) {
        for (end = start; end < blocks->count && is_repeated(blocks, end) == is_repeated(blocks, start); end++)
            ;
        if (is_repeated(blocks, start) && add_run(blocks, start, end, place_of(blocks, start, end, edge), found) < 0)
            Py_CLEAR(found);
    }
    return found;
}

static PyObject *places(PyObject *module, PyObject *args) {
    (void)module;
    Blocks blocks;
    double edge;
    if (!PyArg_ParseTuple(args, "y*y*y*d", &blocks.sizes, &blocks.bits, &blocks.repeated, &edge))
        return NULL;
    PyObject *result = NULL;
    blocks.count = blocks.repeated.len;
    blocks.before = NULL;
    if (blocks.sizes.len != 4 * blocks.count || blocks.bits.len != 2 * blocks.count)
        PyErr_SetString(PyExc_ValueError, "places() takes columns of one length");
    else if (!(blocks.before = PyMem_Calloc(blocks.count + 1, sizeof *blocks.before)))
        PyErr_NoMemory();
    else
        result = places_of(&blocks, edge);
    PyMem_Free(blocks.before);
    PyBuffer_Release(&blocks.sizes);
    PyBuffer_Release(&blocks.bits);
    PyBuffer_Release(&blocks.repeated);
    return result;
}

#endif
