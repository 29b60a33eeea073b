// wechat-simulator: the WeChat platform's stand-in on one port.
#include "simulator/control.hpp"
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

struct Arguments {
    std::string listen = "127.0.0.1:9300";
    std::string accounts = {};
    bool maximum = false;
    simulator::Options options = {};
};

void describe(CLI::App& program, Arguments& arguments)
{
    auto& options = arguments.options;
    program.set_version_flag("--version", "wechat-simulator " SIMULATOR_VERSION);
    program.add_option("--listen", arguments.listen, "address and port; port 0 takes any")
        ->capture_default_str();
    program
        .add_option("--accounts", arguments.accounts, "JSON list of accounts, as GET /sim/accounts prints it")
        ->check(CLI::ExistingFile);
    auto* const certificate =
        program.add_option("--tls-certificate", options.certificate, "PEM file: speak HTTPS");
    auto* const key = program.add_option("--tls-key", options.private_key, "its private key, a PEM file");
    certificate->needs(key)->check(CLI::ExistingFile);
    key->needs(certificate)->check(CLI::ExistingFile);
    program
        .add_option(
            "--callback-ca", options.callback_ca, "PEM file of an authority to believe for https:// callbacks"
        )
        ->check(CLI::ExistingFile);
    program.add_option("--deliveries", options.rules.push.deliveries, "of one callback, the first included")
        ->capture_default_str()
        ->check(CLI::Range(1, 10));
    program
        .add_option(
            "--mark-fail",
            options.rules.push.mark_fail_after,
            "failed callbacks in a row, until none come for 60 s"
        )
        ->check(CLI::NonNegativeNumber);
    program.add_flag(
        "--grants-maximum", arguments.maximum, "grants merge into their maximum, instead of one per kind"
    );
}

// "127.0.0.1:9300", "[::1]:9300"
bool listen_on(const std::string& where, simulator::Options& options)
{
    const auto url = simulator::parse_url("http://" + where);
    if (!url || url->path != "/")
        return false;
    options.address = url->host == "localhost" ? "127.0.0.1" : url->host;
    const bool number = !url->port.empty() && url->port.size() <= 5
                     && url->port.find_first_not_of("0123456789") == std::string::npos;
    const int port = number ? std::stoi(url->port) : -1;
    options.port = static_cast<std::uint16_t>(port);
    return port >= 0 && port <= 65535;
}

wechat::Result<void> load(simulator::Server& server, const std::string& path)
{
    if (path.empty())
        return {};
    std::ifstream file{path, std::ios::binary};
    const std::string list{std::istreambuf_iterator<char>{file}, {}};
    return server.with_platform([&](simulator::Platform& platform) {
        return simulator::put_accounts(platform, list);
    });
}

int run(const Arguments& arguments)
{
    simulator::Server server{arguments.options};
    if (const auto loaded = load(server, arguments.accounts); !loaded) {
        std::cerr << arguments.accounts << ": " << wechat::describe(loaded.error()) << '\n';
        return 1;
    }
    std::cerr << "wechat-simulator at " << server.url() << '\n';
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
    Arguments arguments;
    describe(program, arguments);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : 2;
    }
    if (!listen_on(arguments.listen, arguments.options)) {
        std::cerr << "--listen: expected ADDRESS:PORT\n";
        return 2;
    }
    if (arguments.maximum)
        arguments.options.rules.grants.model = simulator::GrantRules::Model::maximum;
    // Tokens of one run must not be good in the next.
    arguments.options.rules.seed = std::random_device{}();
    return run(arguments);
} catch (const std::exception& error) {
    std::cerr << "wechat-simulator: " << error.what() << '\n';
    return 1;
}
