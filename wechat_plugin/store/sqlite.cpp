#include "store/sqlite.hpp"

namespace wechat::store {

Fault SqliteFailure::fault() const
{
    switch (code_ & 0xFF) {  // the primary code
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return fail(errc::store_busy, what());
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR: return fail(errc::store_full, what());
    default: return fail(errc::store_broken, what());
    }
}

namespace {

[[noreturn]] void fail_with(sqlite3* database, const char* doing)
{
    const int code = database != nullptr ? sqlite3_extended_errcode(database) : SQLITE_NOMEM;
    throw SqliteFailure(code, std::string{doing} + ": " + sqlite3_errstr(code));
}

}  // namespace

Database::Database(const std::string& path, bool read_only)
{
    const int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
                    | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK)
        throw SqliteFailure(code, sqlite3_errstr(code));
    sqlite3_busy_timeout(handle, 5000);  // another program's backup or shell; our own writer is one thread
}

void Database::run(const char* sql) const
{
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail_with(handle_.get(), sql);
}

bool Cursor::next()
{
    switch (sqlite3_step(handle_)) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default: fail_with(sqlite3_db_handle(handle_), sqlite3_sql(handle_));
    }
}

std::string_view Cursor::text(int column) const
{
    const void* bytes = sqlite3_column_blob(handle_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
    return {static_cast<const char*>(bytes), size};
}

Statement::Statement(const Database& database, const char* sql)
{
    sqlite3_stmt* handle = nullptr;
    if (sqlite3_prepare_v3(database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK)
        fail_with(database.get(), sql);
    handle_.reset(handle);
}

void Statement::bind(int index, std::int64_t value)
{
    if (sqlite3_bind_int64(handle_.get(), index, value) != SQLITE_OK)
        fail_with(sqlite3_db_handle(handle_.get()), "bind");
}

void Statement::bind(int index, std::string_view value)
{
    // Transient, because a temporary's text may be gone before the statement runs.
    if (sqlite3_bind_text64(handle_.get(), index, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8)
        != SQLITE_OK)
        fail_with(sqlite3_db_handle(handle_.get()), "bind");
}

void Statement::bind(int index, std::nullptr_t)
{
    if (sqlite3_bind_null(handle_.get(), index) != SQLITE_OK)
        fail_with(sqlite3_db_handle(handle_.get()), "bind");
}

}  // namespace wechat::store
