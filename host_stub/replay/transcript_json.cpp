// The same names as in a scenario's file, so that who reads the one reads the other.
#include "replay/transcript.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>

namespace replay {
namespace {

namespace json = boost::json;
using Kind = Entry::Kind;

json::object one(std::string_view name, json::value value)
{
    json::object object;
    object[name] = std::move(value);
    return object;
}

json::object said(std::string_view to, const Entry& entry)
{
    if (!entry.automatic.empty())
        return one(std::string{to} + "_auto", json::value(entry.automatic));
    if (entry.medium == "text")
        return one(to, json::value(entry.what));
    return one(to, one(entry.medium, json::value(entry.what)));
}

json::object entry_json(const Entry& entry)
{
    switch (entry.kind) {
    case Kind::to_contact: return said("contact", entry);
    case Kind::to_employees: return said("employees", entry);
    case Kind::event: return one("host", one(entry.name, json::value(entry.what)));
    case Kind::state: break;
    }
    if (entry.what == "refused")
        return one("refused", one(entry.name, json::value(entry.reason)));
    auto state = one("state", one(entry.name, json::value(entry.what)));
    if (!entry.reason.empty())
        state["reason"] = entry.reason;
    return state;
}

void add_time(Milliseconds at, json::object& object)
{
    object["at"] = clock_text(at);
    object["seconds"] = std::chrono::floor<std::chrono::seconds>(at).count();
}

json::object happening_json(const Happening& happening)
{
    auto object = entry_json(happening);
    add_time(happening.at, object);
    object["stream"] = stream_of(happening);
    if (!happening.automatic.empty())
        object["text"] = happening.silent ? json::value() : json::value(happening.what);
    if (!happening.why.empty())
        object["why"] = happening.why;
    return object;
}

json::array happenings_json(const std::vector<Happening>& happenings)
{
    json::array list;
    for (const auto& happening : happenings)
        list.push_back(happening_json(happening));
    return list;
}

json::object difference_json(const Difference& difference)
{
    json::array expected, happened;
    for (const auto& row : difference.rows) {
        if (row.expected)
            expected.push_back(entry_json(*row.expected));
        if (row.happened)
            happened.push_back(entry_json(*row.happened));
    }
    json::object object;
    object["stream"] = difference.stream;
    object["expected"] = std::move(expected);
    object["happened"] = std::move(happened);
    return object;
}

json::object step_json(const StepRecord& record)
{
    const auto deed = deed_of(record.step.act);
    json::object object;
    add_time(record.step.at, object);
    object["line"] = record.step.line;
    object["who"] = deed.who;
    object["what"] = deed.what;
    object["due"] = happenings_json(record.due);
    object["outcome"] = happenings_json(record.outcome);
    object["checked"] = record.step.expected.has_value();
    json::array differences;
    for (const auto& difference : record.differences)
        differences.push_back(difference_json(difference));
    object["differences"] = std::move(differences);
    return object;
}

}  // namespace

json::object to_json(const Performance& performance)
{
    json::object object;
    object["file"] = performance.scenario.file.string();
    object["scenario"] = performance.scenario.title;
    object["rules"] = json::value_from(performance.scenario.rules);
    if (const auto before = performance.restarted_before)
        object["restarted_before_step"] = *before + 1;
    object["passed"] = performance.passed();
    if (!performance.broken_off.empty())
        object["broken_off"] = performance.broken_off;
    json::array steps;
    for (const auto& record : performance.steps)
        steps.push_back(step_json(record));
    object["steps"] = std::move(steps);
    return object;
}

}  // namespace replay
