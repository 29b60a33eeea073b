// The webhook without what stands behind it: verify, decrypt, parse, answer.
//   bench-webhook-server PORT
#include "the_account.hpp"
#include "webhook/server.hpp"

#include <cstdlib>
#include <iostream>

namespace {

using namespace wechat;

Task<Result<std::string>> accepted(std::string, codec::Callback)
{
    co_return std::string{};
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "bench-webhook-server PORT\n";
        return 2;
    }
    Loop loop{1};
    Busy busy;
    const auto account = bench::account_number(0);
    const webhook::Seam seam{
        .account_of = [account](std::string_view name) { return name == "harbour-bank" ? account : nullptr; },
        .apply = accepted,
        .now = [] { return Time{}; },
    };
    webhook::Options options;
    options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
    webhook::Server server{loop, options, seam, Log{}, busy};
    if (const auto started = server.start(); !started) {
        std::cerr << describe(started.error()) << '\n';
        return 1;
    }
    loop.run();
}
