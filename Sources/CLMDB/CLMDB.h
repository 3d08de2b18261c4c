/// The system's LMDB, as one Swift module.
#pragma once
#if __has_include(<lmdb.h>)
#include <lmdb.h>
#else
#error "lmdb.h not found: install the LMDB development files (Debian and Ubuntu: apt-get install liblmdb-dev)"
#endif
