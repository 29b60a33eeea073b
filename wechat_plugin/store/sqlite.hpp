/// SQLite with destructors: a connection, statements, and faults by our names.
#pragma once

#include "base/result.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace wechat::store {

/// Thrown inside a transaction, caught where it ends; never leaves this layer.
class SqliteFailure : public std::runtime_error {
public:
    SqliteFailure(int code, const std::string& words) : std::runtime_error(words), code_(code) {}
    [[nodiscard]] Fault fault() const;

private:
    int code_;  // an extended result code
};

class Database {
public:
    /// Opens a file; read-only connections see the last commit and never wait for the writer (WAL).
    Database(const std::string& path, bool read_only);

    /// Runs SQL that gives no rows.
    void run(const char* sql) const;
    [[nodiscard]] sqlite3* get() const { return handle_.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

/// The rows of one use of a statement. Resets it when it goes: an open one would hold its snapshot, and later reads
/// of the same connection would see the past.
class Cursor {
public:
    explicit Cursor(sqlite3_stmt* handle) : handle_(handle) {}
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    ~Cursor() { sqlite3_reset(handle_); }

    /// Whether there is a (further) row.
    bool next();
    /// Runs to the end.
    void run()
    {
        while (next()) {
        }
    }
    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(handle_, column); }
    [[nodiscard]] bool null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
    /// Good until the next row.
    [[nodiscard]] std::string_view text(int column) const;

private:
    sqlite3_stmt* handle_;
};

/// A prepared statement, used again and again with other values.
class Statement {
public:
    Statement(const Database& database, const char* sql);

    template <class... Values>
    [[nodiscard]] Cursor with(const Values&... values)
    {
        int index = 0;
        (bind(++index, values), ...);
        return Cursor{handle_.get()};
    }

private:
    void bind(int index, std::int64_t value);
    void bind(int index, std::string_view value);
    void bind(int index, std::nullptr_t);
    template <class T>
    void bind(int index, const std::optional<T>& value)
    {
        if (value)
            bind(index, *value);
        else
            bind(index, nullptr);
    }

    struct Finalize {
        void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

}  // namespace wechat::store
