/// The tables of an SQLite store, and how an older one becomes today's.
#pragma once

#include "store/sqlite.hpp"

namespace wechat::store {

/// Makes the tables of a new store, or brings an older one forward; nothing changes in today's.
///
/// Throws SqliteFailure; gives false where the store was written by a later version.
[[nodiscard]] bool migrate(const Database& database);

}  // namespace wechat::store
