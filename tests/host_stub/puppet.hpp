/// A channel that does what a test says, and remembers what the host did. Linked into the test program.
#pragma once

#include <channel/plugin.hpp>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace host::test {

class Puppet {
public:
    static constexpr channel::Description description{.type = "puppet", .name = "Puppet", .version = "1.0.0"};

    Puppet(channel::Host host, std::string_view instance) : host_(host), name_(instance)
    {
        const std::lock_guard lock{all_mutex()};
        all()[name_] = this;
    }
    ~Puppet()
    {
        const std::lock_guard lock{all_mutex()};
        all().erase(name_);
    }

    // ---- The test's side ----

    static Puppet& named(const std::string& name)
    {
        const std::lock_guard lock{all_mutex()};
        return *all().at(name);
    }

    /// "ok", "busy" ...: what became of each offer and report, in order.
    std::vector<std::string> outcomes;
    /// "m1", "m1 again" (a replay), "cancel m1", "participants ana,ben": what the host called, in order.
    std::vector<std::string> calls;
    /// How many calls of send are answered with BUSY from now on.
    int busy = 0;
    /// What send does with a message; nothing: it keeps silent.
    std::function<void(const channel::Message&)> on_send;
    std::function<void(const std::string&)> on_cancel;
    std::function<void(channel::Completion&)> on_participants = [](channel::Completion& done) { done.ok(); };
    std::vector<channel::Finding> findings;

    void offer(const channel::Item& item)
    {
        note(host_.offer(item, [this](channel::Outcome outcome) { outcomes.push_back(word(outcome)); }));
    }

    void says(const std::string& id, const std::string& contact, const std::string& text)
    {
        channel::Item item{.id = id, .account = "bank", .contact = contact, .happened = host_.now()};
        item.content.emplace();
        item.content->text = text;
        offer(item);
    }

    void tells(
        channel::ItemKind kind, const std::string& id, const std::string& name, const std::string& data = {}
    )
    {
        channel::Item item{
            .kind = kind, .id = id, .account = "bank", .contact = "kim", .happened = host_.now()};
        item.name = name;
        item.data = data;
        offer(item);
    }

    void after(std::chrono::milliseconds delay, std::function<void()> task)
    {
        host_.arm(host_.now() + delay, task);
    }
    void is(channel::Health health, const std::string& text) { host_.health(health, "puppet", text); }

    void reports(
        const std::string& id, channel::State state, std::uint64_t revision, const std::string& reason = {}
    )
    {
        channel::Report report{
            .state = state, .client_id = id, .revision = revision, .happened = host_.now()};
        report.reason = reason;
        report.position = state == channel::State::queued ? 1 : 0;
        note(host_.report(report, [this](channel::Outcome outcome) { outcomes.push_back(word(outcome)); }));
    }

    // ---- The host's side ----

    void configure(const channel::Settings&, channel::Completion done) { done.ok(findings); }
    void start(channel::Completion done) { done.ok(); }
    void stop(std::chrono::milliseconds, channel::Completion done) { done.ok(); }

    channel::Capability check(const channel::Message& message) const
    {
        channel::Capability capability{.slots_left = 3};
        if (message.content && message.content->text == "never") {
            capability.verdict = channel::Verdict::refuse;
            capability.reason = "contact_must_start";
        }
        return capability;
    }

    void send(const channel::Message& message)
    {
        if (busy > 0) {
            --busy;
            throw channel::Error{channel::Status::busy, "busy", "not now", std::chrono::milliseconds{200}};
        }
        calls.push_back(short_name(message.client_id) + (message.replay ? " again" : ""));
        ids.push_back(message.client_id);
        if (on_send)
            on_send(message);
    }

    void cancel(std::string_view client_id)
    {
        calls.push_back("cancel " + short_name(std::string{client_id}));
        if (on_cancel)
            on_cancel(std::string{client_id});
    }

    void participants(
        std::string_view,
        std::string_view,
        std::span<const channel::Participant> who,
        channel::Completion done
    )
    {
        std::string names;
        for (const auto& one : who)
            names += (names.empty() ? "" : ",") + one.id;
        calls.push_back("participants " + names);
        on_participants(done);
    }

    std::string inspect(std::string_view topic) const
    {
        if (topic == "state")
            return R"({"busy":0})";
        if (topic == "metrics")
            return "# TYPE puppet_strings gauge\npuppet_strings 4\n# EOF\n";
        if (topic == "config")
            return R"({"customers":[{"customer":"bank"},{"customer":"shop"}]})";
        throw channel::unknown_topic(topic);
    }

    /// The client ids of the contract, in full.
    std::vector<std::string> ids;

private:
    static std::mutex& all_mutex()
    {
        static std::mutex mutex;
        return mutex;
    }
    static std::map<std::string, Puppet*>& all()
    {
        static std::map<std::string, Puppet*> puppets;
        return puppets;
    }

    static std::string word(const channel::Outcome& outcome)
    {
        switch (outcome.status) {
        case channel::Status::ok: return "ok";
        case channel::Status::busy: return "busy";
        case channel::Status::refused: return "refused";
        default: return "other";
        }
    }

    // What the host says at once, where it is not ok.
    void note(const channel::Outcome& outcome)
    {
        if (!outcome)
            outcomes.push_back(word(outcome));
    }

    static std::string short_name(const std::string& id) { return id.substr(id.find('/') + 1); }

    channel::Host host_;
    std::string name_;
};

}  // namespace host::test
