#include "replay/act_reader.hpp"

#include "replay/scenario_reader.hpp"

#include <yaml-cpp/yaml.h>

#include <charconv>

namespace replay {
namespace {

using host::Key;
using host::Place;

// ---- contact ----

// What one contact does in one step; which it is depends on the key that stands there.
struct ContactAct {
    Act act = OnlyTime{};
    std::string menu_message;
    int acts = 0;

    void is(Act what)
    {
        act = std::move(what);
        ++acts;
    }
};

constexpr std::array contact_keys{
    Key<ContactAct>{"text",
        [](const Place& place, ContactAct& act) { act.is(ContactSays{.what = place.text()}); }},
    Key<ContactAct>{"menu_message",
        [](const Place& place, ContactAct& act) { act.menu_message = place.text(); }},
    Key<ContactAct>{"image",
        [](const Place& place, ContactAct& act) { act.is(ContactSays{.medium = "image", .what = place.text()}); }},
    Key<ContactAct>{"voice",
        [](const Place& place, ContactAct& act) { act.is(ContactSays{.medium = "voice", .what = place.text()}); }},
    Key<ContactAct>{"follow",
        [](const Place& place, ContactAct& act) { act.is(ContactFollows{read_words(place)}); }},
    Key<ContactAct>{"unfollow",
        [](const Place& place, ContactAct& act) {
            if (read_words(place) != "true")
                place.expected("true");
            act.is(ContactUnfollows{});
        }},
    Key<ContactAct>{"scan",
        [](const Place& place, ContactAct& act) { act.is(ContactScans{place.text()}); }},
    Key<ContactAct>{"menu",
        [](const Place& place, ContactAct& act) { act.is(ContactClicks{place.text()}); }},
};

// ---- employee ----

struct EmployeeAct {
    EmployeeSends sends;
    std::string cancels;
    int contents = 0;

    void says(std::string medium, std::string what)
    {
        sends.medium = std::move(medium);
        sends.what = std::move(what);
        ++contents;
    }
};

constexpr std::array employee_keys{
    Key<EmployeeAct>{"name",
        [](const Place& place, EmployeeAct& act) { act.sends.name = place.text(); }},
    Key<EmployeeAct>{"id",
        [](const Place& place, EmployeeAct& act) { act.sends.id = place.text(); }},
    Key<EmployeeAct>{"text",
        [](const Place& place, EmployeeAct& act) { act.says("text", read_words(place)); }},
    Key<EmployeeAct>{"image",
        [](const Place& place, EmployeeAct& act) { act.says("image", place.text()); }},
    Key<EmployeeAct>{"voice",
        [](const Place& place, EmployeeAct& act) { act.says("voice", place.text()); }},
    Key<EmployeeAct>{"cancel",
        [](const Place& place, EmployeeAct& act) { act.cancels = place.text(); }},
};

constexpr std::array participants_keys{
    Key<ParticipantsChange>{"add",
        [](const Place& place, ParticipantsChange& change) { change.add = place.texts(); }},
    Key<ParticipantsChange>{"remove",
        [](const Place& place, ParticipantsChange& change) { change.remove = place.texts(); }},
};

// ---- platform ----

std::optional<std::int64_t> number_in(const Place& place)
{
    const auto words = read_words(place);
    std::int64_t number = 0;
    const auto* const end = words.data() + words.size();
    const auto [rest, fault] = std::from_chars(words.data(), end, number);
    return fault == std::errc{} && rest == end ? std::optional{number} : std::nullopt;
}

void read_next_send(const Place& place, PlatformAnswers& answers)
{
    const auto words = read_words(place);
    if (words == "unavailable")
        answers.kind = PlatformAnswers::Kind::unavailable;
    else if (words == "timeout_after_write")
        answers.kind = PlatformAnswers::Kind::timeout_after_write;
    else if (const auto errcode = number_in(place))
        answers.errcode = *errcode;
    else
        place.expected("an errcode, unavailable or timeout_after_write");
}

constexpr std::array platform_keys{
    Key<PlatformAnswers>{"next_send", read_next_send},
    Key<PlatformAnswers>{"times",
        [](const Place& place, PlatformAnswers& answers) {
            const auto times = number_in(place);
            if (!times || *times < 1 || *times > 1'000'000)
                return place.expected("how many sends, from 1 on");
            answers.times = static_cast<int>(*times);
        }},
};

constexpr std::array restart_keys{
    Key<Restart>{"down",
        [](const Place& place, Restart& restart) { restart.down = read_duration(place); }},
};

}  // namespace

std::string read_words(const Place& place)
{
    if (!place.node().IsScalar()) {
        place.expected("a text");
        return {};
    }
    return place.node().Scalar();
}

std::optional<Milliseconds> duration_of(std::string_view text)
{
    using namespace std::chrono_literals;
    constexpr std::int64_t longest = 1'000'000'000;  // of any unit: nobody needs more, and nothing overflows
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, number);
    if (fault != std::errc{} || number < 0 || number > longest || end - rest != 1)
        return std::nullopt;
    switch (*rest) {
    case 's': return number * 1s;
    case 'm': return number * 1min;
    case 'h': return number * 1h;
    case 'd': return number * 24h;
    default: return std::nullopt;
    }
}

Milliseconds read_duration(const Place& place)
{
    const auto duration = place.node().IsScalar() ? duration_of(place.node().Scalar()) : std::nullopt;
    if (!duration)
        place.expected("a duration such as 90s, 15m, 48h or 7d");
    return duration.value_or(Milliseconds{0});
}

void read_contact(const Place& place, Act& act)
{
    ContactAct contact;
    read_keys(place, contact_keys, contact);
    if (place.is_map() && contact.acts != 1)
        return place.complain("the contact does one thing: text, image, voice, follow, unfollow, scan or menu");
    act = std::move(contact.act);
    if (contact.menu_message.empty())
        return;
    if (auto* const says = std::get_if<ContactSays>(&act); says && says->medium == "text")
        says->menu_message = contact.menu_message;
    else
        place.complain("menu_message belongs to a text");
}

void read_employee(const Place& place, Act& act)
{
    EmployeeAct employee;
    read_keys(place, employee_keys, employee);
    if (!place.is_map())
        return;
    if (!employee.cancels.empty()) {
        if (employee.contents != 0)
            place.complain("an employee sends or cancels: write a second step");
        act = EmployeeCancels{employee.cancels};
        return;
    }
    if (employee.contents != 1 || employee.sends.name.empty() || employee.sends.id.empty())
        place.complain("an employee's message has name, id, and text or image; or there is cancel: ID");
    act = std::move(employee.sends);
}

void read_participants(const Place& place, Act& act)
{
    ParticipantsChange change;
    read_keys(place, participants_keys, change);
    if (place.is_map() && change.add.empty() && change.remove.empty())
        place.complain("nobody is added or removed");
    act = std::move(change);
}

void read_platform(const Place& place, Act& act)
{
    PlatformAnswers answers;
    read_keys(place, platform_keys, answers);
    if (place.is_map() && !place.node()["next_send"].IsDefined())
        place.complain("\"next_send\" is missing: what the next sends get");
    act = answers;
}

void read_restart(const Place& place, Act& act)
{
    Restart restart;
    if (place.is_map())
        read_keys(place, restart_keys, restart);
    else if (!place.node().IsScalar() || place.node().Scalar() != "true")
        place.expected("true or {down: DURATION}");
    act = restart;
}

}  // namespace replay
