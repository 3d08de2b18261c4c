/// The system's zlib, as one Swift module.
#pragma once
#if __has_include(<zlib.h>)
#include <zlib.h>
#else
#error "zlib.h not found: install the zlib development files (Debian and Ubuntu: apt-get install zlib1g-dev)"
#endif

/// `deflateInit2` is a macro, which Swift does not see: deflate without a header, as a ZIP wants it.
static inline int czlib_begin_raw_deflate(z_stream *stream) {
    return deflateInit2(stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
}
