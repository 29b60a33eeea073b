// D and R where a process is killed: the tables of plugin-api 3.8 and 3.9, row by row.

#include "lives.hpp"

#include <algorithm>
#include <fstream>
#include <random>

namespace conformance {
namespace {

using namespace std::chrono_literals;
using channel::State;

std::size_t times_reported(Stage& stage, const std::string& id)
{
    return static_cast<std::size_t>(
        std::ranges::count(stage.host().reported(), id, &channel::Report::client_id)
    );
}

void known_ids(const Setup& setup)
{
    Lives lives(setup);
    auto& provider = lives.provider();
    const auto message = Provider::message("m1", provider, "only once");
    const auto send_again = [&](Stage& stage, bool replay, const std::string& text) {
        auto again = message;
        again.content->text = text;
        again.replay = replay;
        const auto reported = times_reported(stage, "m1");
        stage.instance().send(again);
        want(
            stage.until([&] { return times_reported(stage, "m1") > reported; }),
            "a known id is not reported again"
        );
        stage.rest();
        stage.watch(200ms);
    };
    lives.live([&](Stage& stage) {
        stage.send(message);
        stage.expect_sent("m1");
        send_again(stage, false, "only once");
        send_again(stage, false, "something else");
        die();
    });
    lives.live([&](Stage& stage) { send_again(stage, true, "only once"); });
    const auto count = provider.count("only once");
    want(
        count == 1, "the same id again, and the provider has the message " + std::to_string(count) + " times"
    );
    want(provider.count("something else") == 0, "other content under a known id goes out");
}

/// Kills at the n-th moment that anybody outside can tell from the one before; 0: never. Gives how many there were.
class Fuse {
public:
    explicit Fuse(int at) : at_(at) {}

    void lay(Stage& stage)
    {
        stage.host().moment = [this](const char*) { pass(); };
        Wire::ears().host_called = [this](const char* function) {
            if (std::string_view(function) != "now")
                pass();
        };
        Wire::ears().returned = [this](const char*) { pass(); };
    }
    void cut(Stage& stage) const
    {
        stage.host().moment = [](const char*) {};
        Wire::ears().host_called = {};
        Wire::ears().returned = {};
    }
    [[nodiscard]] int passed() const { return passed_; }

private:
    void pass()
    {
        if (++passed_ == at_)
            die();
    }

    int at_;
    std::atomic<int> passed_ = 0;
};

/// After the crash and the replay: once at the provider, or uncertain; never twice, never nothing.
void expect_once_or_uncertain(
    Lives& lives, const std::string& id, const std::string& text, const std::string& when
)
{
    lives.live_on([&](Stage& stage) {
        want(
            stage.until([&] { return !stage.host().ledger().find(id) || stage.concluded(id); }),
            "killed " + when + ", a message has no end after the restart"
        );
    });
    const auto ledger = lives.ledger();
    const auto* const sent = ledger.find(id);
    if (sent == nullptr)
        return;  // killed before the host had it: nobody was told anything
    const auto count = lives.provider().count(text);
    const auto state = sent->last()->state;
    const bool uncertain = state == State::uncertain;
    want(
        uncertain || (state >= State::sent && state <= State::read),
        "killed " + when + ", a message ends as " + std::string(channel::name_of(state))
    );
    want(
        count == 1 || (uncertain && count == 0),
        "killed " + when + ", the provider has the message " + std::to_string(count) + " times, and it is "
            + std::string(channel::name_of(state))
    );
}

void killed_at_each_moment(const Setup& setup)
{
    constexpr int most_moments = 12;
    Lives lives(setup);
    int moments = 0;
    const auto send_with = [&](int number, int at) {
        const auto id = "k" + std::to_string(number);
        const bool ended = lives.live([&](Stage& stage) {
            Fuse fuse(at);
            fuse.lay(stage);
            stage.send(id, "kill " + id, static_cast<std::size_t>(number));
            stage.until([&] { return stage.concluded(id); });
            stage.rest();
            fuse.cut(stage);
            std::ofstream(setup.folder / "moments") << fuse.passed();
        });
        if (!ended || at == 0)
            expect_once_or_uncertain(
                lives, id, "kill " + id, "at moment " + std::to_string(at) + " of " + std::to_string(moments)
            );
    };
    send_with(0, 0);
    std::ifstream(setup.folder / "moments") >> moments;
    std::vector<int> chosen;
    for (int i = 1; i <= moments; ++i)
        chosen.push_back(i);
    std::mt19937_64 random(setup.seed);
    std::ranges::shuffle(chosen, random);
    chosen.resize(std::min<std::size_t>(chosen.size(), most_moments));
    for (int number = 1; const auto at : chosen)
        send_with(number++, at);
}

void killed_while_the_provider_is_called(const Setup& setup)
{
    Lives lives(setup);
    auto& provider = lives.provider();
    if (provider.any_fault({"slow", "none"}) == "none")
        return;
    lives.live([&](Stage& stage) {
        stage.send("s1", "under way", 0);
        stage.soon([&] { return provider.count("under way") == 1; });
        die();
    });
    provider.fault("none");
    expect_once_or_uncertain(lives, "s1", "under way", "while the provider was called");
}

void never_twice_never_nothing(const Setup& setup)
{
    auto slowly = setup, often = setup;
    slowly.folder /= "slowly";
    often.folder /= "often";
    killed_while_the_provider_is_called(slowly);
    killed_at_each_moment(often);
}

void reported_until_settled(const Setup& setup)
{
    Lives lives(setup);
    const auto note = setup.folder / "revision";
    lives.live([&](Stage& stage) {
        stage.send("m0", "settled", 0);
        stage.expect_sent("m0");
        stage.rest();
        std::atomic<bool> left_open = false;
        stage.host().settle_report = [&](const channel::Report& report) -> std::optional<channel::Outcome> {
            if (report.state < State::sent)
                return channel::ok;
            std::ofstream(note) << report.revision << ' ' << static_cast<int>(report.state);
            left_open = true;
            return std::nullopt;
        };
        stage.send("m1", "left open", 1);
        want(stage.until([&] { return left_open.load(); }), "it is never reported as sent");
        die();
    });
    std::uint64_t revision = 0;
    int state = 0;
    std::ifstream(note) >> revision >> state;
    lives.live_on([&](Stage& stage) {
        want(
            stage.until([&] { return times_reported(stage, "m1") > 0; }),
            "a report that was not settled does not come again after a restart"
        );
        stage.until([&] { return stage.concluded("m1"); });
        for (const auto& report : stage.host().reported()) {
            const bool it = report.client_id == "m1" && static_cast<int>(report.state) == state;
            want(
                !it || report.revision == revision,
                "what was revision " + std::to_string(revision) + " comes again as revision "
                    + std::to_string(report.revision)
            );
        }
        want(times_reported(stage, "m0") == 0, "a report that was settled comes again after a restart");
    });
}

std::size_t times_received(const Ledger& ledger, const std::string& text)
{
    return static_cast<std::size_t>(std::ranges::count_if(ledger.received(), [&](const channel::Item& item) {
        return item.content && item.content->text == text;
    }));
}

/// The host was killed with an item; after the restart it has it, if need be because the provider tries again.
void expect_received(
    Lives& lives, const std::string& text, bool acknowledged, const boost::json::value& message
)
{
    lives.live([&](Stage& stage) {
        const auto there = [&] { return stage.received(text); };
        if (!acknowledged && !stage.until(there, 5min)) {
            const auto again = lives.provider().begin("again", {{"message", message}});
            stage.until(there, 5min);
            lives.provider().rig().forget(again);
        }
        want(
            stage.until(there, 5min),
            acknowledged ? "what the provider was told is received was lost in a crash"
                         : "what the provider has brought again was not received"
        );
        stage.rest();
    });
    want(times_received(lives.ledger(), text) == 1, "the host has an item twice after a crash");
}

void acknowledged_is_not_lost(const Setup& setup)
{
    Lives lives(setup);
    auto& provider = lives.provider();
    const auto note = setup.folder / "written";
    const auto write_and_die = [&](const std::string& text, bool take) {
        lives.live([&](Stage& stage) {
            if (!take)
                stage.host().take_item = [](const auto&) {
                    return channel::Outcome{channel::Status::busy, 10s};
                };
            const auto ticket = provider.begin("write", {{"contact", provider.contact()}, {"text", text}});
            std::optional<boost::json::object> answer;
            const auto acknowledged = [&] {
                return (answer || (answer = provider.rig().answer(ticket))) || (take && stage.received(text));
            };
            stage.soon(acknowledged, 1500ms);
            const bool yes = answer && member(*answer, "acknowledged").as_bool();
            std::ofstream(note) << (yes ? 1 : 0);
            die();
        });
        int yes = 0;
        std::ifstream(note) >> yes;
        return yes == 1;
    };
    const bool busy = write_and_die("while the host is busy", false);
    expect_received(lives, "while the host is busy", busy, nullptr);
    const bool taken = write_and_die("while the host takes it", true);
    expect_received(lives, "while the host takes it", taken, nullptr);
}

constexpr Check checks[] = {
    {"D2",
     "The same id again, also after a restart, is one message, whose state is reported again.",
     true,
     known_ids},
    {"D3",
     "Killed at any moment, a message is at the provider once, or uncertain: never twice, never lost.",
     true,
     never_twice_never_nothing,
     std::chrono::seconds{60}},
    {"D4",
     "A report comes again after a restart until it is settled, under the same revision; and then no more.",
     true,
     reported_until_settled},
    {"R2", "What the provider was told is received survives a crash.", true, acknowledged_is_not_lost},
};

}  // namespace

std::span<const Check> crash_checks()
{
    return checks;
}

}  // namespace conformance
