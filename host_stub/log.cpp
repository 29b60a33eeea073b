#include "log.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <cstdio>
#include <ctime>

namespace host {
namespace {

namespace json = boost::json;

std::string_view name_of(channel::Level level)
{
    switch (level) {
    case channel::Level::debug: return "debug";
    case channel::Level::info: return "info";
    case channel::Level::warning: return "warning";
    case channel::Level::error: return "error";
    }
    return "info";
}

// Real time, also where the host's clock has been moved: a log is read beside other logs.
std::string timestamp()
{
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto seconds = std::chrono::system_clock::to_time_t(now);
    const auto rest = static_cast<int>(now.time_since_epoch().count() % 1000);
    std::tm parts = {};
    gmtime_r(&seconds, &parts);
    char text[40];
    const auto size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + size, sizeof text - size, ".%03dZ", rest);
    return text;
}

void write(const std::string& line)
{
    const auto whole = timestamp() + " " + line + "\n";
    std::fwrite(whole.data(), 1, whole.size(), stderr);  // one write: lines of two threads never mix
}

std::string fields_of(std::string_view text)
{
    json::error_code broken;
    const auto value = json::parse({text.data(), text.size()}, broken);
    std::string fields;
    if (broken || !value.is_object())
        return fields;
    for (const auto& [name, field] : value.as_object()) {
        const auto words = field.is_string() ? std::string{field.as_string()} : json::serialize(field);
        fields += " " + std::string{name} + "=" + log_value(words);
    }
    return fields;
}

}  // namespace

std::string log_value(std::string_view value)
{
    constexpr auto needs_quotes = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=' || c == '\x7f';
    };
    bool plain = !value.empty();
    for (const auto c : value)
        plain = plain && !needs_quotes(c);
    return plain ? std::string{value} : json::serialize(json::string{value});
}

std::string log_line(
    channel::Level level,
    std::string_view channel,
    std::string_view code,
    std::string_view text,
    std::string_view fields
)
{
    std::string line{name_of(level)};
    line.append(" ").append(channel).append(" ").append(code);
    line.append(" ").append(log_value(text)).append(fields);
    return line;
}

void Log::operator()(
    channel::Level level, std::string_view code, std::string_view text, std::initializer_list<Field> fields
) const
{
    if (level < least_)
        return;
    std::string words;
    for (const auto& field : fields)
        words.append(" ").append(field.name).append("=").append(log_value(field.value));
    write(log_line(level, "host", code, text, words));
}

void Log::of_channel(
    std::string_view channel,
    channel::Level level,
    std::string_view code,
    std::string_view text,
    std::string_view fields_json
) const
{
    if (level >= least_)
        write(log_line(level, channel, code, text, fields_of(fields_json)));
}

}  // namespace host
