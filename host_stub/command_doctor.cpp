#include "command.hpp"
#include "doctor.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>

namespace host {
namespace {

struct Asked {
    std::string file, channel;
    bool json = false;
};

std::vector<Diagnosis> of_the_file(const Complaints& complaints)
{
    std::vector<Diagnosis> all;
    for (const auto& complaint : complaints)
        all.push_back(
            {"host", {"", "configuration", channel::Examined::Level::wrong, describe(complaint), ""}}
        );
    return all;
}

// Lines appear as they are known: a channel may take its time.
int doctor(const Asked& asked)
{
    std::signal(SIGPIPE, SIG_IGN);
    const auto [config, complaints] = read_config(asked.file);
    const auto is_asked = [&](const ChannelConfig& one) {
        return asked.channel.empty() || one.id == asked.channel;
    };
    if (complaints.empty() && std::ranges::none_of(config.channels, is_asked) && !asked.channel.empty()) {
        std::fprintf(stderr, "%s has no channel \"%s\"\n", asked.file.c_str(), asked.channel.c_str());
        return exit_wrong_use;
    }
    auto all = of_the_file(complaints);
    const auto print = [&](const std::vector<Diagnosis>& some) {
        for (const auto& one : some)
            if (!asked.json)
                std::printf("%s\n", to_line(one).c_str());
        std::fflush(stdout);
    };
    print(all);
    for (const auto& channel : config.channels) {
        if (!complaints.empty() || !is_asked(channel))
            continue;
        const auto some = diagnose(channel, config);
        print(some);
        all.insert(all.end(), some.begin(), some.end());
    }
    if (asked.json)
        std::printf("%s\n", to_json(all).c_str());
    return is_anything_wrong(all) ? exit_not_good : exit_good;
}

}  // namespace

void add_doctor(CLI::App& program, int& exit_code)
{
    const auto asked = std::make_shared<Asked>();  // shared by the parser and what runs after it
    auto* const command = program.add_subcommand(
        "doctor", "Say what is wrong with each account of a configuration, and what to do about it"
    );
    command->add_option("HOST.yaml", asked->file, "the configuration")->required();
    command->add_option("--channel", asked->channel, "only this channel");
    command->add_flag("--json", asked->json, "as one JSON list");
    command->callback([asked, &exit_code] { exit_code = doctor(*asked); });
}

}  // namespace host
