/// Entries and scenarios in one line.
#pragma once

#include "replay/scenario_reader.hpp"

#include <string>
#include <utility>
#include <vector>

namespace replay::sample {

inline Entry text_to_contact(std::string what)
{
    return {.kind = Entry::Kind::to_contact, .what = std::move(what)};
}
inline Entry auto_to_contact(std::string key, std::string what = {})
{
    return {.kind = Entry::Kind::to_contact, .automatic = std::move(key), .what = std::move(what)};
}
inline Entry text_to_employees(std::string what)
{
    return {.kind = Entry::Kind::to_employees, .what = std::move(what)};
}
inline Entry auto_to_employees(std::string key)
{
    return {.kind = Entry::Kind::to_employees, .automatic = std::move(key)};
}
inline Entry state(std::string id, std::string what, std::string reason = {})
{
    return {.kind = Entry::Kind::state, .name = std::move(id), .what = std::move(what), .reason = std::move(reason)};
}
inline Entry event(std::string name, std::string what)
{
    return {.kind = Entry::Kind::event, .name = std::move(name), .what = std::move(what)};
}

inline Expected expected(Entry entry)
{
    Expected made;
    static_cast<Entry&>(made) = std::move(entry);
    return made;
}
inline Happening happened(Entry entry, Milliseconds at = Milliseconds{0})
{
    Happening made;
    static_cast<Entry&>(made) = std::move(entry);
    made.at = at;
    return made;
}

inline ScenarioReading read(const std::string& text) { return read_scenario_text(text, "s.yaml"); }

inline std::vector<std::string> complaints_about(const std::string& text)
{
    std::vector<std::string> all;
    for (const auto& complaint : read(text).complaints)
        all.push_back(describe(complaint));
    return all;
}

}  // namespace replay::sample
