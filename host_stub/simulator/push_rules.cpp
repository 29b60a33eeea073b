#include "simulator/push_rules.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace simulator {
namespace {

namespace json = boost::json;
using Member = std::variant<int PushRules::*, bool PushRules::*, Milliseconds PushRules::*>;

struct Row {
    std::string_view name;
    Member member;
    std::int64_t least = 0;
    std::int64_t most = 0;
};
constexpr std::array rows{
    Row{"deliveries", &PushRules::deliveries, 1, 10},
    Row{"mark_fail_after", &PushRules::mark_fail_after, 0, 1'000'000},
    Row{"old_key_under_way", &PushRules::old_key_under_way},
    Row{"openid", &PushRules::openid},
    Row{"keep_alive", &PushRules::keep_alive},
    Row{"chunked", &PushRules::chunked},
    Row{"resets", &PushRules::resets, 0, 100},
    Row{"slow_write_ms", &PushRules::slow_write, 0, 60'000},
    Row{"slow_read_ms", &PushRules::slow_read, 0, 60'000},
    Row{"repeat", &PushRules::repeat, 0, 100},
};

json::value value_of(const PushRules& rules, int PushRules::*member)
{
    return rules.*member;
}
json::value value_of(const PushRules& rules, bool PushRules::*member)
{
    return rules.*member;
}
json::value value_of(const PushRules& rules, Milliseconds PushRules::*member)
{
    return (rules.*member).count();
}

void put(PushRules& rules, int PushRules::*member, std::int64_t number)
{
    rules.*member = static_cast<int>(number);
}
void put(PushRules& rules, bool PushRules::*member, std::int64_t number)
{
    rules.*member = number != 0;
}
void put(PushRules& rules, Milliseconds PushRules::*member, std::int64_t number)
{
    rules.*member = Milliseconds{number};
}

std::optional<std::int64_t> number_of(const json::value& value, const Row& row)
{
    if (std::holds_alternative<bool PushRules::*>(row.member))
        return value.is_bool() ? std::optional<std::int64_t>{value.get_bool()} : std::nullopt;
    json::error_code none;
    const auto number = value.to_number<std::int64_t>(none);
    return none || number < row.least || number > row.most ? std::nullopt : std::optional{number};
}

wechat::Fault unusable(std::string_view name, std::string_view why)
{
    return wechat::fail(wechat::errc::bad_settings, std::string{name}.append(": ").append(why));
}

wechat::Result<void> read(std::string_view name, const json::value& value, PushRules& rules)
{
    if (name == "after_status") {
        const bool retry = value.is_string() && value.get_string() == "retry";
        if (!retry && !(value.is_string() && value.get_string() == "notice"))
            return unusable(name, "expected retry or notice");
        rules.after_status = retry ? PushRules::AfterStatus::retry : PushRules::AfterStatus::notice;
        return {};
    }
    const auto* const row = std::ranges::find(rows, name, &Row::name);
    if (row == rows.end())
        return unusable(name, "no rule of pushes");
    const auto number = number_of(value, *row);
    if (!number && row->most == 0)
        return unusable(name, "expected true or false");
    if (!number)
        return unusable(name, "expected " + std::to_string(row->least) + " to " + std::to_string(row->most));
    std::visit([&](auto member) { put(rules, member, *number); }, row->member);
    return {};
}

}  // namespace

json::object to_json(const PushRules& rules)
{
    json::object fields;
    for (const auto& row : rows)
        fields[row.name] = std::visit([&](auto member) { return value_of(rules, member); }, row.member);
    fields["after_status"] = rules.after_status == PushRules::AfterStatus::retry ? "retry" : "notice";
    return fields;
}

wechat::Result<PushRules> push_rules_from_json(const json::object& fields, PushRules before)
{
    for (const auto& field : fields)
        if (const auto read_one = read({field.key().data(), field.key().size()}, field.value(), before);
            !read_one)
            return read_one.error();
    return before;
}

}  // namespace simulator
