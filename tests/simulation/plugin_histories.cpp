// Plays random histories against the whole plugin, one after the other in one world, and says what broke.
//
// A failing one is played again alone, as the message says. The world before it is another one then: what comes of
// many histories together is found again with all of them.
#include "history.hpp"

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string_view>

namespace {

struct Order {
    std::uint64_t seed = 1, histories = 200;
    std::filesystem::path plugin;
    bool verbose = false;
};

constexpr auto usage =
    "usage: plugin_histories [--seed N] [--histories N] [--plugin FILE] [--verbose]\n"
    "Plays histories N, N+1 ... and exits 0 only if nothing broke in any. --verbose prints each.\n";

bool read_number(std::string_view text, std::uint64_t& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool read_order(int argc, char** argv, Order& order)
{
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--verbose") {
            order.verbose = true;
            continue;
        }
        if (++i == argc)
            return false;
        if (option == "--plugin")
            order.plugin = argv[i];
        else if (option == "--seed" && read_number(argv[i], order.seed))
            continue;
        else if (option == "--histories" && read_number(argv[i], order.histories))
            continue;
        else
            return false;
    }
    return order.histories > 0;
}

// bin, tests and lib lie side by side in the build folder.
std::filesystem::path built_plugin()
{
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    return program.parent_path().parent_path() / "lib" / "channels" / "wechat.so";
}

// True: nothing broke. A history that breaks off has broken, too.
bool play(simulation::World& world, std::uint64_t seed, bool verbose)
{
    simulation::History history{world, seed};
    std::string failure;
    try {
        history.run();
        failure = history.failure();
    } catch (const std::exception& error) {
        failure = std::string{"broken off: "} + error.what() + "\n";
    }
    if (verbose || !failure.empty())
        std::cout << "history " << seed << ":\n" << history.log() << failure;
    if (!failure.empty())
        std::cout << "again: plugin_histories --seed " << seed << " --histories 1 --verbose\n";
    return failure.empty();
}

}  // namespace

int main(int argc, char** argv)
try {
    Order order{.plugin = built_plugin()};
    if (!read_order(argc, argv, order)) {
        std::cerr << usage;
        return EXIT_FAILURE;
    }
    std::cout << "seed " << order.seed << ", " << order.histories << " histories" << std::endl;
    simulation::World world{order.plugin};
    for (std::uint64_t i = 0; i < order.histories; ++i)
        if (!play(world, order.seed + i, order.verbose))
            return EXIT_FAILURE;
    std::cout << "nothing broke\n";
    return EXIT_SUCCESS;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
}
