/// channel-check: is this .so a good channel?

#include "inspecting.hpp"
#include "printing.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <thread>

namespace {

using namespace conformance;

constexpr int exit_good = 0, exit_not_good = 1, exit_wrong_use = 2;

struct Arguments {
    std::string plugin, rig;
    std::vector<std::string> only;
    std::uint64_t seed = 1;
    unsigned jobs = 1;
    bool json = false, junit = false, list = false, inspect = false;
    // Of a child, which runs one check.
    std::string run, folder;
    int result = -1, last_call = -1;
};

void describe(CLI::App& program, Arguments& arguments)
{
    program.set_version_flag("--version", "channel-check " PROJECT_VERSION);
    program.add_option("PLUGIN", arguments.plugin, "the channel's .so file");
    program.add_option(
        "--rig",
        arguments.rig,
        "command that plays the provider, such as ./my-rig; without it, what needs one is skipped"
    );
    program.add_option("--only", arguments.only, "run only this check; may be repeated")
        ->allow_extra_args(false);  // what stands behind it may be the plugin
    program.add_option("--seed", arguments.seed, "repeats the choices that a run made by chance")
        ->capture_default_str();
    program.add_option("--jobs", arguments.jobs, "checks at the same time")->check(CLI::Range(1U, 64U));
    auto* const json = program.add_flag("--json", arguments.json, "print JSON");
    program.add_flag("--junit", arguments.junit, "print JUnit's XML")->excludes(json);
    program.add_flag("--list", arguments.list, "print each check's id and sentence, and run none");
    program.add_flag(
        "--inspect", arguments.inspect, "print what the plugin says of itself, and run no check"
    );
    for (auto* const hidden :
         {program.add_option("--run", arguments.run),
          program.add_option("--folder", arguments.folder),
          program.add_option("--result", arguments.result),
          program.add_option("--last-call", arguments.last_call)})
        hidden->group("");
}

std::vector<Check> chosen(const std::vector<std::string>& only)
{
    auto checks = catalogue();
    for (const auto& id : only)
        if (std::ranges::find(checks, id, &Check::id) == checks.end())
            throw CLI::ValidationError("--only", "there is no check " + id + "; see --list");
    if (!only.empty())
        std::erase_if(checks, [&](const Check& check) {
            return std::ranges::find(only, check.id) == only.end();
        });
    return checks;
}

int list(const std::vector<Check>& checks)
{
    for (const auto& check : checks)
        std::cout << check.id << "  " << check.sentence << (check.needs_rig ? "  [rig]" : "") << '\n';
    return exit_good;
}

int run_one(const Arguments& arguments)
{
    const auto checks = chosen({arguments.run});
    Setup setup{
        .id = arguments.run,
        .plugin = arguments.plugin,
        .rig = arguments.rig.empty() ? std::nullopt : std::optional(arguments.rig),
        .seed = arguments.seed,
        .folder = arguments.folder,
    };
    return run_here(checks.front(), setup, arguments.result, arguments.last_call);
}

/// Runs the checks, jobs at a time; tell gets each outcome in the order of the checks.
template <class Tell>
std::vector<Outcome>
run_all(const std::vector<Check>& checks, const Child& child, unsigned jobs, const Tell& tell)
{
    std::vector<std::optional<Outcome>> outcomes(checks.size());
    std::size_t next = 0;
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < jobs; ++i)
        workers.emplace_back([&] {
            std::unique_lock lock(mutex);
            while (next < checks.size()) {
                const auto mine = next++;
                lock.unlock();
                auto outcome = run_apart(checks[mine], child);
                lock.lock();
                outcomes[mine] = std::move(outcome);
                changed.notify_all();
            }
        });
    std::vector<Outcome> all;
    std::unique_lock lock(mutex);
    for (auto& outcome : outcomes) {
        changed.wait(lock, [&] { return outcome.has_value(); });
        tell(*outcome);
        all.push_back(std::move(*outcome));
    }
    return all;
}

// A rig runs in a folder of its check: a program that is named from here is still the one meant.
std::string from_here(const std::string& command)
{
    const auto end = std::min(command.find(' '), command.size());
    const std::filesystem::path program = command.substr(0, end);
    if (!program.has_parent_path() || !std::filesystem::exists(program))
        return command;
    return std::filesystem::absolute(program).string() + command.substr(end);
}

int run(const Arguments& arguments)
{
    const auto plugin = std::filesystem::absolute(arguments.plugin).string();
    Child child{.program = std::filesystem::read_symlink("/proc/self/exe").string(), .arguments = {plugin}};
    child.arguments.insert(child.arguments.end(), {"--seed", std::to_string(arguments.seed)});
    if (!arguments.rig.empty())
        child.arguments.insert(child.arguments.end(), {"--rig", from_here(arguments.rig)});
    const bool text = !arguments.json && !arguments.junit;
    const auto tell = [&](const Outcome& outcome) {
        if (text)
            print_line(std::cout, outcome);
    };
    const auto outcomes = run_all(chosen(arguments.only), child, arguments.jobs, tell);
    if (arguments.json)
        print_json(std::cout, plugin, arguments.seed, outcomes);
    if (arguments.junit)
        print_junit(std::cout, plugin, outcomes);
    print_summary(text ? std::cout : std::cerr, outcomes);
    return good(outcomes) ? exit_good : exit_not_good;
}

}  // namespace

int main(int argc, char** argv)
try {
    CLI::App program{
        "Is this plugin a good channel? Runs the checks of the contract, each in a process of its own."};
    Arguments arguments;
    describe(program, arguments);
    try {
        program.parse(argc, argv);
        if (!arguments.run.empty())
            return run_one(arguments);
        if (arguments.list)
            return list(chosen(arguments.only));
        if (!std::filesystem::is_regular_file(arguments.plugin))
            throw CLI::ValidationError(
                "PLUGIN", arguments.plugin.empty() ? "is missing" : "no such file: " + arguments.plugin
            );
        if (arguments.inspect)
            return print_description(std::cout, arguments.plugin) ? exit_good : exit_not_good;
        return run(arguments);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? exit_good : exit_wrong_use;
    }
} catch (const std::exception& error) {
    std::cerr << "channel-check: " << error.what() << '\n';
    return exit_not_good;
}
