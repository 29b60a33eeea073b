#include "replay/expected_reader.hpp"

#include "replay/act_reader.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace replay {
namespace {

using host::Key;
using host::Place;
using Kind = Entry::Kind;
using namespace std::string_view_literals;

// policy 9: the keys of the automatic texts.
constexpr std::array contact_texts{
    "follow_prompt"sv, "welcome"sv, "on_hold"sv, "participants_changed"sv, "reply_reminder"sv,
    "on_hold_participants_changed"sv, "left"sv,
};
constexpr std::array employee_texts{
    "welcome"sv, "limit_reached"sv, "no_reply"sv, "reply_due"sv, "inactive"sv,
    "queued"sv, "resumed"sv, "queue_expired"sv, "contact_left"sv, "contact_unfollowed"sv,
};
// policy 10: the states that are checked.
constexpr std::array states{
    "queued"sv, "sent"sv, "failed"sv, "uncertain"sv, "expired"sv, "discarded"sv, "cancelled"sv,
};
constexpr std::array events{"followed"sv, "scanned"sv, "menu"sv};

/// One entry while it is read: what it expects, and the reason that stands beside a state.
struct Reading {
    std::vector<Expected> all;
    std::string reason;
};

std::string one_of(std::span<const std::string_view> words, std::string_view what, const Place& place)
{
    auto word = read_words(place);
    if (std::ranges::find(words, word) == words.end())
        place.expected(what);
    return word;
}

template <Kind kind>
void read_said(const Place& place, Reading& reading)
{
    Expected expected;
    expected.kind = kind;
    if (!place.is_map()) {
        expected.what = read_words(place);
        reading.all.push_back(std::move(expected));
        return;
    }
    place.each([&](const std::string& medium, const Place& name_place, const Place& value) {
        if (medium != "image" && medium != "voice")
            return name_place.complain("expected a text, {image: NAME} or {voice: NAME}");
        expected.medium = medium;
        expected.what = value.text();
        reading.all.push_back(expected);
    });
}

template <Kind kind>
void read_automatic(const Place& place, Reading& reading)
{
    using Keys = std::span<const std::string_view>;
    const auto texts = kind == Kind::to_contact ? Keys{contact_texts} : Keys{employee_texts};
    Expected expected;
    expected.kind = kind;
    expected.automatic = one_of(texts, "the key of an automatic text", place);
    reading.all.push_back(std::move(expected));
}

void read_states(const Place& place, Reading& reading)
{
    place.each([&](const std::string& id, const Place&, const Place& value) {
        Expected expected;
        expected.kind = Kind::state;
        expected.name = id;
        expected.what = one_of(states, "queued, sent, failed, uncertain, expired, discarded or cancelled", value);
        reading.all.push_back(std::move(expected));
    });
}

void read_refused(const Place& place, Reading& reading)
{
    place.each([&](const std::string& id, const Place&, const Place& value) {
        Expected expected;
        expected.kind = Kind::state;
        expected.name = id;
        expected.what = "refused";
        expected.reason = value.text();
        reading.all.push_back(std::move(expected));
    });
}

void read_event(const Place& place, Reading& reading)
{
    place.each([&](const std::string& name, const Place& name_place, const Place& value) {
        if (std::ranges::find(events, name) == events.end())
            return name_place.complain("expected followed, scanned or menu, found \"" + name + "\"");
        Expected expected;
        expected.kind = Kind::event;
        expected.name = name;
        expected.what = read_words(value);
        reading.all.push_back(std::move(expected));
    });
}

constexpr std::array entry_keys{
    Key<Reading>{"contact", read_said<Kind::to_contact>},
    Key<Reading>{"contact_auto", read_automatic<Kind::to_contact>},
    Key<Reading>{"employees", read_said<Kind::to_employees>},
    Key<Reading>{"employees_auto", read_automatic<Kind::to_employees>},
    Key<Reading>{"state", read_states},
    Key<Reading>{"reason",
        [](const Place& place, Reading& reading) { reading.reason = place.text(); }},
    Key<Reading>{"refused", read_refused},
    Key<Reading>{"host", read_event},
};

}  // namespace

void read_expected(const Place& place, std::vector<Expected>& all)
{
    Reading reading;
    read_keys(place, entry_keys, reading);
    if (!place.is_map())
        return;
    const auto entries = place.node().size() - (reading.reason.empty() ? 0 : 1);
    if (entries != 1)
        return place.complain("an entry says one thing, such as {contact: TEXT} or {state: {ID: sent}}");
    for (auto& expected : reading.all) {
        expected.line = place.node().Mark().line + 1;
        const bool is_state = expected.kind == Kind::state && expected.what != "refused";
        if (!reading.reason.empty() && (!is_state || expected.what != "queued"))
            place.complain("a reason belongs to the state queued");
        else if (is_state)
            expected.reason = reading.reason;
        all.push_back(std::move(expected));
    }
}

}  // namespace replay
