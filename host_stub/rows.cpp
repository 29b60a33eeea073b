#include "rows.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace host {
namespace {

channel::Time time_of(std::int64_t milliseconds)
{
    return channel::Time{channel::Milliseconds{milliseconds}};
}

}  // namespace

Conversation read_conversation(const Statement& row)
{
    return {
        .id = row.number(0),
        .channel = row.text(1),
        .customer = row.text(2),
        .contact = row.text(3),
        .open = row.number(4) != 0,
        .state = row.text(5),
        .scene = row.text(6),
        .participants = employees_from_json(row.view(7)),
        .participants_due = row.number(8),
        .last_at = time_of(row.number(9)),
        .unread = row.number(10),
    };
}

Message read_message(const Statement& row)
{
    return {
        .id = row.number(0),
        .conversation = row.number(1),
        .from = static_cast<Author>(row.number(2)),
        .employee = row.text(12),
        .client_id = row.text(11),
        .kind = row.text(4),
        .key = row.text(6),
        .text = row.text(5),
        .media = row.text(8),
        .mime = row.text(9),
        .name = row.text(10),
        .data = row.text(7),
        .at = time_of(row.number(3)),
        .progress =
            {.state = static_cast<std::int32_t>(row.number(13)),
             .revision = static_cast<std::uint64_t>(row.number(14)),
             .reason = row.text(15),
             .text = row.text(16),
             .position = static_cast<std::uint32_t>(row.number(17))},
    };
}

std::string to_json(const Employees& employees)
{
    boost::json::array list;
    for (const auto& employee : employees)
        list.emplace_back(employee);
    return boost::json::serialize(list);
}

Employees employees_from_json(std::string_view json)
{
    Employees employees;
    const auto list = boost::json::parse({json.data(), json.size()});
    for (const auto& employee : list.as_array())
        employees.emplace_back(employee.as_string());
    return employees;
}

}  // namespace host
