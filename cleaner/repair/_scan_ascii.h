/* Signs of damage to Chinese pages that are written in several characters of ASCII, for _gate.c.
 *
 * "(hai)(hai)" is a doubled gloss, "#xff1a;" a reference that lost its ampersand, "x0dx0a" a line end. Sixty-four characters at a time are passed
 * over where none of them begins; the one behind them is read as well and lies before the end of the text.
 */

#ifndef CLEANER_SCAN_ASCII_H
#define CLEANER_SCAN_ASCII_H

enum { LONGEST_GLOSS = 6, LINE_END_SIZE = 6 };

#define BEGINS(c, next) (((c) == '#') | (((c) == ')') & ((next) == '(')) | (((c) == 'x') & ((next) == '0')))

/* For characters of Type: whether the same toneless gloss in brackets ends at `at` and begins behind it; whether what stands behind a "#" at `at` has
   the form of a numeric reference to a character of Chinese pages; whether "x0dx0a" stands at `at`; and all of these signs in a text. */
#define SIGNS(Type, is_doubled, is_reference, is_line_end, signs_in)                                                   \
    static int is_doubled(const Type *text, Py_ssize_t size, Py_ssize_t at)                                            \
    {                                                                                                                  \
        Py_ssize_t length = 0;                                                                                         \
        while (length <= LONGEST_GLOSS && length < at && text[at - length - 1] >= 'a' && text[at - length - 1] <= 'z') \
            length++;                                                                                                  \
        if (length < 1 || length > LONGEST_GLOSS || at == length || text[at - length - 1] != '(' || size - at < length + 3)\
            return 0;                                                                                                  \
        for (Py_ssize_t n = 0; n < length; n++)                                                                        \
            if (text[at - length + n] != text[at + 2 + n])                                                             \
                return 0;                                                                                              \
        return text[at + 1] == '(' && text[at + 2 + length] == ')';                                                    \
    }                                                                                                                  \
                                                                                                                       \
    static int is_reference(const Type *text, Py_ssize_t size, Py_ssize_t at)                                          \
    {                                                                                                                  \
        int hexadecimal = at + 1 < size && text[at + 1] == 'x';                                                        \
        Py_ssize_t first = at + 1 + hexadecimal, i = first;                                                            \
        while (i < size && i - first < 6 && digit_of(text[i], hexadecimal ? 16 : 10) != NO_DIGIT)                      \
            i++;                                                                                                       \
        return (i - first == 4 || (i - first == 5 && !hexadecimal)) && i < size && text[i] == ';';                     \
    }                                                                                                                  \
                                                                                                                       \
    static int is_line_end(const Type *text, Py_ssize_t size, Py_ssize_t at)                                           \
    {                                                                                                                  \
        const char *wanted = "x0dx0a";                                                                                 \
        Py_ssize_t n = 0;                                                                                              \
        while (n < LINE_END_SIZE && at + n < size && text[at + n] == (Type)wanted[n])                                  \
            n++;                                                                                                       \
        return n == LINE_END_SIZE;                                                                                     \
    }                                                                                                                  \
                                                                                                                       \
    static int signs_in(unsigned *seen, const Type *text, Py_ssize_t size)                                             \
    {                                                                                                                  \
        for (Py_ssize_t i = 0, end; i < size; i = end) {                                                               \
            end = i + 64 < size ? i + 64 : size;                                                                       \
            if (end < size) {                                                                                          \
                Type any = 0;                                                                                          \
                for (int n = 0; n < 64; n++)                                                                           \
                    any |= (Type)BEGINS(text[i + n], text[i + n + 1]);                                                 \
                if (!any)                                                                                              \
                    continue;                                                                                          \
            }                                                                                                          \
            for (Py_ssize_t n = i; n < end; n++) {                                                                     \
                if (text[n] == ')' && is_doubled(text, size, n))                                                       \
                    *seen |= DOUBLED;                                                                                  \
                else if (text[n] == '#' && is_reference(text, size, n))                                                \
                    *seen |= BARE;                                                                                     \
                else if (text[n] == 'x' && is_line_end(text, size, n))                                                 \
                    *seen |= LINE_END;                                                                                 \
            }                                                                                                          \
        }                                                                                                              \
        return 0;                                                                                                      \
    }

SIGNS(Py_UCS1, is_doubled_in_bytes, is_reference_in_bytes, is_line_end_in_bytes, signs_in_bytes)
SIGNS(Py_UCS2, is_doubled_in_units, is_reference_in_units, is_line_end_in_units, signs_in_units)
SIGNS(Py_UCS4, is_doubled_in_characters, is_reference_in_characters, is_line_end_in_characters, signs_in_characters)

#endif
