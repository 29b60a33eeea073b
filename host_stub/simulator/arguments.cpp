#include "simulator/arguments.hpp"

#include "simulator/http_client.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace simulator {
namespace {

// An option that is one of a few words.
template <class Value>
void add_choice(
    CLI::App& program,
    const std::string& name,
    Value& target,
    std::map<std::string, Value> choices,
    std::string description
)
{
    const auto usual =
        std::ranges::find(choices, target, [](const auto& choice) { return choice.second; })->first;
    std::vector<std::string> words;
    for (const auto& [word, value] : choices)
        words.push_back(word);
    const auto take = [&target, choices](const std::string& word) { target = choices.at(word); };
    program.add_option_function<std::string>(name, take, std::move(description))
        ->check(CLI::IsMember(words))
        ->default_str(usual);
}

void add_files(CLI::App& program, Arguments& arguments)
{
    auto& options = arguments.options;
    program
        .add_option("--accounts", arguments.accounts, "JSON list of accounts, as GET /sim/accounts prints it")
        ->check(CLI::ExistingFile);
    program
        .add_option(
            "--script", arguments.script, "play this story, say what differs, and end: 0 nothing, 1 something"
        )
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
}

void add_time(CLI::App& program, Arguments& arguments)
{
    auto& options = arguments.options;
    const std::map<std::string, Clock::Kind> clocks{
        {"running", Clock::Kind::running}, {"standing", Clock::Kind::standing}};
    add_choice(
        program, "--clock", options.rules.clock, clocks, "begins now; standing: still, until it is moved"
    );
    const auto take = [&options](const std::string& text) {
        const auto time = parse_duration(text);
        if (!time || time->count() == 0)
            throw CLI::ValidationError("--patience", "expected a duration such as 200ms or 5s");
        options.patience = *time;
    };
    program
        .add_option_function<std::string>(
            "--patience", take, "real time for each delivery, besides 5 s of the clock"
        )
        ->default_str("5s");
    program.add_option("--seed", options.rules.seed, "of tokens, ids and nonces: the same in each run");
}

// What is uncertain on the platform.
void add_rules(CLI::App& program, Arguments& arguments)
{
    auto& rules = arguments.options.rules;
    using Model = GrantRules::Model;
    const std::map<std::string, Model> models{{"per_class", Model::per_class}, {"maximum", Model::maximum}};
    add_choice(
        program,
        "--counting",
        rules.grants.model,
        models,
        "slots: per class of what grants them, or their maximum"
    );
    const auto merge = [&rules] { rules.grants.model = Model::maximum; };
    program.add_flag_callback("--grants-maximum", merge, "the same as --counting maximum");
    program.add_option("--deliveries", rules.push.deliveries, "of one callback, the first included")
        ->capture_default_str()
        ->check(CLI::Range(1, 10));
    using After = PushRules::AfterStatus;
    const std::map<std::string, After> after{{"retry", After::retry}, {"notice", After::notice}};
    add_choice(
        program,
        "--after-status",
        rules.push.after_status,
        after,
        "after an answer with another status than 200"
    );
    program
        .add_option(
            "--mark-fail", rules.push.mark_fail_after, "failed callbacks in a row, until none come for 60 s"
        )
        ->capture_default_str()
        ->check(CLI::Range(0, 1'000'000));
    constexpr std::size_t mega = 1024U * 1024U;
    const std::map<std::string, std::size_t> sizes{{"10M", 10 * mega}, {"2M", 2 * mega}};
    add_choice(program, "--image-limit", rules.image_bytes, sizes, "of a picture's upload");
    program.add_option("--text-limit", rules.text_bytes, "bytes of a text message")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000));
}

}  // namespace

void add_flags(CLI::App& program, Arguments& arguments)
{
    program.add_option("--listen", arguments.listen, "address and port; port 0 takes any")
        ->capture_default_str();
    add_files(program, arguments);
    add_time(program, arguments);
    add_rules(program, arguments);
}

bool listen_on(const std::string& where, Options& options)
{
    const auto url = parse_url("http://" + where);
    if (!url || url->path != "/" || !where.ends_with(":" + url->port))
        return false;
    options.address = url->host == "localhost" ? "127.0.0.1" : url->host;
    const bool number = !url->port.empty() && url->port.size() <= 5
                     && url->port.find_first_not_of("0123456789") == std::string::npos;
    const int port = number ? std::stoi(url->port) : -1;
    options.port = static_cast<std::uint16_t>(port);
    boost::system::error_code no_address;
    boost::asio::ip::make_address(options.address, no_address);
    return !no_address && port >= 0 && port <= 65535;
}

}  // namespace simulator
