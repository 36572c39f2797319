/* Decision trees: a split is a feature, a threshold and the mask of the leaves that stay when the feature is greater; the leaf is the lowest
   bit that no split took away (QuickScorer, Lucchese et al. 2015), which no branch slows. All blocks go through a split at once. */

#ifndef CLEANER_TREES_H
#define CLEANER_TREES_H

#include <Python.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const int64_t *features, *begins; /* of each split; where the splits of each tree begin, and their number */
    const float *thresholds;
    const uint32_t *masks;
    const double *leaves; /* `width` a tree */
    Py_ssize_t splits, trees, width;
} Forest;

/* Where the compiler can, a version for wider registers is made too and chosen when the program starts. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__gnu_linux__)
#define WIDE __attribute__((target_clones("avx2", "default"), noinline))
#else
#define WIDE
#endif

WIDE static void pass_split(const float *restrict column, float threshold, uint32_t taken, uint32_t *restrict left, Py_ssize_t count) {
    for (Py_ssize_t block = 0; block < count; block++)
        left[block] &= ~(taken & (0u - (uint32_t)(column[block] > threshold)));
}

/* Adds to each block's sum the leaf of its lowest bit, which is read from the exponent of that bit as a number: so it can be done for several blocks
   at once. */
WIDE static void add_leaves(const double *restrict leaves, const uint32_t *restrict left, double *restrict sums, Py_ssize_t count) {
    for (Py_ssize_t block = 0; block < count; block++) {
        uint32_t bit = left[block] & (0u - left[block]), bits;
        float number = (float)(int32_t)(bit + (bit == 0));
        memcpy(&bits, &number, sizeof bits);
        sums[block] += leaves[(int32_t)(bits >> 23 & 0xFF) - 127];
    }
}

/* The sum of one leaf of every tree for each block; left: room for a number a block. A tree has at most 31 leaves. */
static void sum_leaves(const Forest *forest, const float *matrix, Py_ssize_t count, uint32_t *left, double *sums) {
    uint32_t all = (1u << forest->width) - 1;
    for (Py_ssize_t block = 0; block < count; block++)
        sums[block] = 0;
    for (Py_ssize_t tree = 0; tree < forest->trees; tree++) {
        for (Py_ssize_t block = 0; block < count; block++)
            left[block] = all;
        for (int64_t split = forest->begins[tree]; split < forest->begins[tree + 1]; split++)
            pass_split(matrix + forest->features[split] * count, forest->thresholds[split], ~forest->masks[split], left, count);
        add_leaves(forest->leaves + tree * forest->width, left, sums, count);
    }
}

#endif
