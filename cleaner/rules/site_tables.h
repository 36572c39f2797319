/* What site_lines.py hands over once: classes of characters, folded characters, the names of months and weekdays. Never changed once made. */

#ifndef SITE_TABLES_H
#define SITE_TABLES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define MOST 1500        /* characters of a block that may be a template */
#define PLANE 0x10000    /* characters that the tables know */
#define GLOSS_LETTERS 6
#define NAMES 160
#define NAME_LETTERS 16
#define CHAINS 256
#define DIGIT 128            /* in `plain` */

/* Classes of characters, as bits; site_lines.py has the same. */
enum { EDGE = 1, HAN = 2, INVISIBLE = 4, GLOSS = 8, SEPARATOR = 16, BETWEEN = 32, DATE_UNIT = 64, CLOSER = 128 };

typedef struct {
    Py_UCS4 letters[NAME_LETTERS];
    int size, next; /* next: number of another name in the chain, -1 at its end */
} Name;

typedef struct {
    uint8_t classes[PLANE];
    uint16_t folded[PLANE];
    Name names[NAMES];
    int chains[CHAINS];  /* by the first two letters */
    uint32_t sizes[128]; /* which lengths there are of names by their first letter, as bits; 0: of letters beyond ASCII */
    uint8_t plain[128];  /* ASCII in lower case, blanks as one kind of them, digits with a bit that says so */
} Tables;

/* A line of a page's text, as it lies in memory. */
typedef struct {
    int kind;
    const void *data;
    Py_ssize_t start, end;
} Line;

typedef struct {
    Py_ssize_t start, end;
} Word;

static const char *CAPSULE = "cleaner.rules._site_lines.tables";

/* What Python's own tables say, without a call for ASCII. */
static inline int is_space(Py_UCS4 c) { return c > ' ' && c < 128 ? 0 : Py_UNICODE_ISSPACE(c); }
static inline int is_digit(Py_UCS4 c) { return c < 128 ? c >= '0' && c <= '9' : Py_UNICODE_ISDECIMAL(c); }
static inline int is_letter(Py_UCS4 c) { return c < 128 ? (c | 32) >= 'a' && (c | 32) <= 'z' : Py_UNICODE_ISALPHA(c); }
static inline int is_word(Py_UCS4 c) { return c < 128 ? (c & 64 ? 0x07FFFFFE87FFFFFEull : 0x03FF000000000000ull) >> (c & 63) & 1 : Py_UNICODE_ISALNUM(c); }
static inline Py_UCS4 lowered(Py_UCS4 c) { return c < 128 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : Py_UNICODE_TOLOWER(c); }

static inline int has(const Tables *tables, Py_UCS4 c, int classes) { return c < PLANE && tables->classes[c] & classes; }

static unsigned chain_of(const Py_UCS4 *word) { return (word[0] * 31 + word[1]) % CHAINS; }

static int is_name(const Tables *tables, const Py_UCS4 *word, Py_ssize_t size) {
    if (size < 2 || size > NAME_LETTERS || !(tables->sizes[*word < 128 ? *word : 0] >> size & 1))
        return 0;
    for (int number = tables->chains[chain_of(word)]; number >= 0; number = tables->names[number].next)
        if (tables->names[number].size == size && !memcmp(tables->names[number].letters, word, size * sizeof *word))
            return 1;
    return 0;
}

static void free_tables(PyObject *capsule) { PyMem_Free(PyCapsule_GetPointer(capsule, CAPSULE)); }

/* Put a name into its chain; 0 when it is no name that fits. */
static int add_name(Tables *tables, int number, PyObject *text) {
    if (!PyUnicode_Check(text) || PyUnicode_GET_LENGTH(text) < 2 || PyUnicode_GET_LENGTH(text) > NAME_LETTERS)
        return 0;
    Name *name = &tables->names[number];
    name->size = (int)PyUnicode_GET_LENGTH(text);
    for (int at = 0; at < name->size; at++)
        name->letters[at] = PyUnicode_READ_CHAR(text, at);
    tables->sizes[*name->letters < 128 ? *name->letters : 0] |= 1u << name->size;
    int *chain = &tables->chains[chain_of(name->letters)];
    name->next = *chain;
    *chain = number;
    return 1;
}

static PyObject *make_tables(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer classes, folded;
    PyObject *names, *capsule = NULL;
    if (!PyArg_ParseTuple(args, "y*y*O!", &classes, &folded, &PyList_Type, &names))
        return NULL;
    Tables *tables = PyMem_Calloc(1, sizeof *tables);
    if (!tables)
        PyErr_NoMemory();
    else if (classes.len != sizeof tables->classes || folded.len != sizeof tables->folded || PyList_GET_SIZE(names) > NAMES)
        PyErr_SetString(PyExc_ValueError, "tables() takes what site_lines.py makes");
    else {
        memcpy(tables->classes, classes.buf, classes.len);
        memcpy(tables->folded, folded.buf, folded.len);
        for (int chain = 0; chain < CHAINS; chain++)
            tables->chains[chain] = -1;
        for (Py_UCS4 c = 0; c < 128; c++)
            tables->plain[c] = (uint8_t)(is_space(c) ? ' ' : is_digit(c) ? c | DIGIT : lowered(c));
        int number = 0;
        while (number < PyList_GET_SIZE(names) && add_name(tables, number, PyList_GET_ITEM(names, number)))
            number++;
        if (number == PyList_GET_SIZE(names))
            capsule = PyCapsule_New(tables, CAPSULE, free_tables);
        else
            PyErr_SetString(PyExc_ValueError, "tables() takes names of 2 to 16 letters");
    }
    if (!capsule)
        PyMem_Free(tables);
    PyBuffer_Release(&classes);
    PyBuffer_Release(&folded);
    return capsule;
}

#endif
