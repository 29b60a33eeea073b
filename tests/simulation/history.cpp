#include "history.hpp"

#include "replay/transcript.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace simulation {
namespace {

using namespace std::chrono_literals;

constexpr int steps = 40;
// Two messages go in a window at least (customers.cpp), so that this many windows empty any queue.
constexpr int last_rounds = 20;
constexpr Milliseconds between_last_rounds = 1h;  // A5: pauses have ended, too

constexpr std::array employees{"ana", "ben", "cem"};
constexpr std::array<Milliseconds, 14> pauses{0s, 0s, 0s, 0s, 0s, 1s, 20s, 90s, 10min, 2h, 7h, 23h, 25h, 30h};
constexpr std::array<std::int64_t, 7> errcodes{45047, 45015, 43004, 45002, -1, 40001, 45011};

std::string joined(const host::Employees& names)
{
    std::string all;
    for (const auto& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return all.empty() ? "nobody" : all;
}

std::string as_seen(const Story& story)
{
    std::string text = "  the phone of " + story.contact.openid + ":\n";
    for (const auto& entry : story.phone)
        text += "    " + std::string{name_of(entry.from)} + ": " + entry.text.substr(0, 40) + "\n";
    text += "  the host of " + story.contact.openid + ":\n";
    for (const auto& message : story.kept) {
        text += "    ";
        if (message.from == host::Author::employee)
            text += message.client_id + " of " + message.employee + ": "
                  + std::string{host::state_name(message.progress.state)} + " " + message.progress.reason;
        else
            text += (message.key.empty() ? "" : message.key + " ") + message.text.substr(0, 40);
        text += "\n";
    }
    text += "  states:";
    for (const auto& [id, progress] : story.states)
        text += " " + id + "=" + std::string{host::state_name(progress.state)};
    return text + "\n";
}

}  // namespace

History::History(World& world, std::uint64_t seed)
    : world_(world), random_(seed), start_(world.now()), first_event_(world.last_event())
{
    const auto count = 1 + pick(3);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto& customer = customers()[pick(customers().size())];
        auto openid = "o" + std::to_string(seed) + "-" + std::to_string(i + 1);
        lives_.push_back({.contact = {.customer = &customer, .openid = std::move(openid)}});
    }
}

void History::note(const std::string& what)
{
    log_ += replay::clock_text(world_.now() - start_) + "  " + what + "\n";
}

void History::run()
{
    for (const auto& life : lives_)
        note(life.contact.openid + " is a contact of " + life.contact.customer->name);
    for (int i = 0; i < steps; ++i) {
        pass_time();
        anything();
    }
    end();
}

void History::pass_time()
{
    if (const auto pause = pauses[pick(pauses.size())]; pause > 0s)
        world_.advance(pause);
}

void History::anything()
{
    auto& life = lives_[pick(lives_.size())];
    const auto what = pick(40);
    if (what < 13)
        contact_does(life);
    else if (what < 33)
        employee_does(life);
    else if (what < 39)
        disturb_platform();
    else
        restart();
}

void History::contact_does(Life& life)
{
    const auto& contact = life.contact;
    // Two events of one contact in one second are one to a receiver (wechat-protocol.md 1.6): they carry no id.
    const auto what = pick(16);
    if (what == 0 || what == 1 || what == 4 || what == 5)
        world_.advance(1s);
    switch (what) {
    case 0: return follow(life);
    case 1: note(contact.openid + " unfollows"); return world_.contact_unfollows(contact);
    case 2: return leave(life);
    case 3: return say(life, true);
    case 4:
        note(contact.openid + " scans");
        ++life.done.events;
        return world_.contact_scans(contact, "both");
    case 5:
        note(contact.openid + " clicks on the menu");
        ++life.done.events;
        return world_.contact_clicks_menu(contact, "hours");
    default: return say(life, false);
    }
}

void History::say(Life& life, bool tap)
{
    auto text = std::string{tap ? taps : opens_window} + std::to_string(++life.spoken);
    const int repeat = pick(8) == 0 ? 1 : 0;  // the platform delivers again though it was answered
    note(life.contact.openid + (tap ? " taps " : " writes ") + text + (repeat ? ", delivered twice" : ""));
    life.done.said.push_back(text);
    world_.contact_says(life.contact, text, tap, repeat);
}

void History::leave(Life& life)
{
    note(life.contact.openid + " writes " + leave_keyword);
    world_.contact_says(life.contact, leave_keyword, false, 0);
}

void History::follow(Life& life)
{
    const std::string scene = pick(2) == 0 ? "" : "both";
    note(life.contact.openid + " follows, scene \"" + scene + "\"");
    ++life.done.events;
    world_.contact_follows(life.contact, scene);
}

void History::employee_does(Life& life)
{
    if (!world_.known_to_host(life.contact))
        return;
    const auto what = pick(20);
    if (what == 0)
        return change_participants(life);
    if (what == 1 && life.sent > 0) {
        const auto id = of_employee + std::to_string(1 + pick(static_cast<std::uint64_t>(life.sent)));
        note("somebody cancels " + id + " to " + life.contact.openid);
        return world_.employee_cancels(life.contact, id);
    }
    send(life);
}

void History::send(Life& life)
{
    constexpr std::array<std::size_t, 5> lengths{
        5, 5, 800, 2040, 2048};  // S5, S6: at the limit with the name or without
    const std::string employee = employees[pick(4) == 0 ? pick(employees.size()) : 0];
    const auto id = of_employee + std::to_string(++life.sent);
    auto text = id + mark_ends;
    if (pick(6) == 0) {
        note(employee + " shows " + id + " to " + life.contact.openid);
        return world_.employee_shows(life.contact, employee, id, text);
    }
    text.resize(std::max(text.size(), lengths[pick(lengths.size())]), 'x');
    note(
        employee + " writes " + id + " to " + life.contact.openid + ", " + std::to_string(text.size())
        + " bytes"
    );
    world_.employee_sends(life.contact, employee, id, std::move(text));
}

void History::change_participants(Life& life)
{
    host::Employees some;
    for (const auto* const employee : employees)
        if (pick(3) != 0)
            some.emplace_back(employee);
    note("of " + life.contact.openid + "'s conversation: " + joined(some));
    world_.set_participants(life.contact, std::move(some));
}

void History::disturb_platform()
{
    simulator::Fault fault;
    const auto which = pick(errcodes.size() + 2);
    if (which < errcodes.size()) {
        fault.errcode = errcodes[which];
        note("the platform will answer " + std::to_string(*fault.errcode));
    } else if (which == errcodes.size()) {
        fault.http_status = 503;
        note("the platform will answer HTTP 503");
    } else {
        fault.timeout = simulator::Fault::Timeout::after_write;
        note("the platform's answer will be lost");
    }
    world_.platform_answers(std::move(fault));
}

void History::restart()
{
    constexpr std::array<Milliseconds, 4> downs{0s, 30s, 5h, 30h};
    const auto down = downs[pick(downs.size())];
    note("host and plugin stop, and start again after " + std::to_string(down / 1s) + " s");
    world_.restart(down);
}

void History::end()
{
    note("the platform is well again");
    world_.platform_recovers();
    world_.advance(between_last_rounds);
    for (int round = 0; round < last_rounds; ++round)
        for (auto& life : lives_)
            if (world_.unfinished(life.contact)) {
                pick(6) == 0 ? leave(life) : say(life, false);
                world_.advance(between_last_rounds);
            }
    for (auto& life : lives_) {
        note(life.contact.openid + " unfollows, for good");
        world_.contact_unfollows(life.contact);
    }
}

std::string History::failure()
{
    std::string all;
    for (const auto& refusal : world_.unordered_refusals())
        all += "W4: the platform refused what our ledger allowed: " + refusal + "\n";
    for (const auto& life : lives_) {
        const auto story = world_.story(life.contact, first_event_);
        const auto findings = broken_rules(story, life.done);
        for (const auto& finding : findings)
            all += life.contact.openid + ": " + finding + "\n";
        if (!findings.empty())
            all += as_seen(story);
    }
    return all;
}

}  // namespace simulation
