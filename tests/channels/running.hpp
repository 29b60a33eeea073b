/// A host with one of the plugins, on a clock that runs and can be moved.
#pragma once

#include "folder.hpp"
#include "host.hpp"
#include "reader.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

namespace channels::test {

using Words = std::vector<std::string>;

struct Running : Folder {
    void start(const std::string& type, const std::string& settings)
    {
        config.base_dir = path;
        config.store = path / "host.sqlite";
        config.media = path / "media";
        config.clock = host::ClockKind::adjustable;
        config.routing.otherwise = {"ana"};
        const auto library = std::filesystem::path{CHANNEL_FOLDER} / (type + ".so");
        config.channels = {{.id = "it", .library = library, .settings = settings}};
        run();
    }
    void run()
    {
        const host::Log quiet{static_cast<channel::Level>(CHANNEL_LOG_ERROR + 1)};
        running.reset();
        running = std::make_unique<host::Host>(config, quiet);
        running->start();
        settle();
    }
    void settle() { BOOST_REQUIRE(running->run_until_idle()); }

    host::ConversationId conversation(const std::string& account, const std::string& contact)
    {
        const auto found = host::Reader{running->store_file()}.find("it", account, contact);
        BOOST_REQUIRE(found.has_value());
        return *found;
    }

    /// "text Hello", "voice please call": what is in the conversation, oldest first.
    Words shown(host::ConversationId conversation)
    {
        Words all;
        for (const auto& message : host::Reader{running->store_file()}.messages(conversation, 0, 100))
            all.push_back(message.kind + " " + (message.key.empty() ? message.text : message.key));
        return all;
    }

    void send(host::ConversationId conversation, const std::string& client_id, channel::Content content)
    {
        host::Draft draft{.employee = "ana", .client_id = client_id, .content = std::move(content)};
        running->send(conversation, std::move(draft), [](const auto&) {}, {});
        settle();
    }

    std::string state_of(host::ConversationId conversation, const std::string& client_id)
    {
        const auto message = host::Reader{running->store_file()}.outgoing(conversation, client_id);
        BOOST_REQUIRE(message.has_value());
        const auto& progress = message->progress;
        return std::string{host::state_name(progress.state)}
             + (progress.reason.empty() ? "" : " " + progress.reason);
    }

    host::Config config;
    std::unique_ptr<host::Host> running;
};

inline channel::Content text(const std::string& words)
{
    return {.kind = "text", .text = words};
}

}  // namespace channels::test
