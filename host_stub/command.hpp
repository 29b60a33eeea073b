/// The subcommands of channel-host: a function and a file each; main.cpp lists them.
#pragma once

namespace CLI {
class App;
}

namespace host {

// interfaces.md 2
inline constexpr int exit_good = 0;
inline constexpr int exit_not_good = 1;
inline constexpr int exit_wrong_use = 2;

/// Adds a subcommand to the program; what it sets is the program's exit code, once it has run.
void add_run(CLI::App& program, int& exit_code);
void add_replay(CLI::App& program, int& exit_code);
void add_lint(CLI::App& program, int& exit_code);
void add_doctor(CLI::App& program, int& exit_code);

}  // namespace host
