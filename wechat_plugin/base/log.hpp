/// One structured line per decision. What must stay private is hidden by its type, not by the writer's care.
#pragma once

#include "base/ids.hpp"
#include "base/secret.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace wechat {

enum class Level { debug, info, warning, error };

/// "#3f9a1c": enough to follow one contact through a log, too little to find him.
[[nodiscard]] std::string log_hash(const OpenId& openid);

/// One field of a log line: a name, and a value that is safe to show.
struct Field {
    using Value = std::variant<std::int64_t, bool, std::string>;

    Field(std::string_view field, const OpenId& openid) : name(field), value(log_hash(openid)) {}
    Field(std::string_view field, const Secret&) : name(field), value(std::string{"***"}) {}
    template <class Tag>
    Field(std::string_view field, const Id<Tag>& id) : name(field), value(id.str()) {}
    Field(std::string_view field, std::string_view text) : name(field), value(std::string{text}) {}
    Field(std::string_view field, const std::string& text) : name(field), value(text) {}
    Field(std::string_view field, const char* text) : name(field), value(std::string{text}) {}
    Field(std::string_view field, bool flag) : name(field), value(flag) {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    Field(std::string_view field, Number number) : name(field), value(static_cast<std::int64_t>(number))
    {
    }

    std::string name;
    Value value;
};

/// Where lines go: the host's log in the plugin, a vector in tests. Called from any thread.
///
/// code   an id in snake_case that machines match on: "message_sent"
/// text   the same for people
class Log {
public:
    using Fields = std::initializer_list<Field>;
    using Sink = std::function<void(Level, std::string_view code, std::string_view text, Fields)>;

    Log() = default;
    explicit Log(Sink sink) : sink_(std::move(sink)) {}
    void operator()(Level level, std::string_view code, std::string_view text, Fields fields = {}) const
    {
        if (sink_)
            sink_(level, code, text, fields);
    }

private:
    Sink sink_;
};

}  // namespace wechat
