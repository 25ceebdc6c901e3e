#include <libxml/xmlversion.h>
// Debian's libxml2 names ICU's types in one structure that we never touch; Foundation has ICU's under the same names.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
