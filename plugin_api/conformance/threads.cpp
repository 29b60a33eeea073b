// T: threads and time.

#include "check.hpp"
#include "patience.hpp"
#include "stage.hpp"

#include <algorithm>
#include <latch>
#include <thread>

namespace conformance {
namespace {

using namespace std::chrono_literals;
using channel::Status;

// What is too slow of these calls; empty: nothing. One call of a hundred may be late, and the usual one must not: a
// machine's worst moment excuses the first, and no channel whose every call waits.
std::string
too_slow(const std::vector<Wire::Took>& all, const Patience& patience, Patience::Milliseconds limit)
{
    constexpr std::size_t few = 20;
    for (const auto* function : {"send", "settle", "cancel"}) {
        std::vector<Patience::Milliseconds> times;
        for (const auto& took : all)
            if (took.function == function)
                times.push_back(took.time);
        const auto usual = Patience::middle_of(times);
        if (times.size() >= few && usual > patience.usually_with(limit))
            return std::string(function) + " usually takes " + std::to_string(usual.count()) + " ms";
    }
    const auto late =
        std::ranges::count_if(all, [&](const auto& took) { return took.time > patience.with(limit); });
    if (late <= static_cast<std::ptrdiff_t>(all.size()) / 100)
        return {};
    const auto worst = std::ranges::max_element(all, {}, &Wire::Took::time);
    return worst->function + " takes " + std::to_string(worst->time.count()) + " ms, and "
         + std::to_string(late) + " of " + std::to_string(all.size())
         + " lane calls take longer than they may";
}

void returns_at_once(const Setup& setup)
{
    constexpr int calls = 60, rounds = 3;
    constexpr Patience::Milliseconds limit{10};
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    provider.any_fault({"slow", "silent", "none"});
    std::string slowest;
    for (int round = 0; round < rounds; ++round) {
        auto& ears = Wire::ears();
        const Patience patience(setup.folder);
        {
            const std::lock_guard lock(ears.mutex);
            ears.took.clear();
        }
        for (int i = 0; i < calls; ++i) {
            const auto id = "m" + std::to_string(round) + '-' + std::to_string(i);
            stage.send(id, "quickly " + id, static_cast<std::size_t>(i));
            stage.lane().run_until_idle();
            if (i % 10 == 9)
                stage.instance().cancel(id);
        }
        const std::lock_guard lock(ears.mutex);
        std::erase_if(ears.took, [](const auto& took) {
            return took.function != "send" && took.function != "settle" && took.function != "cancel";
        });
        slowest = too_slow(ears.took, patience, limit);
        if (slowest.empty())
            return;
    }
    throw Failed(slowest);
}

void beside_the_lane(const Setup& setup)
{
    constexpr int askers = 8, times = 20;
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const auto message = Provider::message("asked", provider, "May I?", 2);
    const auto expected = stage.instance().check(message);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    std::latch all_answered(askers);
    const auto ask = [&] {
        for (int i = 0; i < times; ++i) {
            const auto answer = stage.instance().check(message);
            wrong += answer.verdict == expected.verdict && answer.reason == expected.reason ? 0 : 1;
            for (const auto* topic : {"health", "config", "metrics"})
                wrong += stage.instance().inspect(topic).empty() ? 1 : 0;
        }
        all_answered.count_down();
    };
    // The first call of the channel from the lane holds the lane until all have been answered.
    std::atomic<bool> asked = false, held_up = false;
    const auto lane_thread = std::this_thread::get_id();
    const auto start_asking = [&] {
        if (!asked.exchange(true))
            for (int i = 0; i < askers; ++i)
                threads.emplace_back(ask);
    };
    Wire::ears().host_called = [&](const char*) {
        if (std::this_thread::get_id() != lane_thread || asked)
            return;
        start_asking();
        for (const auto until = std::chrono::steady_clock::now() + 5s; !all_answered.try_wait();) {
            if (std::chrono::steady_clock::now() >= until) {
                held_up = true;
                return;
            }
            std::this_thread::sleep_for(1ms);
        }
    };
    stage.send("m1", "meanwhile");
    stage.rest();
    start_asking();
    all_answered.wait();
    for (auto& thread : threads)
        thread.join();
    Wire::ears().host_called = {};
    want(!held_up, "check or inspect waits for the lane");
    want(wrong == 0, std::to_string(wrong) + " answers are not those of a single thread");
    stage.expect_sent("m1");
}

void difficult_host(const Setup& setup)
{
    constexpr int slow_calls = 20;
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    std::atomic<int> calls = 0;
    Wire::ears().host_called = [&](const char*) {
        if (calls++ < slow_calls)
            std::this_thread::sleep_for(50ms);
    };
    std::atomic<int> asked = 0;
    const auto moody = [&](const auto&) -> channel::Outcome {
        switch (asked++ % 3) {
        case 0: return {Status::busy, 200ms};
        case 1: return {Status::unavailable, 1s};
        default: return channel::ok;
        }
    };
    stage.host().take_item = moody;
    stage.host().take_report = moody;
    std::vector<Rig::Ticket> writing;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto number = std::to_string(i);
        stage.send("m" + number, "moody out " + number, i);
        writing.push_back(
            provider.begin("write", {{"contact", provider.contact(i)}, {"text", "moody in " + number}})
        );
    }
    for (std::size_t i = 0; i < 3; ++i) {
        const auto number = std::to_string(i);
        want(
            stage.until([&] { return stage.received("moody in " + number); }),
            "an item was lost at a host that is often busy"
        );
        stage.expect_sent("m" + number);
        want(
            provider.count("moody out " + number) == 1, "a message was doubled at a host that is often busy"
        );
        provider.rig().forget(writing[i]);
    }
    Wire::ears().host_called = {};
}

void only_the_hosts_clock(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    provider.any_fault({"transient", "down"});
    stage.send("m1", "when it is due");
    stage.rest();
    stage.watch(300ms);
    provider.fault("none");
    stage.watch(2500ms);
    want(provider.count("when it is due") == 0, "it tries again although the host's clock stands");
    stage.jump(48h);
    want(
        stage.until(
            [&] {
                return provider.count("when it is due") == 1 || stage.concluded("m1")
                    || stage.is("m1", channel::State::queued);
            },
            1h
        ),
        "48 hours later what was due is not done"
    );
}

void busy_is_true(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    provider.any_fault({"slow", "none"});
    for (int round = 0; round < 3; ++round) {
        const auto id = "m" + std::to_string(round);
        stage.send(id, "busy " + id, static_cast<std::size_t>(round));
        want(stage.rest(10s), "\"busy\" does not come down to 0");
        const auto calls = Wire::ears().calls_of_host.load();
        const auto got = provider.got().size();
        const bool apart = provider.answers_apart();
        stage.watch(800ms);
        want(provider.got().size() == got, "it calls its provider while \"busy\" is 0");
        want(apart || Wire::ears().calls_of_host == calls, "it calls the host while \"busy\" is 0");
    }
}

constexpr Check checks[] = {
    {"T1",
     "99 of 100 lane calls return within 10 ms, while the provider takes its time.",
     true,
     returns_at_once},
    {"T2",
     "Check and inspect answer eight threads at once, and never wait for the lane.",
     true,
     beside_the_lane},
    {"T3",
     "A host that is slow, busy or failing causes no deadlock, and nothing is lost.",
     true,
     difficult_host},
    {"T4",
     "Only the host's clock makes things due, and a jump of 48 hours makes all of them due.",
     true,
     only_the_hosts_clock},
    {"T5", "While it says that it is not busy, nothing happens by itself.", true, busy_is_true},
};

}  // namespace

std::span<const Check> thread_checks()
{
    return checks;
}

}  // namespace conformance
