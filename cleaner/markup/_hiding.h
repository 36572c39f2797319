/* What hidden.attributes_may_hide looks for, for _scan.c. */

#ifndef CLEANER_HIDING_H
#define CLEANER_HIDING_H

#include "_text.h"

static inline int
is_ascii_space(uc c)
{
    return c == ' ' || (c >= 9 && c <= 13);
}

static inline int
begins_exactly(const uc *at, const uc *end, const char *word)
{
    for (; *word; word++, at++)
        if (at >= end || *at != (uc)*word)
            return 0;
    return 1;
}

static int
ends_with(const uc *begin, const uc *end, const char *word)
{
    ix size = strlen(word);
    return end - begin >= size && stands(end - size, end, word);
}

/* The rest of a declaration: at its colon, `begin` is the beginning of the attributes. */
static int
hides_by_value(const uc *begin, const uc *colon, const uc *end)
{
    const uc *name = colon, *value = colon + 1;
    while (name > begin && is_ascii_space(name[-1]))
        name--;
    if (ends_with(begin, name, "color")) /* not background-color */
        return name - begin > 5 && (is_ascii_space(name[-6]) || name[-6] == '"' || name[-6] == '\'' || name[-6] == ';');
    while (value < end && is_ascii_space(*value))
        value++;
    if (ends_with(begin, name, "display"))
        return stands(value, end, "none");
    if (ends_with(begin, name, "visibility"))
        return stands(value, end, "hidden") || stands(value, end, "collapse");
    if (ends_with(begin, name, "font-size") || ends_with(begin, name, "height") || ends_with(begin, name, "width"))
        return value < end && (*value == '.' || ((*value == '0' || *value == '1') && !(value + 1 < end && is_digit(value[1]))));
    return 0;
}

/* hidden.attributes_may_hide(): the same hints */
static int
hints(const uc *begin, ix size)
{
    const uc *end = begin + size;
    for (const uc *at = begin; at < end; at++) {
        uc c = lower(*at);
        if (c == ':' && hides_by_value(begin, at, end))
            return 1;
        if (c == ':' || c == '(' || c == ',' || is_ascii_space(c)) {
            const uc *next = at + 1;
            if (next < end && *next == '-') {
                do
                    next++;
                while (next < end && is_ascii_space(*next));
                if (next < end && (*next == '.' || is_digit(*next)))
                    return 1;
            }
        }
        switch (c) {
        case '/':
            if (stands(at, end, "/*"))
                return 1;
            break;
        case 'h':
            if (stands(at, end, "hidden-visually"))
                return 1;
            if (stands(at, end, "hidden")) {
                uc before = at > begin ? lower(at[-1]) : ' ', after = at + 6 < end ? at[6] : ' ';
                if (!(is_letter(before) || is_digit(before) || before == '_' || before == '-') &&
                    (is_ascii_space(after) || after == '/' || after == '=' || after == '"' || after == '\''))
                    return 1;
            }
            break;
        case 's':
            if (stands(at, end, "sr-") || stands(at, end, "screen"))
                return 1;
            break;
        case 'c':
            if (stands(at, end, "clip"))
                return 1;
            break;
        case 't':
            if (stands(at, end, "transparent"))
                return 1;
            break;
        case 'r':
            if (stands(at, end, "rgba"))
                return 1;
            break;
        case 'i':
            if (stands(at, end, "isually-hidden") || stands(at, end, "isuallyhidden"))
                return 1;
            break;
        case 'l':
            if (stands(at, end, "ly-hidden"))
                return 1;
            break;
        case 'a':
            if (stands(at, end, "a11y-") || stands(at, end, "assistive"))
                return 1;
            break;
        case 'e':
            if (stands(at, end, "element-invisible"))
                return 1;
            break;
        }
    }
    return 0;
}

/* Whether a word that a hint cannot do without stands in the attributes. */
static int
is_worth_it(const uc *attributes, ix size, int inline_element)
{
    const uc *end = attributes + size;
    for (const uc *at = attributes; end - at >= 3; at++) {
        if (*at == 's' && (at[1] == 't' || at[1] == 'r' || at[1] == 'c')) {
            if (at[1] == 'r' ? at[2] == '-' : begins_exactly(at, end, at[1] == 't' ? "style" : "screen") && (at[1] == 't' || !inline_element))
                return 1;
        } else if (*at == 'h' && at[1] == 'i' && begins_exactly(at, end, "hidden"))
            return 1;
    }
    return 0;
}

/* Whether the attributes of an element may hide it. */
static int
may_hide(const uc *attributes, ix size, int inline_element)
{
    return is_worth_it(attributes, size, inline_element) && hints(attributes, size);
}

#endif
