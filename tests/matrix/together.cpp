// Many plugins in one process: each thread makes instances of one, and throws and catches in it and here, at once.
//
//     matrix-host PLUGIN.so...

#include <channel/host.hpp>

#include <atomic>
#include <iostream>
#include <thread>

namespace {

constexpr int threads_each = 2, rounds = 200;

class Quiet : public channel::LaneServices {
public:
    using LaneServices::LaneServices;
    void log(channel::Level, std::string_view, std::string_view, std::string_view) override {}
    void health(channel::Health, std::string_view, std::string_view) override {}
    channel::Outcome offer(const channel::Item&, channel::Token) override { return channel::ok; }
    channel::Outcome report(const channel::Report&, channel::Token) override { return channel::ok; }
};

/// The class of what a call throws in the plugin, and then here; ok if it throws nothing.
template <class Call>
channel::Status thrown(const Call& call)
{
    try {
        call();
    } catch (const channel::Error& error) {
        return error.status();
    }
    return channel::Status::ok;
}

bool live(const channel::Library& library)
{
    channel::Clock clock(channel::Time{});
    channel::Lane lane(clock, channel::Lane::Mode::manual);
    Quiet services(lane);
    auto instance = library.create("one", services);
    const auto throws = [&] { (void)instance.inspect("no such topic"); };
    if (const auto status = thrown(throws); status != channel::Status::unsupported && status != channel::Status::internal)
        return false;
    // Settings that are no JSON: the parser throws, or complains, inside.
    bool ended = false, taken = false;
    const auto configure = [&] {
        instance.configure({channel::Mode::validate, "{", "/"}, [&](const channel::Result& result) {
            ended = true;
            taken = bool(result);
        });
    };
    const auto refused = thrown(configure);
    lane.run_until([&] { return ended || refused != channel::Status::ok; }, channel::Milliseconds{10'000});
    return (ended || refused != channel::Status::ok) && instance.misbehaviours() == 0
        && thrown([&] { instance.send({.client_id = "m", .account = "a", .contact = "c", .content = channel::Content{}}); }) != channel::Status::ok;
}

}  // namespace

int main(int argc, char** argv)
try {
    std::vector<channel::Library> libraries;
    for (int i = 1; i < argc; ++i) {
        libraries.push_back(channel::Library::load(argv[i]));
        std::cout << libraries.back().type() << ": " << libraries.back().toolchain() << '\n';
    }
    std::atomic<int> bad = 0;
    {
        std::vector<std::jthread> threads;
        for (const auto& library : libraries)
            for (int i = 0; i < threads_each; ++i)
                threads.emplace_back([&] {
                    for (int round = 0; round < rounds; ++round)
                        bad += live(library) ? 0 : 1;
                });
    }
    std::cout << libraries.size() << " plugins, " << bad << " bad rounds\n";
    return bad == 0 && !libraries.empty() ? 0 : 1;
} catch (const channel::Error& error) {
    std::cerr << error.text() << '\n';
    return 1;
}
