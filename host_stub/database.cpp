#include "database.hpp"

#include <sqlite3.h>

namespace host {
namespace {

[[noreturn]] void raise(sqlite3* database, const std::string& what)
{
    throw DatabaseError{what + ": " + (database ? sqlite3_errmsg(database) : "out of memory")};
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept
{
    sqlite3_finalize(statement);
}

void Statement::reset()
{
    sqlite3_reset(statement_.get());
}

bool Statement::step()
{
    const auto code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW)
        return true;
    auto* const database = sqlite3_db_handle(statement_.get());
    if (code != SQLITE_DONE) {
        const std::string words = sqlite3_errmsg(database);
        sqlite3_reset(statement_.get());
        throw DatabaseError{words};
    }
    sqlite3_reset(statement_.get());
    return false;
}

void Statement::run()
{
    while (step()) {
    }
}

std::int64_t Statement::number(int column) const
{
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::view(int column) const
{
    const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    const auto size = sqlite3_column_bytes(statement_.get(), column);
    return bytes ? std::string_view{bytes, static_cast<std::size_t>(size)} : std::string_view{};
}

bool Statement::is_null(int column) const
{
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::bind(int index, std::int64_t value)
{
    if (sqlite3_bind_int64(statement_.get(), index, value) != SQLITE_OK)
        raise(sqlite3_db_handle(statement_.get()), "bind");
}

void Statement::bind(int index, std::string_view value)
{
    // Copied by SQLite: what was bound may be gone before the next reset.
    const auto* const data = value.data() ? value.data() : "";
    if (sqlite3_bind_text64(statement_.get(), index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8)
        != SQLITE_OK)
        raise(sqlite3_db_handle(statement_.get()), "bind");
}

void Statement::bind(int index, const std::optional<std::string>& value)
{
    if (value)
        bind(index, std::string_view{*value});
    else
        sqlite3_bind_null(statement_.get(), index);
}

void Database::Close::operator()(sqlite3* database) const noexcept
{
    sqlite3_close_v2(database);
}

Database::Database(const std::filesystem::path& file, Access access)
{
    const auto flags = access == Access::read
                         ? SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
                         : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    sqlite3* opened = nullptr;
    const auto code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK)
        raise(opened, file.string());
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, 5000);  // a reader meets a checkpoint, or a backup meets us
    if (access == Access::write)
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
}

Statement Database::prepare(std::string_view sql) const
{
    sqlite3_stmt* statement = nullptr;
    const auto code = sqlite3_prepare_v3(
        database_.get(),
        sql.data(),
        static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &statement,
        nullptr
    );
    if (code != SQLITE_OK)
        raise(database_.get(), std::string{sql});
    return Statement{statement};
}

void Database::run(const char* sql) const
{
    if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        raise(database_.get(), sql);
}

std::int64_t Database::last_id() const
{
    return sqlite3_last_insert_rowid(database_.get());
}
int Database::changes() const
{
    return sqlite3_changes(database_.get());
}
bool Database::in_transaction() const
{
    return sqlite3_get_autocommit(database_.get()) == 0;
}

}  // namespace host
