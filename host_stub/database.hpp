/// SQLite as C++: a connection and its prepared statements. One thread each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace host {

/// The store refused: disk full, file damaged, a mistake of ours in SQL.
struct DatabaseError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A prepared statement. Texts are borrowed until it has been stepped to its end.
class Statement {
public:
    /// Binds all parameters in order; nullopt is NULL.
    template <class... Values>
    Statement& with(const Values&... values)
    {
        reset();
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }

    /// True: a row stands ready. Throws DatabaseError.
    bool step();
    /// Steps to the end; for statements without rows.
    void run();

    [[nodiscard]] std::int64_t number(int column) const;
    /// Good until the next step.
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string{view(column)}; }
    [[nodiscard]] bool is_null(int column) const;
    /// Lets go of the row, and of the snapshot that a reader holds with it.
    void reset();

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

    void bind(int index, std::int64_t value);
    void bind(int index, std::string_view value);
    void bind(int index, const std::string& value) { bind(index, std::string_view{value}); }
    void bind(int index, const char* value) { bind(index, std::string_view{value}); }
    void bind(int index, const std::optional<std::string>& value);

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
public:
    enum class Access {
        write,  // made if it is not there; WAL, synchronous=FULL: what is committed survives a power cut
        read,
    };

    Database(const std::filesystem::path& file, Access access);

    [[nodiscard]] Statement prepare(std::string_view sql) const;
    /// Runs statements without rows and without parameters.
    void run(const char* sql) const;
    [[nodiscard]] std::int64_t last_id() const;
    /// How many rows the last statement changed.
    [[nodiscard]] int changes() const;
    [[nodiscard]] bool in_transaction() const;

private:
    struct Close {
        void operator()(sqlite3* database) const noexcept;
    };
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace host
