#include "replay/happening.hpp"

namespace replay {
namespace {

using Kind = Entry::Kind;

std::string quoted(std::string_view text)
{
    std::string all = "\"";
    for (const auto sign : text) {
        if (sign == '"' || sign == '\\')
            all += '\\';
        if (sign == '\n')
            all += "\\n";
        else
            all += sign;
    }
    return all + '"';
}

std::string said(std::string_view to, const Entry& entry)
{
    const auto whom = "{" + std::string{to};
    if (!entry.automatic.empty())
        return whom + "_auto: " + entry.automatic + "}";
    if (entry.medium == "text")
        return whom + ": " + quoted(entry.what) + "}";
    return whom + ": {" + entry.medium + ": " + entry.what + "}}";
}

std::string state(const Entry& entry)
{
    if (entry.what == "refused")
        return "{refused: {" + entry.name + ": " + entry.reason + "}}";
    const auto reason = entry.reason.empty() || entry.what != "queued" ? "" : ", reason: " + entry.reason;
    return "{state: {" + entry.name + ": " + entry.what + "}" + reason + "}";
}

bool words_fit(const Expected& expected, const Happening& happened)
{
    if (!expected.automatic.empty())
        return expected.automatic == happened.automatic;
    return !happened.silent && expected.medium == happened.medium && expected.what == happened.what;
}

bool reason_fits(const Expected& expected, const Happening& happened)
{
    const bool counts = expected.what == "refused" || !expected.reason.empty();
    return !counts || expected.reason == happened.reason;
}

}  // namespace

std::string stream_of(const Entry& entry)
{
    switch (entry.kind) {
    case Kind::to_contact: return "contact";
    case Kind::to_employees:
    case Kind::event: return "employees";
    case Kind::state: break;
    }
    return "message " + entry.name;
}

std::string as_written(const Entry& entry)
{
    switch (entry.kind) {
    case Kind::to_contact: return said("contact", entry);
    case Kind::to_employees: return said("employees", entry);
    case Kind::event: return "{host: {" + entry.name + ": " + quoted(entry.what) + "}}";
    case Kind::state: break;
    }
    return state(entry);
}

bool fits(const Expected& expected, const Happening& happened)
{
    if (expected.kind != happened.kind)
        return false;
    if (expected.kind == Kind::to_contact || expected.kind == Kind::to_employees)
        return words_fit(expected, happened);
    return expected.name == happened.name && expected.what == happened.what && reason_fits(expected, happened);
}

}  // namespace replay
