/* The containers of a page, made into rows (chains of containers that hold the same blocks), groups (containers with the same path) and the
   known words of their attributes. */

#ifndef CLEANER_TREE_H
#define CLEANER_TREE_H

#include "_named.h"

#define ATTRIBUTE_CHARS 160
#define BIG_BASE 64

typedef struct {
    int64_t *items;
    Py_ssize_t count, room;
} Numbers;

typedef struct {
    Py_ssize_t rows;
    int64_t *space;                   /* what the arrays lie in */
    int64_t *row_of, *group_of;       /* one a container */
    int64_t *firsts, *lasts, *outer;  /* one a row */
    Numbers owners, words;            /* known words, and the row of each; rows ascend */
    Numbers named, posts;             /* rows named as the text of an article, or of a post, that stand in no other such */
} Tree;

static int push(Numbers *numbers, int64_t value) {
    if (numbers->count == numbers->room) {
        Py_ssize_t room = numbers->room ? 2 * numbers->room : 256;
        int64_t *items = PyMem_Realloc(numbers->items, room * sizeof(int64_t));
        if (!items) {
            PyErr_NoMemory();
            return -1;
        }
        numbers->items = items;
        numbers->room = room;
    }
    numbers->items[numbers->count++] = value;
    return 0;
}

static int is_low(Py_UCS4 c) { return c >= 'a' && c <= 'z'; }
static int is_high(Py_UCS4 c) { return c >= 'A' && c <= 'Z'; }

/* Where a word of attributes that begins here ends, by the pattern [A-Z]?[a-z]{2,}|[A-Z]{2,}; `at` itself where none begins. */
static Py_ssize_t end_of_word(const Text *text, Py_ssize_t at, Py_ssize_t length) {
    Py_ssize_t lows = at + (is_high(char_at(text, at)) ? 1 : 0), end = lows;
    while (end < length && is_low(char_at(text, end)))
        end++;
    if (end - lows >= 2)
        return end;
    for (end = at; end < length && is_high(char_at(text, end));)
        end++;
    return end - at >= 2 ? end : at;
}

/* The numbers of the different known words of an attribute string, pushed on `found`. */
static int attribute_words(PyObject *written, const Vocabulary *vocabulary, Numbers *found) {
    Text text = text_of(written);
    Py_ssize_t length = text.length < ATTRIBUTE_CHARS ? text.length : ATTRIBUTE_CHARS, begin = found->count;
    Py_UCS4 word[LONGEST_WORD];
    for (Py_ssize_t at = 0; at < length;) {
        Py_ssize_t end = end_of_word(&text, at, length), size = end - at;
        if (!size) {
            at++;
            continue;
        }
        if (size <= LONGEST_WORD) {
            for (Py_ssize_t place = 0; place < size; place++)
                word[place] = lowered(char_at(&text, at + place));
            int64_t number = number_of(vocabulary, word, size);
            Py_ssize_t seen = begin;
            while (seen < found->count && found->items[seen] != number)
                seen++;
            if (number != NO_WORD && seen == found->count && push(found, number) < 0)
                return -1;
        }
        at = end;
    }
    return 0;
}

/* Numbers of equal keys: each different key gets the next number. -1 without memory, else how many there are. */
static int64_t number_keys(const uint64_t *keys, Py_ssize_t count, int64_t *numbers) {
    size_t size = table_size(count);
    uint64_t *known = PyMem_Malloc(size * sizeof(uint64_t));
    int64_t *given = PyMem_Calloc(size, sizeof(int64_t)), next = 0;
    for (Py_ssize_t at = 0; known && given && at < count; at++) {
        size_t place = ((keys[at] * 0x9E3779B97F4A7C15ull) >> 32) & (size - 1);
        while (given[place] && known[place] != keys[at])
            place = (place + 1) & (size - 1);
        if (!given[place]) {
            known[place] = keys[at];
            given[place] = ++next;
        }
        numbers[at] = given[place] - 1;
    }
    if (!known || !given) {
        PyErr_NoMemory();
        next = -1;
    }
    PyMem_Free(known);
    PyMem_Free(given);
    return next;
}

/* Of each form of attributes: where its words begin, and whether it names the text of an article or a post. */
typedef struct {
    Numbers bounds, words, marks;
} Forms;

/* The form of an attribute string: equal strings have one. A new one's words are read. -1 on failure. */
static int64_t form_of(PyObject *written, PyObject *forms, const Vocabulary *vocabulary, const Names *names, Forms *known) {
    PyObject *seen = PyDict_GetItemWithError(forms, written);
    if (seen)
        return PyLong_AsLongLong(seen);
    int64_t form = PyDict_GET_SIZE(forms);
    PyObject *value = PyErr_Occurred() ? NULL : PyLong_FromLongLong(form);
    int good = value && PyDict_SetItem(forms, written, value) == 0 && push(&known->bounds, known->words.count) == 0 &&
               push(&known->marks, marks_of(written, names)) == 0 &&
               (!PyUnicode_Check(written) || attribute_words(written, vocabulary, &known->words) == 0);
    Py_XDECREF(value);
    return good ? form : -1;
}

static void add_row(Tree *tree, const Page *page, Py_ssize_t box) {
    int64_t parent = page->parents[box];
    if (!box || page->firsts[box] != page->firsts[parent] || page->lasts[box] != page->lasts[parent]) {
        tree->firsts[tree->rows] = page->firsts[box];
        tree->lasts[tree->rows] = page->lasts[box];
        tree->outer[tree->rows] = box ? tree->row_of[parent] : 0;
        tree->rows++;
    }
    tree->row_of[box] = tree->rows - 1; /* the only child that holds all of its parent's blocks comes next after it */
}

static void tree_clear(Tree *tree) {
    PyMem_Free(tree->space);
    PyMem_Free(tree->owners.items);
    PyMem_Free(tree->words.items);
    PyMem_Free(tree->named.items);
    PyMem_Free(tree->posts.items);
}

/* Note the row of a container that is named and stands in no other such; within: of each container before, the marks it has or stands in. */
static int note_named(Tree *tree, Py_ssize_t box, int64_t parent, int64_t marks, char *within) {
    within[box] = (char)(box ? within[parent] | marks : 0);
    int new = within[box] & ~within[parent];
    if (new & AN_ARTICLE && push(&tree->named, tree->row_of[box]) < 0)
        return -1;
    return new & A_POST ? push(&tree->posts, tree->row_of[box]) : 0;
}

/* Make the tree of a page; names: of the texts of articles and of posts. -1 with an exception set on failure. */
static int tree_make(Tree *tree, const Page *page, PyObject *box_numbers, const Vocabulary *vocabulary, const Names *names) {
    Py_ssize_t count = page->containers;
    memset(tree, 0, sizeof *tree);
    tree->space = PyMem_Malloc((5 * count + 1) * sizeof(int64_t));
    uint64_t *own = PyMem_Malloc(2 * (count + 1) * sizeof(uint64_t)), *paths = own + count + 1;
    char *within = PyMem_Calloc(count + 1, 1);
    PyObject *forms = PyDict_New();
    Forms known = {0};
    int good = tree->space && own && within && forms;
    tree->row_of = tree->space;
    tree->group_of = tree->space + count;
    tree->firsts = tree->space + 2 * count;
    tree->lasts = tree->space + 3 * count;
    tree->outer = tree->space + 4 * count;
    for (Py_ssize_t box = 0; good && box < count; box++) {
        add_row(tree, page, box);
        PyObject *kind = PyDict_GetItemWithError(box_numbers, PyList_GET_ITEM(page->tags, box));
        int64_t form = form_of(PyList_GET_ITEM(page->attributes, box), forms, vocabulary, names, &known);
        if (form < 0 || PyErr_Occurred()) {
            good = 0;
            break;
        }
        int64_t parent = page->parents[box];
        own[box] = (uint64_t)form * BIG_BASE + (kind ? (uint64_t)PyLong_AsLongLong(kind) : 0);
        paths[box] = own[box] + own[parent] * 1000003ull + own[page->parents[parent]] * 1000003007ull;
        Py_ssize_t stop = form + 1 < known.bounds.count ? known.bounds.items[form + 1] : known.words.count;
        for (Py_ssize_t place = known.bounds.items[form]; good && place < stop; place++)
            good = push(&tree->owners, tree->row_of[box]) == 0 && push(&tree->words, known.words.items[place]) == 0;
        good = good && note_named(tree, box, parent, known.marks.items[form], within) == 0;
    }
    good = good && number_keys(paths, count, tree->group_of) >= 0;
    if (!good && !PyErr_Occurred())
        PyErr_NoMemory();
    Py_XDECREF(forms);
    PyMem_Free(own);
    PyMem_Free(within);
    PyMem_Free(known.bounds.items);
    PyMem_Free(known.words.items);
    PyMem_Free(known.marks.items);
    return good ? 0 : -1;
}

#endif
