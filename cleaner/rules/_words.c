/* One pass over a text for cleaner.rules.words, which describes it; the twin of the Python code there. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

enum { TABLE = 0x2000, THAI = 0xFFFF, LONGEST = 40, BITS = 0x40000, THAI_LENGTH = 4 };

static inline unsigned
mixed(unsigned hash, Py_UCS4 character)
{
    return ((hash << 5) | (hash >> 27)) ^ character;
}

static inline unsigned
place_of(unsigned hash)
{
    return hash * 0x9E3779B1u >> 14;
}

static inline int
is_eastern(Py_UCS4 c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

typedef struct {
    const uint16_t *table; /* of a character below TABLE: 0 no letter, THAI, else its lower case */
    const unsigned char *filter;
    PyObject *words, *places;
    Py_ssize_t pairs; /* of eastern characters, or fours of Thai, that were looked at */
} Search;

/* Look up a word whose hash passed the filter; 0, or -1 with an exception. */
static int
look_up(Search *search, const uint16_t *word, Py_ssize_t length, Py_ssize_t place)
{
    PyObject *key = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, word, length);
    if (!key)
        return -1;
    PyObject *flags = PyDict_GetItemWithError(search->words, key);
    Py_DECREF(key);
    if (!flags)
        return PyErr_Occurred() ? -1 : 0;
    long value = PyLong_AsLong(flags);
    if (value == -1 && PyErr_Occurred())
        return -1;
    PyObject *number = PyLong_FromSsize_t((place << 8) | value);
    int failed = !number || PyList_Append(search->places, number) < 0;
    Py_XDECREF(number);
    return failed ? -1 : 0;
}

static inline int
passes(const Search *search, unsigned hash)
{
    unsigned place = place_of(hash);
    return search->filter[place >> 3] >> (place & 7) & 1;
}

/* The search, once for each width of characters in memory. */
#define SEARCH(name, character_type)                                                                                   \
    static int name(Search *search, const character_type *data, Py_ssize_t size)                                       \
    {                                                                                                                  \
        const uint16_t *table = search->table;                                                                         \
        uint16_t word[LONGEST];                                                                                        \
        for (Py_ssize_t i = 0; i < size;) {                                                                            \
            Py_UCS4 c = data[i];                                                                                       \
            unsigned lower = c < TABLE ? table[c] : 0;                                                                 \
            if (lower && lower != THAI) {                                                                              \
                Py_ssize_t start = i;                                                                                  \
                unsigned hash = 0;                                                                                     \
                do {                                                                                                   \
                    hash = mixed(hash, lower);                                                                         \
                    if (++i == size)                                                                                   \
                        break;                                                                                         \
                    c = data[i];                                                                                       \
                    lower = c < TABLE ? table[c] : 0;                                                                  \
                } while (lower && lower != THAI);                                                                      \
                if (passes(search, hash) && i - start <= LONGEST) {                                                    \
                    for (Py_ssize_t j = start; j < i; j++)                                                             \
                        word[j - start] = table[data[j]];                                                              \
                    if (look_up(search, word, i - start, start) < 0)                                                   \
                        return -1;                                                                                     \
                }                                                                                                      \
                continue;                                                                                              \
            }                                                                                                          \
            Py_ssize_t wanted = lower == THAI ? THAI_LENGTH : is_eastern(c) ? 2 : 0;                                   \
            if (wanted && i + wanted <= size) {                                                                        \
                unsigned hash = 0;                                                                                     \
                Py_ssize_t length = 0;                                                                                 \
                for (; length < wanted; length++) {                                                                    \
                    c = data[i + length];                                                                              \
                    if (wanted == 2 ? !is_eastern(c) : c >= TABLE || table[c] != THAI)                                 \
                        break;                                                                                         \
                    hash = mixed(hash, word[length] = (uint16_t)c);                                                    \
                }                                                                                                      \
                search->pairs += length == wanted;                                                                     \
                if (length == wanted && passes(search, hash) && look_up(search, word, length, i) < 0)                  \
                    return -1;                                                                                         \
            }                                                                                                          \
            i++;                                                                                                       \
        }                                                                                                              \
        return 0;                                                                                                      \
    }

SEARCH(search_bytes, Py_UCS1)
SEARCH(search_pairs, Py_UCS2)
SEARCH(search_wide, Py_UCS4)

static int
search_all(Search *search, PyObject *text)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        return search_bytes(search, PyUnicode_1BYTE_DATA(text), size);
    case PyUnicode_2BYTE_KIND:
        return search_pairs(search, PyUnicode_2BYTE_DATA(text), size);
    default:
        return search_wide(search, PyUnicode_4BYTE_DATA(text), size);
    }
}

static PyObject *
words_filter(PyObject *module, PyObject *words)
{
    (void)module;
    if (!PyDict_Check(words)) {
        PyErr_SetString(PyExc_TypeError, "filter() takes a dict of words");
        return NULL;
    }
    PyObject *made = PyBytes_FromStringAndSize(NULL, BITS / 8);
    if (!made)
        return NULL;
    unsigned char *bits = (unsigned char *)PyBytes_AS_STRING(made);
    memset(bits, 0, BITS / 8);
    PyObject *word, *flags;
    Py_ssize_t position = 0;
    while (PyDict_Next(words, &position, &word, &flags)) {
        if (!PyUnicode_Check(word))
            continue;
        unsigned hash = 0;
        for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(word); i++)
            hash = mixed(hash, PyUnicode_READ_CHAR(word, i));
        unsigned place = place_of(hash);
        bits[place >> 3] |= (unsigned char)(1 << (place & 7));
    }
    return made;
}

static PyObject *
words_found(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *text, *words;
    Py_buffer table, filter;
    if (!PyArg_ParseTuple(args, "UO!y*y*", &text, &PyDict_Type, &words, &table, &filter))
        return NULL;
    PyObject *places = NULL, *found = NULL;
    if (table.len != TABLE * 2 || filter.len != BITS / 8)
        PyErr_SetString(PyExc_ValueError, "found() takes the tables that words.py makes");
    else if ((places = PyList_New(0))) {
        Search search = {table.buf, filter.buf, words, places, 0};
        if (search_all(&search, text) == 0)
            found = Py_BuildValue("On", places, search.pairs);
        Py_DECREF(places);
    }
    PyBuffer_Release(&table);
    PyBuffer_Release(&filter);
    return found;
}

static PyMethodDef methods[] = {
    {"filter", words_filter, METH_O, "filter(words): the bits that the hashes of all words set."},
    {"found", words_found, METH_VARARGS, "found(text, words, table, filter): where the words stand, each place << 8 | its flags."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "cleaner.rules._words", NULL, 0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit__words(void)
{
    return PyModule_Create(&module);
}
