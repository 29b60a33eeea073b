// Faults as the control's body describes them.
#include "simulator/act_body.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;

wechat::Fault wrong(std::string detail)
{
    return wechat::fail(wechat::errc::bad_settings, std::move(detail));
}

// A number within bounds, or nothing where none is named.
wechat::Result<std::optional<std::int64_t>>
bounded(const json::object& fields, std::string_view name, std::int64_t least, std::int64_t most)
{
    if (!fields.contains(name))
        return std::optional<std::int64_t>{};
    const auto number = number_in(fields, name);
    if (!number || *number < least || *number > most)
        return wrong(
            std::string{name} + ": expected " + std::to_string(least) + " to " + std::to_string(most)
        );
    return number;
}

constexpr std::array<std::pair<std::string_view, bool Fault::*>, 5> switches{{
    {"reset", &Fault::reset},
    {"truncate", &Fault::truncate},
    {"control_characters", &Fault::control_characters},
    {"without_errcode", &Fault::without_errcode},
    {"extra_fields", &Fault::extra_fields},
}};

wechat::Result<void> read_switches(const json::object& fields, Fault& fault)
{
    for (const auto& [name, member] : switches) {
        const auto* const value = fields.if_contains(name);
        if (value != nullptr && !value->is_bool())
            return wrong(std::string{name} + ": expected true or false");
        fault.*member = value != nullptr && value->get_bool();
    }
    return {};
}

wechat::Result<void> read_numbers(const json::object& fields, Fault& fault)
{
    constexpr std::int64_t many = 1'000'000'000;
    const auto errcode = bounded(fields, "errcode", -many, many);
    const auto status = bounded(fields, "http_status", 200, 599);
    const auto length = bounded(fields, "content_length", 0, many);
    const auto latency = bounded(fields, "latency_ms", 0, 600'000);
    const auto times = bounded(fields, "times", 1, many);
    const auto after = bounded(fields, "after", 0, many);
    for (const auto* const number : {&errcode, &status, &length, &latency, &times, &after})
        if (!*number)
            return number->error();
    fault.errcode = *errcode;
    if (*status)
        fault.http_status = static_cast<unsigned>(**status);
    if (*length)
        fault.content_length = static_cast<std::size_t>(**length);
    fault.latency = Milliseconds{(*latency).value_or(0)};
    if (*times)
        fault.times = static_cast<int>(**times);
    fault.after = static_cast<int>((*after).value_or(0));
    return {};
}

}  // namespace

wechat::Result<Fault> fault_from_json(const json::object& fields)
{
    if (!only(
            fields,
            {"path",
             "app_id",
             "after",
             "times",
             "errcode",
             "http_status",
             "timeout",
             "reset",
             "truncate",
             "content_length",
             "content_type",
             "body",
             "control_characters",
             "without_errcode",
             "extra_fields",
             "latency_ms"}
        ))
        return wrong("an unknown field: see the simulator's README");
    Fault fault{
        .path = text_in(fields, "path").value_or(""), .app_id = text_in(fields, "app_id").value_or("")};
    if (!fault.path.starts_with('/') && fault.path != "*")
        return wrong("path: of the API, or *");
    for (const auto* const name : {"app_id", "timeout", "content_type", "body"})
        if (fields.contains(name) && !text_in(fields, name))
            return wrong(std::string{name} + ": expected a text");
    if (const auto read = read_numbers(fields, fault); !read)
        return read.error();
    if (const auto read = read_switches(fields, fault); !read)
        return read.error();
    if (const auto when = text_in(fields, "timeout")) {
        if (*when != "before" && *when != "after_write")
            return wrong("timeout: before or after_write");
        fault.timeout = *when == "before" ? Fault::Timeout::before : Fault::Timeout::after_write;
    }
    fault.content_type = text_in(fields, "content_type").value_or("");
    if (fault.content_type.find_first_of("\r\n") != std::string::npos)
        return wrong("content_type: one line");
    fault.body = text_in(fields, "body");
    if (!fault.acts() && fault.latency.count() == 0)
        return wrong(
            "expected what shall happen: errcode, http_status, timeout, reset, truncate, latency_ms ..."
        );
    return fault;
}

}  // namespace simulator
