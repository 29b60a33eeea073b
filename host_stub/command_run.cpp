#include "command.hpp"
#include "config.hpp"
#include "host.hpp"
#include "http/site.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <pthread.h>
#include <string>

namespace host {
namespace {

// Blocked before any thread starts, so that only this thread's sigwait sees them.
sigset_t block_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const auto signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void serve(Host& host, const sigset_t& signals)
{
    for (int signal = 0; sigwait(&signals, &signal) == 0;) {
        if (signal != SIGHUP)
            return;
        const auto reloaded = host.reload();  // the log has the result
    }
}

int run(const std::string& file, bool verbose)
{
    auto reading = read_config(file);
    for (const auto& complaint : reading.complaints)
        std::fprintf(stderr, "%s\n", describe(complaint).c_str());
    if (!reading.complaints.empty())
        return exit_not_good;
    const auto signals = block_signals();
    const Log log{verbose ? channel::Level::debug : channel::Level::info};
    try {
        Host host{std::move(reading.config), log};
        const http::Site site{host};
        host.start();
        const auto& address = host.config().listen.address;
        log(channel::Level::info, "listening", "http://" + address + ":" + std::to_string(site.port()) + "/");
        serve(host, signals);
        log(channel::Level::info, "stopping", "asked to stop");
        host.stop();
    } catch (const std::exception& why) {
        std::fprintf(stderr, "%s\n", why.what());
        return exit_not_good;
    }
    return exit_good;
}

}  // namespace

void add_run(CLI::App& program, int& exit_code)
{
    struct Asked {
        std::string file;
        bool verbose = false;
    };
    const auto asked = std::make_shared<Asked>();  // shared by the parser and what runs after it
    auto* const command = program.add_subcommand("run", "Run the host with the channels of a configuration");
    command->add_option("HOST.yaml", asked->file, "the configuration")->required();
    command->add_flag("--verbose", asked->verbose, "log what is for debugging, too");
    command->callback([asked, &exit_code] { exit_code = run(asked->file, asked->verbose); });
}

}  // namespace host
