/* Signs of damage to Chinese pages that are written in several characters of ASCII, for _gate.c, which includes this once for each width of
 * characters in memory.
 *
 * "(hai)(hai)" is a doubled gloss, "#xff1a;" a reference that lost its ampersand, "x0dx0a" a line end. Sixty-four characters at a time are passed
 * over where none of them begins; that reads one character more, so the end of a text is looked at character by character.
 */

#ifndef LONGEST_GLOSS
#define LONGEST_GLOSS 6
#define LINE_END_SIZE 6
#endif

/* Whether a toneless gloss in brackets ends at `at` and comes again behind it. */
static int
OF(is_doubled)(const CHARACTER *text, Py_ssize_t size, Py_ssize_t at)
{
    Py_ssize_t length = 0;
    while (length <= LONGEST_GLOSS && length < at && text[at - length - 1] >= 'a' && text[at - length - 1] <= 'z')
        length++;
    if (length < 1 || length > LONGEST_GLOSS || at == length || text[at - length - 1] != '(' || size - at < length + 3)
        return 0;
    for (Py_ssize_t n = 0; n < length; n++)
        if (text[at - length + n] != text[at + 2 + n])
            return 0;
    return text[at + 1] == '(' && text[at + 2 + length] == ')';
}

/* Whether "#" at `at` begins what has the form of a numeric reference to a character of Chinese pages. */
static int
OF(is_reference)(const CHARACTER *text, Py_ssize_t size, Py_ssize_t at)
{
    int hexadecimal = at + 1 < size && text[at + 1] == 'x';
    Py_ssize_t first = at + 1 + hexadecimal, i = first;
    while (i < size && i - first < 6 && digit_of(text[i], hexadecimal ? 16 : 10) != NO_DIGIT)
        i++;
    return (i - first == 4 || (i - first == 5 && !hexadecimal)) && i < size && text[i] == ';';
}

/* Whether "x0dx0a" stands at `at`. */
static int
OF(is_line_end)(const CHARACTER *text, Py_ssize_t size, Py_ssize_t at)
{
    const char *wanted = "x0dx0a";
    Py_ssize_t n = 0;
    while (n < LINE_END_SIZE && at + n < size && text[at + n] == (CHARACTER)wanted[n])
        n++;
    return n == LINE_END_SIZE;
}

/* The flags of all of these signs in a text. */
static int
OF(signs)(unsigned *seen, const CHARACTER *text, Py_ssize_t size)
{
    for (Py_ssize_t i = 0, end; i < size; i = end) {
        end = i + 64 < size ? i + 64 : size;
        if (end < size) {
            CHARACTER any = 0;
            for (int n = 0; n < 64; n++) {
                CHARACTER c = text[i + n], next = text[i + n + 1];
                CHARACTER hash = c == '#' ? 1 : 0, closing = c == ')' ? 1 : 0, opening = next == '(' ? 1 : 0;
                CHARACTER x = c == 'x' ? 1 : 0, zero = next == '0' ? 1 : 0;
                any |= (CHARACTER)(hash | (closing & opening) | (x & zero));
            }
            if (!any)
                continue;
        }
        for (Py_ssize_t n = i; n < end; n++) {
            if (text[n] == ')' && OF(is_doubled)(text, size, n))
                *seen |= DOUBLED;
            else if (text[n] == '#' && OF(is_reference)(text, size, n))
                *seen |= BARE;
            else if (text[n] == 'x' && OF(is_line_end)(text, size, n))
                *seen |= LINE_END;
        }
    }
    return 0;
}
