#pragma once
/// A host for tests: one instance on a manual lane and a standing clock; it notes all that it is told.

#include <channel/host.hpp>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stage {

class Desk : public channel::LaneServices {
public:
    using LaneServices::LaneServices;

    void log(channel::Level, std::string_view code, std::string_view text, std::string_view fields) override
    {
        const std::lock_guard lock(mutex_);
        logs_.push_back(std::string(code) + ": " + std::string(text) + std::string(fields));
    }
    void health(channel::Health level, std::string_view code, std::string_view) override
    {
        const std::lock_guard lock(mutex_);
        healths_.push_back(std::to_string(static_cast<int>(level)) + ' ' + std::string(code));
    }
    channel::Outcome offer(const channel::Item& item, channel::Token token) override
    {
        const std::lock_guard lock(mutex_);
        offers_.emplace_back(item, token);
        return answer;
    }
    channel::Outcome report(const channel::Report& report, channel::Token token) override
    {
        const std::lock_guard lock(mutex_);
        reports_.emplace_back(report, token);
        return answer;
    }
    std::string conversation_of(std::string_view client_id) override { return conversations[std::string(client_id)]; }
    const void* extension(std::string_view id) override { return id == "com.example.archive/1" ? this : nullptr; }
    void misbehaves(std::string_view sentence) override
    {
        const std::lock_guard lock(mutex_);
        misbehaviours_.emplace_back(sentence);
    }

    using Logs = std::vector<std::string>;
    Logs logs() { return copy(logs_); }
    Logs healths() { return copy(healths_); }
    Logs misbehaviours() { return copy(misbehaviours_); }
    std::vector<std::pair<channel::Item, channel::Token>> offers() { return copy(offers_); }
    std::vector<std::pair<channel::Report, channel::Token>> reports() { return copy(reports_); }

    channel::Outcome answer = channel::ok;
    std::map<std::string, std::string> conversations;

private:
    template <class List>
    List copy(const List& list)
    {
        const std::lock_guard lock(mutex_);
        return list;
    }

    std::mutex mutex_;
    Logs logs_, healths_, misbehaviours_;
    std::vector<std::pair<channel::Item, channel::Token>> offers_;
    std::vector<std::pair<channel::Report, channel::Token>> reports_;
};

/// Clock, lane, desk and instance; operations run to their end and give their result.
struct Stage {
    explicit Stage(const channel::Library& library, std::string_view name = "one")
        : instance(library.create(name, desk))
    {
    }
    ~Stage()
    {
        if (instance.phase() == channel::Phase::running)
            stop();
    }

    channel::Result configure(const std::string& json = "{}", channel::Mode mode = channel::Mode::apply)
    {
        return ended([&](channel::Done done) { instance.configure({mode, json, base_dir}, std::move(done)); });
    }
    channel::Result start()
    {
        return ended([&](channel::Done done) { instance.start(std::move(done)); });
    }
    channel::Result stop()
    {
        return ended([&](channel::Done done) { instance.stop(channel::Milliseconds{100}, std::move(done)); });
    }
    void run()
    {
        configure();
        start();
    }
    void advance(channel::Milliseconds by)
    {
        channel::Lane* const lanes[] = {&lane};
        channel::advance(clock, lanes, clock.now() + by, [&] {
            lane.run_until_idle();
            return true;
        });
    }
    void settle_reports()
    {
        for (const auto& [report, token] : desk.reports())
            instance.settle(token, channel::ok);
        lane.run_until_idle();
    }

    /// What an operation ended with; 5 s are far beyond what anything here takes.
    template <class Call>
    channel::Result ended(const Call& call)
    {
        std::optional<channel::Result> result;
        call([&](const channel::Result& ended) { result = ended; });
        if (!lane.run_until([&] { return result.has_value(); }, channel::Milliseconds{5000}))
            return {channel::Status::internal, "did not end"};
        return *result;
    }

    /// The class, code and text that a call threw, as "-4 no_room text"; "" if it did not.
    template <class Call>
    static std::string thrown(const Call& call)
    {
        try {
            call();
            return {};
        } catch (const channel::Error& error) {
            return std::to_string(static_cast<int>(error.status())) + ' ' + error.code() + ' ' + error.what();
        }
    }

    static channel::Message message(const std::string& id, const std::string& text = "Hello")
    {
        return {.client_id = id, .account = "a", .contact = "c", .content = channel::Content{.text = text}};
    }

    std::string base_dir = "/";
    channel::Clock clock{channel::Time{}};
    channel::Lane lane{clock, channel::Lane::Mode::manual};
    Desk desk{lane};
    channel::Instance instance;
};

}  // namespace stage
