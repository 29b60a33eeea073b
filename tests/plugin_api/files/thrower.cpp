// Throws in every function, what the instance's name says: the host must see class, code and text, and stay up.
#include <channel/plugin.hpp>

class Thrower {
public:
    static constexpr channel::Description description{
        .type = "thrower", .name = "Thrower", .version = "1.0.0", .offers = {"com.example.thrower/1"}};

    Thrower(channel::Host host, std::string_view instance) : host_(host), what_(instance)
    {
        if (what_ == "constructor")
            raise("constructor");
    }

    void configure(const channel::Settings& settings, channel::Completion done)
    {
        if (settings.json == "throw")
            raise("configure");
        done.ok();
    }
    void start(channel::Completion done)
    {
        if (!started_once_) {
            started_once_ = true;
            raise("start");
        }
        host_.post([] { throw std::runtime_error("task"); });
        thread_ = channel::Thread(host_, "thrower", [] { throw std::runtime_error("thread"); });
        done.ok();
    }
    void stop(std::chrono::milliseconds, channel::Completion done)
    {
        thread_.join();
        if (!stopped_once_) {
            stopped_once_ = true;
            raise("stop");
        }
        done.ok();
    }
    channel::Capability check(const channel::Message&) const { raise("check"); }
    void send(const channel::Message&) { raise("send"); }
    void cancel(std::string_view) { raise("cancel"); }
    void settle(channel::Token, channel::Outcome) { raise("settle"); }
    std::string inspect(std::string_view topic) const
    {
        if (topic == "offer") {
            (void)host_.offer({.id = "i", .account = "a", .contact = "c"}, channel::Token{1});
            return "{}";
        }
        raise("inspect");
    }
    void participants(std::string_view, std::string_view, std::span<const channel::Participant>, channel::Completion)
    {
        raise("participants");
    }
    void invite(const channel::Invitation&, channel::Completion) { raise("invite"); }
    void typing(std::string_view, std::string_view, bool) { raise("typing"); }
    void examine(channel::Completion) { raise("examine"); }
    const void* extension(std::string_view) const { raise("extension"); }

private:
    [[noreturn]] void raise(const char* where) const
    {
        if (what_ == "error")
            throw channel::Error(channel::Status::busy, "no_room", where, channel::Milliseconds{700});
        if (what_ == "number")
            throw 7;
        throw std::runtime_error(where);
    }

    channel::Host host_;
    std::string what_;
    bool started_once_ = false, stopped_once_ = false;
    channel::Thread thread_;
};

CHANNEL_PLUGIN(Thrower)
