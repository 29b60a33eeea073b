/// Fetches contacts' files from the platform: at once before their messages are offered, later where that fails.
#pragma once

#include "base/log.hpp"
#include "engine/accounts.hpp"
#include "engine/input.hpp"
#include "loop/busy.hpp"
#include "loop/signal.hpp"
#include "loop/worker.hpp"
#include "media/folder.hpp"
#include "store/store.hpp"

#include <channel/plugin.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

namespace wechat::engine {

/// Where files lie, and how much of them there may be.
struct MediaOptions {
    std::filesystem::path folder = {};
    std::uint64_t most_bytes = std::uint64_t{4} << 30U;
};

/// Of the loop's thread only.
///
/// A message whose file cannot be had at once is offered without it: data.missing is an id, data.missing_text a
/// sentence. Its file is then fetched for 3 days, as long as WeChat keeps it (wechat-protocol.md 4.5): an event
/// media_arrived brings it, or media_lost says why there is none; data.message of both is the message's id.
class MediaPump {
public:
    struct Seam {
        std::function<channel::Time()> now;
        /// Makes it durable, and goes on with what follows; false: the store would not.
        std::function<Task<bool>(store::Key, LateFile)> apply;
        std::function<void(std::int64_t conversation)> ready;  // its first item can be offered now
        std::function<void()> rearm;                           // next_due has changed
        std::function<void()> health_changed;                  // of faults
    };
    struct Figures {
        std::uint64_t fetched = 0, failed = 0, lost = 0, bytes = 0;
    };

    MediaPump(
        Loop& loop,
        Accounts& accounts,
        Worker& worker,
        Log log,
        Busy& busy,
        const MediaOptions& options,
        Seam seam
    );

    /// Of an item that names a file: its content with the file, or with the reason why it has none; nothing: not yet,
    /// `ready` is called.
    [[nodiscard]] std::optional<Content> content_of(const store::Row& row);

    /// A file that is still to be had: found in the store, or just committed.
    void add(store::Row row);

    /// The host has settled this row, and that is durable: the files of its content may go.
    void release(std::int64_t row, const std::optional<Content>& content);

    void run_due();
    [[nodiscard]] std::optional<channel::Time> next_due() const;
    /// Begins nothing new. ended finishes when nothing is under way any more, for which connections must be closed.
    void stop();
    Task<> ended();

    [[nodiscard]] const Figures& figures() const { return figures_; }
    /// Accounts that WeChat lets fetch nothing, an operator must act, by app_id. Their sends may be allowed all the same.
    [[nodiscard]] const std::map<std::string, platform::Outcome>& faults() const { return faults_; }
    [[nodiscard]] std::size_t waiting() const { return late_.size(); }
    [[nodiscard]] std::uint64_t bytes() const { return folder_->bytes(); }

private:
    struct Late {
        store::Row row = {};
        unsigned tries = 0;
        bool trying = false;
    };
    // A file, or why there is none; final: it will never be there.
    struct Fetched {
        std::optional<Content> content = {};
        bool final = false;
        std::string reason = {}, cause = {};
    };

    Task<> first_try(store::Row row);
    Task<> try_again(std::int64_t id);
    Task<Fetched> fetch(store::Key key, std::string item, Content content);
    Task<platform::Downloaded> download(AppId app_id, std::string media_id);
    Task<Result<std::optional<Content>>> find(std::string item, Content content);
    Task<Result<Content>> keep(std::string item, Content content, std::string bytes);
    Task<bool> remember(store::Key key, std::string item, Content content);
    Task<> pause_for_store();
    void put_off(std::int64_t id);
    void note_fault(const AppId& app_id, const platform::Outcome& outcome);
    [[nodiscard]] Time now() const;

    Accounts& accounts_;
    Worker& worker_;
    Loop& loop_;
    Log log_;
    Busy& busy_;
    Seam seam_;
    std::shared_ptr<media::Folder> folder_;  // shared with the worker, which may still remove a file
    std::unordered_map<std::int64_t, std::optional<Content>> offered_ = {};  // by row; nothing: being fetched
    std::map<std::int64_t, Late> late_ = {};                                 // by row
    std::set<std::string> late_items_ = {};
    std::multimap<channel::Time, std::int64_t> due_ = {};
    std::size_t downloads_ = 0;
    Signal ended_;  // a download, or a try
    std::size_t running_ = 0;
    bool stopping_ = false;
    std::map<std::string, platform::Outcome> faults_ = {};
    Figures figures_ = {};
};

}  // namespace wechat::engine
