// R8 and X: what enemies, other programs' faults and a full disk do to it.

#include "check.hpp"
#include "stage.hpp"
#include "traces.hpp"

#include <signal.h>
#include <sys/resource.h>

namespace conformance {
namespace {

using namespace std::chrono_literals;
using channel::State;
using channel::Status;

void enemies(const Setup& setup)
{
    constexpr std::size_t memory_most = std::size_t{32} << 20;
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const auto memory = memory_now();
    const auto offered = stage.host().offered().size();
    const auto hostile = provider.begin("hostile");
    const auto writing =
        provider.begin("write", {{"contact", provider.contact()}, {"text", "from a friend"}});
    want(
        stage.until([&] { return stage.received("from a friend"); }),
        "while an enemy calls, a friend is not served"
    );
    std::optional<boost::json::object> answer;
    want(
        stage.soon([&] { return (answer = provider.rig().answer(hostile)).has_value(); }, 15s),
        "the enemy is not refused, but kept waiting"
    );
    stage.rest();
    const auto accepted = member(*answer, "accepted").to_number<std::int64_t>();
    want(accepted == 0, std::to_string(accepted) + " requests of an enemy are accepted");
    std::size_t of_enemies = 0;
    const auto offers = stage.host().offered();
    for (std::size_t i = offered; i < offers.size(); ++i)
        of_enemies += offers[i].item.content && offers[i].item.content->text.starts_with("hostile") ? 1U : 0U;
    want(of_enemies == 0, "what an enemy brings is offered");
    want(
        memory_now() < memory + memory_most,
        "an enemy makes it take " + std::to_string((memory_now() - memory) >> 20) + " MiB"
    );
    provider.rig().forget(writing);
}

const std::vector<std::pair<std::string, std::string>>& bad_texts()
{
    static const std::vector<std::pair<std::string, std::string>> all{
        {"broken UTF-8", "\xC3\x28\xFF"},
        {"half a character", "abc\xF0\x9F"},
        {"1 MiB", std::string(1 << 20, 'a')},
    };
    return all;
}

/// The call may be refused, and may not be taken: neither at once nor later.
template <class Call>
void expect_refused(Stage& stage, const std::string& what, const std::string& id, const Call& call)
{
    try {
        call();
    } catch (const channel::Error& error) {
        want(
            error.status() == Status::argument || error.status() == Status::refused
                || error.status() == Status::unsupported,
            what + ": the answer is of class " + std::to_string(static_cast<int>(error.status())) + ", "
                + error.text()
        );
        return;
    }
    const auto refused = [&] {
        for (const auto& report : stage.host().reported())
            if (report.client_id == id && report.state == State::refused)
                return true;
        return false;
    };
    want(stage.until(refused, 1min), what + ": it is taken");
}

void bad_messages(Stage& stage)
{
    using Part = std::string& (*)(channel::Message&);
    const std::pair<const char*, Part> parts[] = {
        {"client_id", [](channel::Message& message) -> std::string& { return message.client_id; }},
        {"account", [](channel::Message& message) -> std::string& { return message.account; }},
        {"contact", [](channel::Message& message) -> std::string& { return message.contact; }},
        {"sender", [](channel::Message& message) -> std::string& { return message.sender; }},
        {"kind", [](channel::Message& message) -> std::string& { return message.content->kind; }},
        {"text", [](channel::Message& message) -> std::string& { return message.content->text; }},
    };
    int number = 0;
    for (const auto& [name, part] : parts)
        for (const auto& [kind, bytes] : bad_texts()) {
            auto message = Provider::message("bad" + std::to_string(++number), stage.provider(), "text");
            part(message) = bytes;
            const auto what = std::string(name) + " of " + kind;
            expect_refused(stage, "send with " + what, message.client_id, [&] {
                stage.instance().send(message);
            });
            try {
                const auto capability = stage.instance().check(message);
                want(
                    capability.verdict == channel::Verdict::refuse,
                    "check with " + what + ": it says that send would work"
                );
            } catch (const channel::Error& error) {
                want(
                    error.status() == Status::argument || error.status() == Status::refused,
                    "check with " + what + ": " + error.text()
                );
            }
        }
    for (const auto& [name, part] : {parts[0], parts[1], parts[2]}) {
        auto message = Provider::message("empty", stage.provider(), "text");
        part(message).clear();
        expect_refused(stage, std::string("send with an empty ") + name, message.client_id, [&] {
            stage.instance().send(message);
        });
    }
    // A NUL is a character; whatever becomes of it, it ends nobody's string.
    auto message = Provider::message(std::string("nul\0id", 6), stage.provider(), std::string("a\0b", 3), 1);
    (void)stage.send(message);
    stage.rest();
}

void bad_calls(Stage& stage)
{
    auto& instance = stage.instance();
    for (const auto& [kind, bytes] : bad_texts()) {
        expect_refused(stage, "cancel of " + kind, bytes, [&] { instance.cancel(bytes); });
        want(instance.extension(bytes) == nullptr, "it has an extension of " + kind);
        try {
            (void)instance.inspect(bytes);
            throw Failed("it has a topic of " + kind);
        } catch (const channel::Error& error) {
            want(
                error.status() == Status::argument || error.status() == Status::unsupported,
                "inspect of " + kind + ": " + error.text()
            );
        }
        want(
            !stage.configure({channel::Mode::apply, bytes, stage.provider().base_dir().string()}),
            "it takes settings of " + kind
        );
    }
    expect_refused(stage, "cancel of nothing", "", [&] { instance.cancel(""); });
}

void bad_arguments(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    bad_messages(stage);
    bad_calls(stage);
    stage.send("good", "after all that", 2);
    stage.expect_sent("good");
}

/// No file grows any more, as on a full disk, for as long as it lives.
class FullDisk {
public:
    FullDisk()
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit none{0, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
};

void no_room(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const auto out = [&](const std::string& id) { return "no room " + id; };
    std::optional<boost::json::object> answer;
    Rig::Ticket writing = 0;
    bool refused = false;
    {
        const FullDisk full;
        const auto thrown = stage.send("m1", out("m1"));
        refused = thrown.has_value();
        want(
            !thrown || thrown->status() == Status::unavailable || thrown->status() == Status::busy,
            "with no room for a write send gives " + (thrown ? thrown->text() : "")
        );
        writing = provider.begin("write", {{"contact", provider.contact(1)}, {"text", "no room in"}});
        stage.soon([&] { return (answer = provider.rig().answer(writing)).has_value(); }, 3s);
        stage.rest();
        stage.watch(200ms);
        const auto state = stage.host().state_of("m1");
        want(
            !state || *state >= State::sent,
            "with no room for a write it says that a message is "
                + std::string(channel::name_of(state.value_or(State::sent)))
        );
        const bool acknowledged = answer && member(*answer, "acknowledged").as_bool();
        want(
            !acknowledged || stage.received("no room in"),
            "with no room for a write the provider is told that a message was received"
        );
        want(
            !refused || stage.host().health_now() == channel::Health::down,
            "with no room for a write its health is not down"
        );
    }
    if (refused || !stage.concluded("m1")) {
        auto again = stage.host().ledger().find("m1")->message;
        again.replay = true;
        stage.until([&] { return stage.concluded("m1") || !stage.send(again); }, 5min);
    }
    stage.until([&] { return stage.concluded("m1"); });
    want(stage.concluded("m1"), "when there is room again, a message has no end");
    if (!stage.until([&] { return stage.received("no room in"); }, 5min)) {
        provider.begin("again");
        want(
            stage.until([&] { return stage.received("no room in"); }),
            "when there is room again, it does not receive"
        );
    }
    const auto well = [&] { return stage.host().health_now() == channel::Health::ok; };
    want(stage.until(well), "when there is room again, its health is not");
}

constexpr Check checks[] = {
    {"R8", "What enemies bring is refused, in bounded memory, while others are served.", true, enemies},
    {"X1", "Arguments that are empty, huge or no UTF-8 are refused by every function.", true, bad_arguments},
    {"X2",
     "Without room for a write nothing is accepted or acknowledged, health says so; and it recovers.",
     true,
     no_room},
};

}  // namespace

std::span<const Check> hostile_checks()
{
    return checks;
}

}  // namespace conformance
