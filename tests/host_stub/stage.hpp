/// A host with a puppet channel, a store of its own, and a clock that stands still.
#pragma once

#include "host.hpp"
#include "puppet.hpp"
#include "reader.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

namespace host::test {

/// A folder that goes with its fixture.
class TemporaryFolder {
public:
    TemporaryFolder()
    {
        auto name = (std::filesystem::temp_directory_path() / "host-test-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline const Log quiet{static_cast<channel::Level>(CHANNEL_LOG_ERROR + 1)};

struct Stage {
    explicit Stage(ClockKind clock = ClockKind::manual)
    {
        config.base_dir = folder.path();
        config.store = folder.path() / "host.sqlite";
        config.media = folder.path() / "media";
        config.listen.port = 0;
        config.clock = clock;
        config.routing.desks["bank"] = {"ana"};
        config.routing.scenes["desk-12"] = {"ben", "cem"};
        config.routing.otherwise = {"eve"};
        config.channels = {{.id = "one", .library = {}, .linked = &channel::plugin_table<Puppet>}};
    }

    void start()
    {
        host = std::make_unique<Host>(config, quiet);
        host->start();
        settle();
    }
    /// Ends this run and begins the next on the same store.
    void restart()
    {
        host.reset();
        start();
    }
    void settle() { BOOST_REQUIRE(host->run_until_idle()); }
    Puppet& puppet(const std::string& name = "one") { return Puppet::named(name); }

    void contact_says(const std::string& id, const std::string& text, const std::string& contact = "kim")
    {
        puppet().says(id, contact, text);
        settle();
    }

    Reader reader() { return Reader{host->store_file()}; }

    ConversationId conversation(const std::string& contact = "kim")
    {
        const auto found = reader().find("one", "bank", contact);
        BOOST_REQUIRE(found.has_value());
        return *found;
    }

    Conversation present(const std::string& contact = "kim")
    {
        return *reader().conversation(conversation(contact));
    }

    std::vector<std::string> texts(const std::string& contact = "kim")
    {
        std::vector<std::string> all;
        for (const auto& message : reader().messages(conversation(contact), 0, 100))
            all.push_back(message.text.empty() ? message.key : message.text);
        return all;
    }

    Draft draft(const std::string& client_id, const std::string& text = "Hello")
    {
        Draft made{.employee = "ana", .client_id = client_id};
        made.content.text = text;
        return made;
    }

    void employee_sends(const std::string& client_id, const std::string& contact = "kim")
    {
        host->send(conversation(contact), draft(client_id), [](const auto&) {}, {});
        settle();
    }

    /// "sent", "queued on_hold": what the host knows of a message.
    std::string state_of(const std::string& client_id, const std::string& contact = "kim")
    {
        const auto message = reader().outgoing(conversation(contact), client_id);
        if (!message)
            return "unknown";
        const auto& progress = message->progress;
        return std::string{state_name(progress.state)}
             + (progress.reason.empty() ? "" : " " + progress.reason);
    }

    std::string id_of(const std::string& client_id, const std::string& contact = "kim")
    {
        return host->public_id(conversation(contact)) + "/" + client_id;
    }

    TemporaryFolder folder;
    Config config;
    std::unique_ptr<Host> host;
};

using Words = std::vector<std::string>;

}  // namespace host::test
