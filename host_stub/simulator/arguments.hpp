/// What wechat-simulator is called with.
#pragma once

#include "simulator/server.hpp"

#include <CLI/App.hpp>

#include <string>

namespace simulator {

/// accounts  a file for put_accounts; script  a file for read_script; empty: none
struct Arguments {
    std::string listen = "127.0.0.1:9300";
    std::string accounts = {};
    std::string script = {};
    Options options = {};
};

/// Adds every flag to the program; they are in arguments when it has been parsed.
void add_flags(CLI::App& program, Arguments& arguments);

/// Takes ADDRESS:PORT apart into options; whether that was one.
[[nodiscard]] bool listen_on(const std::string& where, Options& options);

}  // namespace simulator
