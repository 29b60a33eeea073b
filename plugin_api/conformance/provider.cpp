#include "provider.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <thread>

namespace conformance {

namespace json = boost::json;

namespace {

constexpr std::chrono::seconds rig_within{15};

std::vector<std::string> texts(const json::value& value)
{
    std::vector<std::string> all;
    for (const auto& text : value.as_array())
        all.emplace_back(text.as_string());
    return all;
}

bool said(const json::object& object, std::string_view name)
{
    const auto* const found = object.if_contains(name);
    return found != nullptr && found->is_bool() && found->as_bool();
}

const std::string& command_of(const Setup& setup)
{
    if (!setup.rig)
        throw Skipped("needs a rig");
    return *setup.rig;
}

std::filesystem::path folder_of(const Setup& setup, const std::string& name)
{
    const auto folder = setup.folder / name;
    std::filesystem::create_directories(folder);
    return folder;
}

}  // namespace

const json::value& member(const json::object& object, std::string_view name)
{
    const auto* const found = object.if_contains(name);
    if (found == nullptr)
        throw Failed("the rig's answer has no \"" + std::string(name) + "\": " + json::serialize(object));
    return *found;
}

Provider::Provider(const Setup& setup, const std::string& name)
    : name_(name), rig_(command_of(setup), folder_of(setup, name))
{
    const auto answer = ask("settings", {{"folder", folder_of(setup, name).string()}, {"instance", name}});
    settings_ = json::serialize(member(answer, "settings"));
    base_dir_ = std::string(member(answer, "base_dir").as_string());
    account_ = std::string(member(answer, "account").as_string());
    contacts_ = texts(member(answer, "contacts"));
    if (const auto* const secrets = answer.if_contains("secrets"))
        secrets_ = texts(*secrets);
    clock_ = said(answer, "clock");
    wants_state_ = said(answer, "wants_state");
    answers_apart_ = said(answer, "answers_apart");
    want(contacts_.size() >= 3, "the rig must name three contacts at least");
}

Rig::Ticket Provider::begin(std::string_view verb, json::object fields)
{
    fields["verb"] = verb;
    return rig_.ask(std::move(fields));
}

json::object Provider::ask(std::string_view verb, json::object fields, const Pump& pump)
{
    const auto ticket = begin(verb, std::move(fields));
    std::optional<json::object> answer;
    const auto done = [&] { return (answer = rig_.answer(ticket)).has_value(); };
    if (pump) {
        want(pump(done), "the rig does not answer \"" + std::string(verb) + "\"");
        return std::move(*answer);
    }
    const auto deadline = std::chrono::steady_clock::now() + rig_within;
    while (!done()) {
        want(
            std::chrono::steady_clock::now() < deadline,
            "the rig does not answer \"" + std::string(verb) + "\""
        );
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return std::move(*answer);
}

std::string Provider::any_fault(std::initializer_list<std::string_view> faults)
{
    for (const auto fault : faults) {
        try {
            this->fault(fault);
            return std::string(fault);
        } catch (const Skipped&) {
            continue;
        }
    }
    throw Skipped("the rig cannot play the provider's faults");
}

std::vector<Got> Provider::got()
{
    std::vector<Got> all;
    const auto answer = ask("got");
    for (const auto& entry : member(answer, "messages").as_array()) {
        const auto& object = entry.as_object();
        all.push_back(
            {std::string(member(object, "contact").as_string()),
             std::string(member(object, "text").as_string())}
        );
    }
    return all;
}

std::size_t Provider::count(const std::string& text)
{
    return static_cast<std::size_t>(std::ranges::count(got(), text, &Got::text));
}

void Provider::clock(channel::Time now)
{
    if (clock_)
        ask("clock", {{"now_ms", now.time_since_epoch().count()}});
}

void Provider::running(const std::string& state)
{
    if (wants_state_)
        ask("running", {{"state", json::parse(state)}});
}

channel::Settings Provider::settings(channel::Mode mode) const
{
    return {mode, settings_, base_dir_.string()};
}

channel::Message
Provider::message(std::string client_id, const Provider& provider, std::string text, std::size_t contact)
{
    return {
        .client_id = std::move(client_id),
        .account = provider.account(),
        .contact = provider.contact(contact),
        .sender = "ana",
        .content = channel::Content{.text = std::move(text)},
    };
}

}  // namespace conformance
