/// A store in a directory of its own, and a test's thread in the place of the loop.
#pragma once

#include "store/store.hpp"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace wechat::store {

/// What a store posts; run by the test's thread, as the loop would.
class Answers {
public:
    [[nodiscard]] Post post();
    /// Runs answers until the condition holds; false: nothing has come for 30 s.
    [[nodiscard]] bool until(const std::function<bool()>& condition);

private:
    std::mutex mutex_;
    std::condition_variable more_;
    std::deque<std::function<void()>> waiting_;
};

/// A directory that goes with its test.
class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// How an implementation is opened; a second one adds its own function and instantiates the cases again.
using Open = Result<std::unique_ptr<Store>> (*)(const std::string& where, Post post);

inline const Time noon = from_seconds(1'700'000'000);
inline const Key lily{AppId{"wx01"}, OpenId{"o-lily"}};
inline const Key tom{AppId{"wx01"}, OpenId{"o-tom"}};

/// Waits for everything, so that a case reads as a list of statements.
class AnOpenStore {
public:
    explicit AnOpenStore(Open open = &open_sqlite) : open_(open) { reopen(); }

    void reopen();
    void close() { store.reset(); }

    /// Runs work and waits until it is durable.
    Result<void> run(const Key& key, const Work& work);
    Result<void> settle(std::vector<std::int64_t> rows, Time now);
    Result<void> forget(Time now);

    // Single steps of a unit, each in a commit of its own.
    std::int64_t append(const Key& key, const Payload& payload);
    bool sees(const Key& key, std::int64_t event, Time now);
    void save(const Key& key, const policy::Conversation& conversation, std::optional<Time> wake_at);
    void put(const Key& key, const Message& message);
    policy::Conversation load(const Key& key);
    std::optional<Message> message(const ClientId& id);
    std::set<std::int64_t> row_numbers();

    Folder folder;
    Answers answers;
    std::unique_ptr<Store> store;

private:
    Open open_;
};

Message message_of(const std::string& id, policy::State state = policy::State::accepted);
Item item_of(const std::string& id);

}  // namespace wechat::store
