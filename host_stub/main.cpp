#include "command.hpp"

#include <CLI/CLI.hpp>

#include <string>

// Subcommands are listed here, and nothing else is: each has a file of its own.
int main(int argc, char** argv)
{
    CLI::App program{"A host for messaging channels", "channel-host"};
    program.set_version_flag("--version", std::string{"channel-host " PROJECT_VERSION});
    program.require_subcommand(1);
    int exit_code = host::exit_good;

    host::add_run(program, exit_code);
    host::add_replay(program, exit_code);
    host::add_lint(program, exit_code);
    host::add_doctor(program, exit_code);

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? host::exit_good : host::exit_wrong_use;
    }
    return exit_code;
}
