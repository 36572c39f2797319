/* The flags of single characters, for _gate.c: of all in a text, and the next place that has some.
 *
 * Sixty-four characters at a time are passed over where all are plain; the compiler makes vector instructions of that loop. A stretch at the
 * end that is shorter is looked at character by character, so that nothing behind the text is read.
 */

#ifndef CLEANER_SCAN_FLAGS_H
#define CLEANER_SCAN_FLAGS_H

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
    return failed;
}

enum { NO_DIGIT = 99 };

static inline unsigned
digit_of(Py_UCS4 c, unsigned base)
{
    if (c - '0' < 10u)
        return c - '0';
    return base == 16 && (c | 32) - 'a' < 6u ? (c | 32) - 'a' + 10 : NO_DIGIT;
}

/* For characters of Type: whether a stretch of 64 is plain; whether a numeric reference, of which `text` is what stands behind "&#", is to a
   character that CONTROL flags; all flags; the next place of wanted ones. */
#define FLAGS(Type, are_plain, refers, scan_all, find_next)                                                            \
    static inline int are_plain(const Type *text)                                                                      \
    {                                                                                                                  \
        Type all = 1;                                                                                                  \
        for (int n = 0; n < 64; n++)                                                                                   \
            all &= (Type)IS_PLAIN(text[n]);                                                                            \
        return all;                                                                                                    \
    }                                                                                                                  \
                                                                                                                       \
    static int refers(const Scan *scan, const Type *text, Py_ssize_t size)                                             \
    {                                                                                                                  \
        Py_ssize_t i = size && (text[0] | 32) == 'x', first = i;                                                       \
        Py_UCS4 base = i ? 16 : 10, value = 0;                                                                         \
        for (; i < size && value < 0x110000; i++) {                                                                    \
            unsigned digit = digit_of(text[i], base);                                                                  \
            if (digit == NO_DIGIT)                                                                                     \
                break;                                                                                                 \
            value = value * base + digit;                                                                              \
        }                                                                                                              \
        return i > first && (value < TABLE ? flags_of(scan->table, value) & CONTROL : (value & 0xFFFE) == 0xFFFE);     \
    }                                                                                                                  \
                                                                                                                       \
    static int scan_all(Scan *scan, const Type *text, Py_ssize_t size)                                                 \
    {                                                                                                                  \
        for (Py_ssize_t i = 0, end; i < size; i = end) {                                                               \
            end = i + 64 < size ? i + 64 : size;                                                                       \
            if (end == i + 64 && are_plain(text + i)) {                                                                \
                scan->last = 0;                                                                                        \
                continue;                                                                                              \
            }                                                                                                          \
            for (Py_ssize_t n = i; n < end; n++) {                                                                     \
                if (!IS_PLAIN(text[n]) && text[n] != '#') {                                                            \
                    if (look(scan, text[n], n))                                                                        \
                        return -1;                                                                                     \
                    continue;                                                                                          \
                }                                                                                                      \
                scan->last = 0;                                                                                        \
                if (text[n] == '#' && n && text[n - 1] == '&' && refers(scan, text + n + 1, size - n - 1))             \
                    scan->seen |= REFERENCE;                                                                           \
            }                                                                                                          \
        }                                                                                                              \
        return 0;                                                                                                      \
    }                                                                                                                  \
                                                                                                                       \
    static Py_ssize_t find_next(const Search *search, const Type *text, Py_ssize_t size)                               \
    {                                                                                                                  \
        for (Py_ssize_t i = search->start, end; i < size; i = end) {                                                   \
            end = size - i > 64 ? i + 64 : size;                                                                       \
            if (end == i + 64 && are_plain(text + i))                                                                  \
                continue;                                                                                              \
            for (Py_ssize_t at = i; at < end; at++) {                                                                  \
                Py_ssize_t n = 0;                                                                                      \
                while (n < search->count && at + n < size && flags_of(search->table, text[at + n]) & search->wanted[n])\
                    n++;                                                                                               \
                if (n == search->count)                                                                                \
                    return at;                                                                                         \
            }                                                                                                          \
        }                                                                                                              \
        return -1;                                                                                                     \
    }

FLAGS(Py_UCS1, are_plain_bytes, refers_in_bytes, scan_bytes, find_in_bytes)
FLAGS(Py_UCS2, are_plain_units, refers_in_units, scan_units, find_in_units)
FLAGS(Py_UCS4, are_plain_characters, refers_in_characters, scan_characters, find_in_characters)

#endif
