/* From probabilities to blocks, as choice.py and kinds.py say: boilerplate made less likely, the kind's softening, groups pulled together,
   an article's container, and the cut of highest expected F1. */

#ifndef CLEANER_CHOICE_H
#define CLEANER_CHOICE_H

#include "_context.h"

typedef struct { /* in the order of CONSTANTS in choice.py */
    double demoted, refused, commented, letters, commented_if, small, most, group, table, titled_tokens;
    double sure, outer, lead, likely, far, named_lead, named_tokens, named_share, little, near_title, thread, between, post_lead,
        posts_share; /* of containers.py */
} Rules;
#define RULES (sizeof(Rules) / sizeof(double))

typedef struct {
    double probability, weight;
    Py_ssize_t block;
} Candidate;

/* Lower the blocks of small rows with a word of this factor. changes: room for a number a block and one more. */
static void lower_rows(const Measured *m, const Rules *rules, const double *factors, double value, double most, int64_t *changes, double *factor) {
    double total = m->sums[0][m->count];
    int64_t open = 0;
    memset(changes, 0, (m->count + 1) * sizeof *changes);
    for (Py_ssize_t place = 0; place < m->tree.words.count; place++) {
        int64_t row = m->tree.owners.items[place], first = m->tree.firsts[row], last = m->tree.lasts[row];
        double size = inside(m->sums[0], first, last);
        int titled = first <= m->title && m->title < last && size >= rules->titled_tokens;
        if (factors[m->tree.words.items[place]] == value && size <= most * total && !titled) {
            changes[first]++;
            changes[last]--;
        }
    }
    for (Py_ssize_t block = 0; block < m->count; block++)
        if ((open += changes[block]) > 0)
            factor[block] = value;
}

/* factors: of each word of attributes; 1 where it names no boilerplate. */
static void demote(const Measured *m, const Rules *rules, const double *factors, double article, int64_t *changes, double *factor, double *scores) {
    for (Py_ssize_t block = 0; block < m->count; block++)
        factor[block] = 1;
    lower_rows(m, rules, factors, rules->demoted, rules->small, changes, factor); /* the lowest last */
    if (article >= rules->commented_if)
        lower_rows(m, rules, factors, rules->commented, rules->most, changes, factor);
    lower_rows(m, rules, factors, rules->letters, rules->small, changes, factor);
    lower_rows(m, rules, factors, rules->refused, rules->most, changes, factor);
    for (Py_ssize_t block = 0; block < m->count; block++)
        scores[block] = factor[block] * scores[block];
}

static void soften(const Measured *m, const double *softer, const double *chances, double *scores) {
    double share = 0;
    for (int kind = 0; kind < KINDS; kind++)
        share += softer[kind] * chances[kind];
    for (Py_ssize_t block = 0; block < m->count; block++)
        scores[block] = 1 / (1 + exp(-log((scores[block] + 1e-6) / (1 - scores[block] + 1e-6)) * (1 - share)));
}

/* sums: room for two numbers a block. */
static void smooth(const Measured *m, const Rules *rules, double *sums, double *scores) {
    double *weights = sums + m->count;
    memset(sums, 0, 2 * m->count * sizeof *sums);
    for (Py_ssize_t block = 0; block < m->count; block++) {
        double weight = sqrt(m->counts[block].tokens) + 0.1;
        sums[m->groups[block]] += weight * scores[block];
        weights[m->groups[block]] += weight;
    }
    for (Py_ssize_t block = 0; block < m->count; block++) {
        double share = m->page.names[block] == TAG_ROW ? rules->table : rules->group;
        scores[block] = (1 - share) * scores[block] + share * (sums[m->groups[block]] / weights[m->groups[block]]);
    }
}

static void lower_outside(const Measured *m, int64_t first, int64_t last, double factor, double *scores) {
    for (Py_ssize_t block = 0; block < m->count; block++)
        if (block < first || block >= last)
            scores[block] *= factor;
}

/* Whether containers are named as the text of an article, hold likely text, and may be believed; then what is outside is lowered. */
static int contain_named(const Measured *m, const Rules *rules, const double *likely, double *scores) {
    int64_t from = m->count, to = 0;
    for (Py_ssize_t place = 0; place < m->tree.named.count; place++) {
        int64_t row = m->tree.named.items[place], first = m->tree.firsts[row], last = m->tree.lasts[row];
        double held = inside(likely, first, last);
        if (held < rules->named_tokens || held < rules->named_share * inside(m->sums[0], first, last))
            continue;
        from = first < from ? first : from;
        to = last > to ? last : to;
    }
    if (from >= to)
        return 0;
    int near = m->title >= 0 && from >= m->title && from - m->title <= (int64_t)rules->near_title;
    if (inside(likely, from, to) < rules->little * likely[m->count] && !near)
        return 0;
    lower_outside(m, from - (int64_t)rules->named_lead, to, rules->far, scores);
    return 1;
}

/* Lower what is outside of posts, where most of the likely text is in posts. changes: room for a number a block and one more. */
static void contain_posts(const Measured *m, const Rules *rules, const double *likely, int64_t *changes, double *scores) {
    const Numbers *posts = &m->tree.posts;
    double held = 0;
    int64_t start = m->count, open = 0;
    memset(changes, 0, (m->count + 1) * sizeof *changes);
    for (Py_ssize_t place = 0; place < posts->count; place++) {
        int64_t first = m->tree.firsts[posts->items[place]], last = m->tree.lasts[posts->items[place]];
        held += inside(likely, first, last);
        start = first < start ? first : start;
        changes[first]++;
        changes[last]--;
    }
    if (!posts->count || held < rules->posts_share * likely[m->count])
        return;
    for (Py_ssize_t block = 0; block < m->count; block++)
        if ((open += changes[block]) <= 0 && !(block < start && block >= start - (int64_t)rules->post_lead))
            scores[block] *= rules->between;
}

/* likely, changes: room for a number a block and one more. */
static void contain(const Measured *m, const Rules *rules, const double *chances, double *likely, int64_t *changes, double *scores) {
    double article = chances[0];
    if (article < rules->likely && chances[(int)rules->thread] < rules->likely)
        return;
    likely[0] = 0;
    for (Py_ssize_t block = 0; block < m->count; block++)
        likely[block + 1] = likely[block] + scores[block] * m->counts[block].tokens;
    if (article < rules->likely)
        contain_posts(m, rules, likely, changes, scores);
    if (article < rules->likely || contain_named(m, rules, likely, scores) || article < rules->sure)
        return;
    double best = -1;
    int64_t from = 0, to = 0;
    for (Py_ssize_t row = 0; row < m->tree.rows; row++) {
        int64_t first = m->tree.firsts[row], last = m->tree.lasts[row];
        double reached = inside(likely, first, last) / (inside(m->sums[0], first, last) + likely[m->count] + 1e-9);
        if (reached > best) {
            best = reached;
            from = first - (int64_t)rules->lead;
            to = last;
        }
    }
    lower_outside(m, from, to, rules->outer, scores);
}

static int likelier(const void *one, const void *other) {
    const Candidate *a = one, *b = other;
    if (a->probability != b->probability)
        return a->probability < b->probability ? 1 : -1;
    return a->block < b->block ? -1 : a->block > b->block;
}

/* Mark the blocks to keep; the F1 expected of that. */
static double cut(const Measured *m, const double *scores, Candidate *candidates, char *kept) {
    double all = 0, likely = 0, weight = 0, best = -1;
    Py_ssize_t last = 0;
    for (Py_ssize_t block = 0; block < m->count; block++)
        candidates[block] = (Candidate){scores[block], at_least(m->counts[block].tokens, 1e-9), block};
    qsort(candidates, m->count, sizeof *candidates, likelier);
    for (Py_ssize_t place = 0; place < m->count; place++)
        all += candidates[place].probability * candidates[place].weight;
    for (Py_ssize_t place = 0; place < m->count; place++) {
        likely += candidates[place].probability * candidates[place].weight;
        weight += candidates[place].weight;
        double reached = 2 * likely / (weight + all);
        if (reached > best) {
            best = reached;
            last = place;
        }
    }
    memset(kept, 0, m->count);
    for (Py_ssize_t place = 0; place <= last; place++)
        kept[candidates[place].block] = 1;
    return best;
}

/* Turn probabilities into scores and mark what is kept; the expected F1, or -1 with an exception set. */
static double decide(const Measured *m, const Rules *rules, const double *factors, const double *softer, const double *chances, double *scores,
                     char *kept) {
    double *space = PyMem_Malloc((2 * m->count + 1) * sizeof(double)), confidence = -1;
    int64_t *changes = PyMem_Malloc((m->count + 1) * sizeof(int64_t));
    Candidate *candidates = PyMem_Malloc(m->count * sizeof(Candidate));
    if (space && changes && candidates) {
        demote(m, rules, factors, chances[0], changes, space, scores);
        soften(m, softer, chances, scores);
        smooth(m, rules, space, scores);
        contain(m, rules, chances, space, changes, scores);
        confidence = cut(m, scores, candidates, kept);
    } else
        PyErr_NoMemory();
    PyMem_Free(space);
    PyMem_Free(changes);
    PyMem_Free(candidates);
    return confidence;
}

#endif
