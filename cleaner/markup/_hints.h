/* Tags that hold one of a few words, in one pass over a stretch of source; marks.py has the twin. Included by _scan.c. */

#define LONGEST_HINTED 600 /* characters of a tag that are looked at */
#define MOST_HINTS 32
#define LONGEST_HINT 32

typedef struct {
    char text[LONGEST_HINT];
    int length;
} Hint;

typedef struct {
    Hint hints[MOST_HINTS];
    int count;
    unsigned char pairs[128][16]; /* a bit for every two letters that a hint begins with */
} Hints;

/* Read a tuple of hints, in ASCII and lower case; -1 with an exception set when they are not that. */
static int
read_hints(PyObject *given, Hints *hints)
{
    memset(hints, 0, sizeof *hints);
    hints->count = (int)PyTuple_GET_SIZE(given);
    for (int number = 0; number < hints->count && hints->count <= MOST_HINTS; number++) {
        Py_ssize_t length = 0;
        const char *text = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(given, number), &length);
        if (!text || length < 2 || length > LONGEST_HINT || ((text[0] | text[1]) & 0x80))
            goto refused;
        memcpy(hints->hints[number].text, text, (size_t)length);
        hints->hints[number].length = (int)length;
        hints->pairs[(int)text[0]][text[1] >> 3] |= (unsigned char)(1 << (text[1] & 7));
    }
    if (hints->count <= MOST_HINTS)
        return 0;
refused:
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "hints are up to 32 words of 2 to 32 letters");
    return -1;
}

static Py_UCS4
low(Py_UCS4 c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static int
begins_hint(const Hints *hints, int kind, const void *data, Py_ssize_t at, Py_ssize_t stop)
{
    for (int number = 0; number < hints->count; number++) {
        const Hint *hint = &hints->hints[number];
        int place = 0;
        while (place < hint->length && at + place < stop && low(PyUnicode_READ(kind, data, at + place)) == (unsigned char)hint->text[place])
            place++;
        if (place == hint->length)
            return 1;
    }
    return 0;
}

/* Whether the two characters begin a hint. */
static inline int
begins_pair(const Hints *hints, Py_UCS4 first, Py_UCS4 second)
{
    first = low(first), second = low(second);
    return first < 128 && second < 128 && (hints->pairs[first][second >> 3] >> (second & 7) & 1);
}

/* The tags with a hint of a source of one kind; inlined for each, so that the characters are read without asking their kind every time. */
static inline PyObject *
hinted_of_kind(int kind, const void *data, Py_ssize_t end, const Hints *hints)
{
    Py_ssize_t stop;
    PyObject *found = PyList_New(0);
    for (Py_ssize_t at = 0; found && at < end; at = stop) {
        stop = at + 1;
        if (PyUnicode_READ(kind, data, at) != '<')
            continue;
        Py_ssize_t limit = end - at > LONGEST_HINTED ? at + LONGEST_HINTED : end;
        int hit = 0;
        Py_UCS4 before = '<', c;
        for (; stop < limit && (c = PyUnicode_READ(kind, data, stop)) != '<' && c != '>'; before = c, stop++)
            if (!hit && begins_pair(hints, before, c))
                hit = begins_hint(hints, kind, data, stop - 1, limit);
        if (hit && append_new(found, PyLong_FromSsize_t(at)) < 0)
            Py_CLEAR(found);
    }
    return found;
}

/* hinted(source, hints) -> the places of the tags in which a hint stands. A tag is what begins with "<" and goes on to the next "<" or ">", or for
   LONGEST_HINTED characters. */
static PyObject *
hinted(PyObject *module, PyObject *args)
{
    PyObject *source, *given;
    Hints hints;
    if (!PyArg_ParseTuple(args, "UO!", &source, &PyTuple_Type, &given) || read_hints(given, &hints) < 0)
        return NULL;
    const void *data = PyUnicode_DATA(source);
    Py_ssize_t end = PyUnicode_GET_LENGTH(source);
    switch (PyUnicode_KIND(source)) {
    case PyUnicode_1BYTE_KIND:
        return hinted_of_kind(PyUnicode_1BYTE_KIND, data, end, &hints);
    case PyUnicode_2BYTE_KIND:
        return hinted_of_kind(PyUnicode_2BYTE_KIND, data, end, &hints);
    default:
        return hinted_of_kind(PyUnicode_4BYTE_KIND, data, end, &hints);
    }
}
