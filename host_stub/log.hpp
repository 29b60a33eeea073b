/// One structured line per event, on stderr: "2026-05-04T08:00:00.123Z info sms-1 message_sent sent id=m1".
#pragma once

#include <channel/values.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace host {

struct Field {
    std::string_view name;
    std::string value;
};

/// Writes lines of a level and above; any thread. The host's own lines carry "host" as their channel.
class Log {
public:
    explicit Log(channel::Level least = channel::Level::info) : least_(least) {}

    void operator()(
        channel::Level level,
        std::string_view code,
        std::string_view text,
        std::initializer_list<Field> fields = {}
    ) const;
    /// A channel's line; fields as the JSON object that crossed the border.
    void of_channel(
        std::string_view channel,
        channel::Level level,
        std::string_view code,
        std::string_view text,
        std::string_view fields_json
    ) const;

private:
    channel::Level least_;
};

/// The line without its time: what tests look at.
[[nodiscard]] std::string log_line(
    channel::Level level,
    std::string_view channel,
    std::string_view code,
    std::string_view text,
    std::string_view fields
);

/// A value as a log shows it: in quotes where it has blanks, control characters escaped.
[[nodiscard]] std::string log_value(std::string_view value);

}  // namespace host
