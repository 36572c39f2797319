/* The attributes of a tag, one after the other: what declarations.attributes_of finds, for _scan.c.

   An attribute is a name, "=" and a value in double or single quotes or bare; what is none of that is stepped over. Only a quote that
   nothing closes makes the rest of the tag be looked at again, and there can be one of each kind. */

#ifndef CLEANER_ATTRIBUTES_H
#define CLEANER_ATTRIBUTES_H

#include "_text.h"

typedef struct {
    const uc *at, *end; /* what is still to be read */
    const uc *name, *value;
    ix name_size, value_size;
} Attributes;

static inline int
ends_name(uc c)
{
    return c == '=' || c == '>' || c == '"' || c == '\'' || c == '/' || is_space(c);
}

/* Reads the value that begins at `at`; gives where it ends, or NULL when there is none. */
static const uc *
read_value(Attributes *self, const uc *at)
{
    uc quote = at < self->end ? *at : 0;
    if (quote == '"' || quote == '\'') {
        const uc *close = find(at + 1, self->end, quote);
        if (close == self->end)
            return NULL;
        self->value = at + 1;
        self->value_size = close - at - 1;
        return close + 1;
    }
    self->value = at;
    while (at < self->end && *at != '>' && *at != '"' && *at != '\'' && !is_space(*at))
        at++;
    self->value_size = at - self->value;
    return self->value_size ? at : NULL;
}

/* Reads the next attribute; 0 when there is none. */
static int
next_attribute(Attributes *self)
{
    while (self->at < self->end) {
        if (ends_name(*self->at)) {
            self->at++;
            continue;
        }
        self->name = self->at;
        while (self->at < self->end && !ends_name(*self->at))
            self->at++;
        self->name_size = self->at - self->name;
        const uc *at = self->at;
        while (at < self->end && is_space(*at))
            at++;
        if (at == self->end || *at != '=')
            continue;
        at++;
        while (at < self->end && is_space(*at))
            at++;
        const uc *behind = read_value(self, at);
        if (behind) {
            self->at = behind;
            return 1;
        }
    }
    return 0;
}

static int
is_named(const Attributes *self, const char *name)
{
    return self->name_size == (ix)strlen(name) && stands(self->name, self->name + self->name_size, name);
}

#endif
