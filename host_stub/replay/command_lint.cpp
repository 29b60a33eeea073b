#include "command.hpp"
#include "replay/channel_file.hpp"
#include "replay/findings.hpp"
#include "replay/text_table.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace replay {
namespace {

struct Asked {
    std::vector<std::string> files;
    std::string plugin;
    bool show = false;
};

int lint(const Asked& asked)
{
    try {
        const auto plugin = asked.plugin.empty() ? channel_file("wechat") : std::filesystem::path{asked.plugin};
        const auto library = channel::Library::load(plugin);
        const std::vector<std::filesystem::path> files{asked.files.begin(), asked.files.end()};
        const auto complaints = findings(files, library);
        for (const auto& complaint : complaints)
            std::printf("%s\n", describe(complaint).c_str());
        if (!complaints.empty())
            return host::exit_not_good;
        if (asked.show)
            std::printf("%s", text_table(texts(files, library)).c_str());
        return host::exit_good;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "channel-host: %s\n", error.what());
        return host::exit_wrong_use;
    }
}

}  // namespace
}  // namespace replay

namespace host {

void add_lint(CLI::App& program, int& exit_code)
{
    const auto asked = std::make_shared<replay::Asked>();  // shared by the parser and what runs after it
    auto* const command = program.add_subcommand("lint", "Say all that is wrong with customers' files");
    command->add_option("CUSTOMER.yaml", asked->files, "the files")->required();
    command->add_option("--plugin", asked->plugin, "the channel; by default wechat.so beside this program");
    command->add_flag("--show", asked->show, "print each automatic text as people will read it, with its bytes");
    command->callback([asked, &exit_code] { exit_code = replay::lint(*asked); });
}

}  // namespace host
