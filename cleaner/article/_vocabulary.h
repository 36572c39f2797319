/* A vocabulary: words and their numbers, in an open table of hashes. It is made once and never changed, so that nothing needs a lock. */

#ifndef CLEANER_VOCABULARY_H
#define CLEANER_VOCABULARY_H

#include <Python.h>
#include <stdint.h>
#include <string.h>

#define NO_WORD (-1)

typedef struct {
    uint32_t hash, start;
    int32_t length, number; /* length 0: a free place */
} Entry;

typedef struct {
    Entry *entries;
    Py_UCS4 *pool;
    uint32_t mask;
    int64_t count;
} Vocabulary;

static uint32_t hash_of(const Py_UCS4 *word, Py_ssize_t length) {
    uint32_t hash = 2166136261u;
    for (Py_ssize_t place = 0; place < length; place++)
        hash = (hash ^ word[place]) * 16777619u;
    return hash ^ (hash >> 15);
}

static int64_t number_of(const Vocabulary *vocabulary, const Py_UCS4 *word, Py_ssize_t length) {
    uint32_t hash = hash_of(word, length);
    for (uint32_t place = hash & vocabulary->mask;; place = (place + 1) & vocabulary->mask) {
        const Entry *entry = &vocabulary->entries[place];
        if (!entry->length)
            return NO_WORD;
        if (entry->hash == hash && entry->length == length &&
            !memcmp(vocabulary->pool + entry->start, word, length * sizeof(Py_UCS4)))
            return entry->number;
    }
}

static void vocabulary_clear(Vocabulary *vocabulary) {
    PyMem_Free(vocabulary->entries);
    PyMem_Free(vocabulary->pool);
    vocabulary->entries = NULL;
    vocabulary->pool = NULL;
}

static void vocabulary_add(Vocabulary *vocabulary, uint32_t start, Py_ssize_t length, int32_t number) {
    uint32_t hash = hash_of(vocabulary->pool + start, length), place = hash & vocabulary->mask;
    while (vocabulary->entries[place].length)
        place = (place + 1) & vocabulary->mask;
    vocabulary->entries[place] = (Entry){hash, start, (int32_t)length, number};
}

/* Fill a vocabulary with a list of strings, each with its place as its number; of equal ones the first counts. -1 with an exception set on failure. */
static int vocabulary_fill(Vocabulary *vocabulary, PyObject *words) {
    Py_ssize_t count = PyList_Check(words) ? PyList_GET_SIZE(words) : -1, chars = 0;
    for (Py_ssize_t number = 0; number < count; number++) {
        PyObject *word = PyList_GET_ITEM(words, number);
        if (!PyUnicode_Check(word))
            count = -1;
        else
            chars += PyUnicode_GET_LENGTH(word);
    }
    if (count < 0) {
        PyErr_SetString(PyExc_TypeError, "a vocabulary is made of a list of words");
        return -1;
    }
    uint32_t size = 16, start = 0;
    while (size < 2 * (size_t)count)
        size *= 2;
    vocabulary->mask = size - 1;
    vocabulary->count = count;
    vocabulary->entries = PyMem_Calloc(size, sizeof(Entry));
    vocabulary->pool = PyMem_Calloc(chars + 1, sizeof(Py_UCS4));
    if (!vocabulary->entries || !vocabulary->pool) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t number = 0; number < count; number++) {
        PyObject *word = PyList_GET_ITEM(words, number);
        Py_ssize_t length = PyUnicode_GET_LENGTH(word);
        for (Py_ssize_t place = 0; place < length; place++)
            vocabulary->pool[start + place] = PyUnicode_READ_CHAR(word, place);
        if (!length || number_of(vocabulary, vocabulary->pool + start, length) != NO_WORD)
            continue;
        vocabulary_add(vocabulary, start, length, (int32_t)number);
        start += (uint32_t)length;
    }
    return 0;
}

#endif
