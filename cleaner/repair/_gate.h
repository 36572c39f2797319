/* What the passes of _gate.c share: the flags, the table of them, and what a pass has seen so far. */

#ifndef CLEANER_GATE_H
#define CLEANER_GATE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The flags that are combined here; gate.py has them all. */
enum { CONTROL = 1, SIGNATURE = 4, LEAD = 32, BYTE = 64, REFERENCE = 1024, DOUBLED = 2048, BARE = 4096, LINE_END = 8192 };
enum { TABLE = 0x10000, NO_DIGIT = 99 };

typedef struct {
    const unsigned char *table;
    Py_ssize_t signatures;
    PyObject *places;
    unsigned seen, last; /* flags of all characters, of the one before */
} Scan;

typedef struct {
    const unsigned char *table, *wanted; /* flags of characters, and those that each of the next ones must have one of */
    Py_ssize_t count, start;
} Search;

/* What of ASCII has no flag: what is printed, and the blanks of markup. */
static inline int
is_plain(Py_UCS4 c)
{
    return c - 0x20 < 0x5F || c == '\n' || c == '\t' || c == '\r';
}

static inline unsigned
flags_of(const unsigned char *table, Py_UCS4 character)
{
    if (character >= 0xD800 && character < 0xE000) /* alone, or it would not be a character of a str */
        return CONTROL;
    return character < TABLE ? table[character] : 0;
}

/* Take the flags of one character; 0, or -1 with an exception. */
static inline int
look(Scan *scan, Py_UCS4 character, Py_ssize_t place)
{
    unsigned flags = flags_of(scan->table, character);
    scan->seen |= flags;
    scan->signatures += (flags & SIGNATURE) != 0;
    int failed = 0;
    if ((scan->last & LEAD) && (flags & BYTE)) {
        PyObject *number = PyLong_FromSsize_t(place - 1);
        failed = !number || PyList_Append(scan->places, number) < 0;
        Py_XDECREF(number);
    }
    scan->last = flags;
    return failed ? -1 : 0;
}

static inline unsigned
digit_of(Py_UCS4 c, unsigned base)
{
    if (c - '0' < 10u)
        return c - '0';
    return base == 16 && (c | 32) - 'a' < 6u ? (c | 32) - 'a' + 10 : NO_DIGIT;
}

#endif
