/// Rows as values: the columns that records.cpp and reader.cpp both ask for, in one order.
#pragma once

#include "database.hpp"
#include "model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace host {

inline constexpr std::string_view conversation_rows =
    "SELECT c.id, h.id, c.customer, c.contact, c.open, c.state, c.scene, c.participants, c.participants_due, "
    "c.last_at, c.unread FROM conversations c JOIN channels h ON h.number = c.channel ";
inline constexpr std::string_view message_rows =
    "SELECT m.id, m.conversation, m.author, m.at, m.kind, m.text, m.key, m.data, m.media, m.mime, m.name, "
    "m.client_id, m.employee, m.state, m.revision, m.reason, m.note, m.position FROM messages m ";

/// One of the two, and the rest of the question.
[[nodiscard]] inline std::string select(std::string_view rows, std::string_view rest)
{
    return std::string{rows} + std::string{rest};
}

[[nodiscard]] Conversation read_conversation(const Statement& row);
[[nodiscard]] Message read_message(const Statement& row);

/// The first row of what was asked, or nothing; the statement is done with then.
template <class Row>
[[nodiscard]] std::optional<Row> one(Statement& statement, Row (*read)(const Statement&))
{
    if (!statement.step())
        return std::nullopt;
    auto row = read(statement);
    statement.reset();
    return row;
}

/// All rows of what was asked.
template <class Row>
[[nodiscard]] std::vector<Row> all(Statement& statement, Row (*read)(const Statement&))
{
    std::vector<Row> rows;
    while (statement.step())
        rows.push_back(read(statement));
    return rows;
}

[[nodiscard]] std::string to_json(const Employees& employees);
[[nodiscard]] Employees employees_from_json(std::string_view json);

}  // namespace host
