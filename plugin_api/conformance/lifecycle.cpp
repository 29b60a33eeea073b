// L: from create to destroy, in order and out of it.

#include "check.hpp"
#include "patience.hpp"
#include "raw_host.hpp"
#include "stage.hpp"
#include "traces.hpp"

namespace conformance {
namespace {

using channel::Status;

void each_operation_once(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    int ends = 0;
    const auto ended = [&](const std::string& name, const std::function<void(channel::Done)>& call) {
        ends = 0;
        const auto result = stage.ended(
            [&](channel::Done done) {
                call([&ends, done](const channel::Result& end) {
                    ++ends;
                    done(end);
                });
            },
            std::chrono::seconds{10}
        );
        want(result.has_value(), name + " does not end");
        want_good(*result, name + " does not end well");
        stage.rest();
        want(ends == 1, name + " ends " + std::to_string(ends) + " times");
    };
    auto& instance = stage.instance();
    ended("configure", [&](channel::Done done) { instance.configure(provider.settings(), std::move(done)); });
    for (int round = 0; round < 2; ++round) {
        ended("start", [&](channel::Done done) { instance.start(std::move(done)); });
        ended("stop", [&](channel::Done done) { instance.stop(std::chrono::seconds{1}, std::move(done)); });
    }
    stage.destroy();
}

template <class Call>
void expect_state(const std::string& what, const Call& call)
{
    try {
        call();
    } catch (const channel::Error& error) {
        want(
            error.status() == Status::state,
            what + " gives " + std::to_string(static_cast<int>(error.status())) + " in place of state"
        );
        return;
    }
    throw Failed(what + " is taken");
}

void expect_not_running(Stage& stage, const std::string& phase)
{
    auto& instance = stage.instance();
    const auto message = Provider::message("out-of-order", stage.provider(), "out of order");
    expect_state("send while " + phase, [&] { instance.send(message); });
    expect_state("check while " + phase, [&] { (void)instance.check(message); });
    expect_state("cancel while " + phase, [&] { instance.cancel("out-of-order"); });
    const auto stopped =
        stage.ended([&](channel::Done done) { instance.stop({}, std::move(done)); }, std::chrono::seconds{5});
    want(stopped && stopped->status == Status::state, "stop while " + phase + " is no state error");
}

void expect_no_start(Stage& stage, const std::string& phase)
{
    const auto started = stage.ended(
        [&](channel::Done done) { stage.instance().start(std::move(done)); }, std::chrono::seconds{5}
    );
    want(started && started->status == Status::state, "start while " + phase + " is no state error");
}

void out_of_order(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    expect_not_running(stage, "created");
    expect_no_start(stage, "created");
    want(bool(stage.configure()), "configure fails");
    expect_not_running(stage, "configured");
    stage.run();
    expect_no_start(stage, "running");
    stage.send("m1", "in order");
    stage.expect_sent("m1");
    want_good(stage.stop(), "stop fails");
    expect_not_running(stage, "stopped");
    want(provider.count("out of order") == 0, "what was sent out of order went out");
    want(bool(stage.start()), "it does not start again");
    stage.send("m2", "in order again", 1);
    stage.expect_sent("m2");
}

void provider_down(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    provider.fault("down");
    want(bool(stage.configure()), "configure fails while the provider is down");
    want_good(stage.start(), "start fails while the provider is down");
    provider.fault("none");
    for (std::size_t i = 0; i < provider.contacts(); ++i)
        stage.open(i);
    stage.send("m1", "the provider is back");
    stage.expect_sent("m1");
}

void expect_stop(Stage& stage, const Setup& setup, const std::string& when)
{
    constexpr std::chrono::milliseconds grace{200}, beyond{1000};
    const Patience patience(setup.folder);
    const auto begin = std::chrono::steady_clock::now();
    const auto stopped = stage.ended(
        [&](channel::Done done) { stage.instance().stop(grace, std::move(done)); }, std::chrono::seconds{8}
    );
    const Patience::Milliseconds took = std::chrono::steady_clock::now() - begin;
    want(stopped.has_value(), "stop " + when + " does not end");
    want(bool(*stopped), "stop " + when + " gives " + stopped->json);
    want(
        took < patience.with(grace + beyond),
        "stop " + when + " takes " + std::to_string(took.count()) + " ms"
    );
}

void stop_at_any_time(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    want(bool(stage.configure()), "configure fails");
    std::optional<channel::Result> started;
    stage.instance().start([&](const channel::Result& result) { started = result; });
    expect_stop(stage, setup, "while starting");
    want(started.has_value(), "a start that stop overtakes does not end");
    stage.run();
    provider.any_fault({"silent", "slow", "transient", "none"});
    stage.send("m1", "under way", 0);
    stage.send("m2", "under way, too", 1);
    stage.watch(std::chrono::milliseconds{200});
    expect_stop(stage, setup, "while working");
    provider.fault("none");
    want(bool(stage.start()), "it does not start again");
    for (const auto* id : {"m1", "m2"}) {
        auto again = stage.host().ledger().find(id)->message;
        again.replay = true;
        if (!stage.host().state_of(id))
            stage.instance().send(again);
        want(
            stage.until([&] { return stage.concluded(id); }),
            std::string("what was under way at stop has no end: ") + id
        );
    }
}

void nothing_left(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    want(bool(stage.configure()), "configure fails");
    const auto threads = threads_now();
    const auto descriptors = descriptors_now();
    stage.run();
    stage.send("m1", "before the stop");
    stage.expect_sent("m1");
    provider.any_fault({"transient", "slow", "none"});
    stage.send("m2", "unfinished", 1);
    stage.watch(std::chrono::milliseconds{100});
    want_good(stage.stop(), "stop fails");
    want(
        threads_now() <= threads,
        "after stop there are " + std::to_string(threads_now() - threads) + " threads more than before start"
    );
    want(descriptors_now() <= descriptors, "after stop more files and sockets are open than before start");
    const auto calls = Wire::ears().calls_of_host.load();
    stage.jump(std::chrono::hours{48});
    stage.watch(std::chrono::milliseconds{300});
    want(Wire::ears().calls_of_host == calls, "after stop it calls the host");
    want(!stage.lane().next_due(), "after stop a timer is left");
}

void steady(const Setup& setup)
{
    constexpr int rounds = 50, warm = 10;
    constexpr std::size_t memory_most = 8 << 20;
    Provider provider(setup);
    Stage stage(setup, &provider);
    want(bool(stage.configure()), "configure fails");
    std::size_t threads = 0, descriptors = 0, memory = 0;
    for (int round = 1; round <= rounds; ++round) {
        want_good(stage.start(), "start fails in round " + std::to_string(round));
        want_good(stage.stop({}), "stop fails in round " + std::to_string(round));
        if (round == warm) {
            threads = threads_now();
            descriptors = descriptors_now();
            memory = memory_now();
        }
    }
    want(threads_now() <= threads, "threads grow from start to start");
    want(
        descriptors_now() <= descriptors,
        "open files grow from " + std::to_string(descriptors) + " to " + std::to_string(descriptors_now())
    );
    want(
        memory_now() <= memory + memory_most,
        "memory grows by " + std::to_string((memory_now() - memory) >> 20) + " MiB"
    );
}

void two_instances(const Setup& setup)
{
    Provider first_provider(setup, "one"), second_provider(setup, "two");
    Stage first(setup, &first_provider), second(setup, &second_provider);
    first.run();
    second.run();
    for (const auto* id : {"m1", "m2"}) {
        first.send(id, std::string("of the first ") + id);
        second.send(id, std::string("of the second ") + id);
        first.expect_sent(id);
        second.expect_sent(id);
        want(
            first_provider.count(std::string("of the first ") + id) == 1
                && second_provider.count(std::string("of the second ") + id) == 1,
            "a message of one instance went to the other's provider, or to none"
        );
    }
    const auto writing =
        first_provider.begin("write", {{"contact", first_provider.contact()}, {"text", "to the first"}});
    want(first.until([&] { return first.received("to the first"); }), "the first does not receive");
    second.rest();
    want(!second.received("to the first"), "the second receives what is the first's");
    first_provider.rig().forget(writing);
    want_good(first.stop(), "stop fails");
    second.send("m3", "the second goes on", 1);
    second.expect_sent("m3");
}

void unmapped(const Setup& setup)
{
    Loaded loaded(setup.plugin);
    {
        RawHost host;
        channel_instance instance{};
        channel_error error{};
        const channel_sink sink{nullptr, [](void*, channel_str) noexcept { return std::int32_t{0}; }};
        want(
            loaded.plugin().create({"one", 3}, &host.table, &instance, &error) == CHANNEL_OK, "create fails"
        );
        instance.ops->inspect(instance.self, {"state", 5}, &sink, &error);
        instance.ops->destroy(instance.self);
    }
    if (setup.rig) {
        Provider provider(setup);
        Stage stage(setup, &provider, loaded.plugin());
        stage.run();
        stage.send("m1", "before it goes");
        stage.expect_sent("m1");
        want_good(stage.stop(), "stop fails");
    }
    loaded.close();
    want(!mapped_now(setup.plugin), "its file stays mapped after destroy and dlclose");
}

constexpr Check checks[] = {
    {"L1", "Each operation ends exactly once, also when it starts again.", true, each_operation_once},
    {"L2", "A call out of order is a state error, and changes nothing.", true, out_of_order},
    {"L3", "It starts while the provider is down.", true, provider_down},
    {"L4",
     "It stops within its grace and a second, while starting and while working.",
     true,
     stop_at_any_time},
    {"L5", "After stop nothing of the run is left.", true, nothing_left},
    {"L6", "Fifty starts leave threads, descriptors and memory as they were.", true, steady},
    {"L7", "Two instances share nothing.", true, two_instances},
    {"L8", "After destroy and dlclose its file is not mapped any more.", false, unmapped},
};

}  // namespace

std::span<const Check> lifecycle_checks()
{
    return checks;
}

}  // namespace conformance
