// wechat-simulator: the WeChat platform's stand-in on one port.
#include "simulator/arguments.hpp"
#include "simulator/control.hpp"
#include "simulator/script.hpp"
#include "simulator/server.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>

namespace {

std::string bytes_of(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

wechat::Result<void> load(simulator::Server& server, const std::string& path)
{
    if (path.empty())
        return {};
    const auto list = bytes_of(path);
    return server.with_platform([&](simulator::Platform& platform) {
        return simulator::put_accounts(platform, list);
    });
}

int play(simulator::Server& server, const std::string& path, const std::vector<simulator::Step>& steps)
{
    const auto say = [](const std::string& words) { std::cout << words << std::endl; };
    const auto differences = simulator::play(server, steps, say);
    for (const auto& difference : differences)
        std::cout << path << ':' << difference.line << ": " << difference.text << '\n';
    std::cout << path << ": " << steps.size() << " steps, " << differences.size() << " differences"
              << std::endl;
    return differences.empty() ? 0 : 1;
}

int run(const simulator::Arguments& arguments)
{
    wechat::Result<std::vector<simulator::Step>> steps{std::vector<simulator::Step>{}};
    if (!arguments.script.empty())
        steps = simulator::read_script(bytes_of(arguments.script));
    if (!steps) {
        std::cerr << arguments.script << ':' << steps.error().detail << '\n';
        return 2;
    }
    simulator::Server server{arguments.options};
    if (const auto loaded = load(server, arguments.accounts); !loaded) {
        std::cerr << arguments.accounts << ": " << wechat::describe(loaded.error()) << '\n';
        return 1;
    }
    std::cerr << "wechat-simulator at " << server.url() << std::endl;
    if (!arguments.script.empty())
        return play(server, arguments.script, *steps);
    boost::asio::io_context loop;
    boost::asio::signal_set signals{loop, SIGINT, SIGTERM};
    signals.async_wait([](const boost::system::error_code&, int) {});
    loop.run();
    server.stop();
    return 0;
}

}  // namespace

int main(int argc, char** argv)
try {
    CLI::App program{
        "The WeChat platform's stand-in: its API, its callbacks, its rules, and a clock to move."};
    program.set_version_flag("--version", "wechat-simulator " SIMULATOR_VERSION);
    simulator::Arguments arguments;
    // Tokens of one run must not be good in the next, unless somebody wants that.
    arguments.options.rules.seed = std::random_device{}();
    simulator::add_flags(program, arguments);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : 2;
    }
    if (!simulator::listen_on(arguments.listen, arguments.options)) {
        std::cerr << "--listen: expected ADDRESS:PORT\n";
        return 2;
    }
    return run(arguments);
} catch (const std::exception& error) {
    std::cerr << "wechat-simulator: " << error.what() << '\n';
    return 1;
}
