/* The flags of single characters, for _gate.c, which includes this once for each width of characters in memory: of all in a text, and the next place
 * that has some.
 *
 * Sixty-four characters at a time are passed over where all are plain; the compiler makes vector instructions of that loop. It reads one character
 * more, so the end of a text is looked at character by character, and nothing behind it is read.
 */

/* Whether sixty-four characters are plain and no "&#" begins there; the one behind them is read as well. */
static inline int
OF(are_plain)(const CHARACTER *text)
{
    CHARACTER odd = 0;
    for (int n = 0; n < 64; n++) { /* in the width of the characters throughout: a wider sum would halve the speed */
        CHARACTER c = text[n], from_blank = (CHARACTER)(c - 0x20);
        CHARACTER unprinted = from_blank > 0x5E ? (c == '\n' || c == '\t' || c == '\r' ? 0 : 1) : 0;
        CHARACTER ampersand = c == '&' ? 1 : 0, hash = text[n + 1] == '#' ? 1 : 0;
        odd |= (CHARACTER)(unprinted | (ampersand & hash));
    }
    return !odd;
}

/* Whether a numeric reference, of which `text` is what stands behind "&#", is to a character that CONTROL flags. */
static int
OF(refers)(const Scan *scan, const CHARACTER *text, Py_ssize_t size)
{
    Py_ssize_t i = size && (text[0] | 32) == 'x', first = i;
    Py_UCS4 base = i ? 16 : 10, value = 0;
    for (; i < size && value < 0x110000; i++) {
        unsigned digit = digit_of(text[i], base);
        if (digit == NO_DIGIT)
            break;
        value = value * base + digit;
    }
    return i > first && (value < TABLE ? flags_of(scan->table, value) & CONTROL : (value & 0xFFFE) == 0xFFFE);
}

/* All flags of a text; 0, or -1 with an exception. */
static int
OF(scan)(Scan *scan, const CHARACTER *text, Py_ssize_t size)
{
    for (Py_ssize_t i = 0, end; i < size; i = end) {
        end = i + 64 < size ? i + 64 : size;
        if (end < size && OF(are_plain)(text + i)) {
            scan->last = 0;
            continue;
        }
        for (Py_ssize_t n = i; n < end; n++) {
            if (!is_plain(text[n])) {
                if (look(scan, text[n], n))
                    return -1;
                continue;
            }
            scan->last = 0;
            if (text[n] == '&' && size - n > 2 && text[n + 1] == '#' && OF(refers)(scan, text + n + 2, size - n - 2))
                scan->seen |= REFERENCE;
        }
    }
    return 0;
}

/* The next place where characters have wanted flags, -1 where there is none. */
static Py_ssize_t
OF(find)(const Search *search, const CHARACTER *text, Py_ssize_t size)
{
    for (Py_ssize_t i = search->start, end; i < size; i = end) {
        end = i + 64 < size ? i + 64 : size;
        if (end < size && OF(are_plain)(text + i))
            continue;
        for (Py_ssize_t at = i; at < end; at++) {
            Py_ssize_t n = 0;
            while (n < search->count && at + n < size && flags_of(search->table, text[at + n]) & search->wanted[n])
                n++;
            if (n == search->count)
                return at;
        }
    }
    return -1;
}
