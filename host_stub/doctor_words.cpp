// What has been found, for people and for programs.
#include "doctor.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace host {
namespace {

namespace json = boost::json;
using channel::Examined;
using Level = Examined::Level;

std::string_view padded(Level level)
{
    constexpr std::array<std::string_view, 4> names{"ok      ", "warning ", "wrong   ", "skipped "};
    return names.at(static_cast<std::size_t>(level));
}

std::string text_at(const json::object& object, std::string_view key)
{
    const auto* const found = object.if_contains({key.data(), key.size()});
    return found && found->is_string() ? std::string{found->as_string()} : std::string{};
}

Level level_of(std::string_view word)
{
    for (const auto level : {Level::ok, Level::warning, Level::skipped})
        if (word == name_of(level))
            return level;
    return Level::wrong;
}

}  // namespace

std::string to_line(const Diagnosis& diagnosis)
{
    const auto& step = diagnosis.step;
    auto line = std::string{padded(step.level)} + diagnosis.channel;
    if (!step.account.empty())
        line += "/" + step.account;
    line += " " + step.step + ": " + step.text;
    if (!step.remedy.empty())
        line += ". " + step.remedy;
    std::ranges::replace(line, '\n', ' ');
    return line;
}

std::string to_json(const std::vector<Diagnosis>& all)
{
    json::array list;
    for (const auto& [channel, step] : all)
        list.push_back(json::object{
            {"channel", channel},
            {"account", step.account},
            {"step", step.step},
            {"level", name_of(step.level)},
            {"text", step.text},
            {"remedy", step.remedy},
        });
    return json::serialize(list);
}

std::optional<std::vector<Examined>> read_examined(std::string_view text)
{
    json::error_code broken;
    const auto value = json::parse({text.data(), text.size()}, broken);
    const auto* const list = broken ? nullptr : value.if_array();
    if (!list)
        return std::nullopt;
    std::vector<Examined> steps;
    for (const auto& item : *list) {
        const auto* const object = item.if_object();
        if (!object)
            return std::nullopt;
        steps.push_back({
            .account = text_at(*object, "account"),
            .step = text_at(*object, "step"),
            .level = level_of(text_at(*object, "level")),
            .text = text_at(*object, "text"),
            .remedy = text_at(*object, "remedy"),
        });
    }
    return steps;
}

}  // namespace host
