// A class that lacks a function is told so in a sentence.
#include <channel/plugin.hpp>

class Incomplete {
public:
    static constexpr channel::Description description{.type = "a", .name = "A", .version = "1"};
    Incomplete(channel::Host, std::string_view) {}
    void configure(const channel::Settings&, channel::Completion done) { done.ok(); }
    void start(channel::Completion done) { done.ok(); }
    void stop(std::chrono::milliseconds, channel::Completion done) { done.ok(); }
    channel::Capability check(const channel::Message&) const { return {}; }
    void send(const channel::Message&) {}
#ifndef BROKEN
    void cancel(std::string_view) {}
#endif
    std::string inspect(std::string_view) const { return "{}"; }
};
CHANNEL_PLUGIN(Incomplete)
