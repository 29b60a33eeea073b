/// One send carried out: its words, its file uploaded if need be, custom/send.
#pragma once

#include "base/log.hpp"
#include "engine/directory.hpp"
#include "loop/worker.hpp"
#include "platform/account.hpp"
#include "policy/event.hpp"
#include "store/store.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::engine {

/// What became of it. reason is ours, where WeChat was not even asked.
///
/// uploads  made on the way, to be remembered with the outcome
struct Delivered {
    platform::Outcome outcome = {};
    policy::Reason reason = policy::Reason::none;
    std::vector<store::Upload> uploads = {};
};

/// Of the loop's thread only.
class Delivery {
public:
    struct Figures {
        std::uint64_t calls = 0;  // of custom/send
        std::uint64_t uploads = 0;
        std::map<std::int64_t, std::uint64_t> errcodes = {};  // of custom/send
    };

    Delivery(store::Store& store, Worker& worker) : store_(store), worker_(worker) {}

    /// One try at one row, which outlives it. body: what custom/send is given; none: it cannot go, and delivered says why.
    struct Attempt {
        const store::Row& row;
        Directory::Found customer = {};
        std::shared_ptr<platform::Account> account = {};
        Time now = {};
        std::optional<std::string> body = {};
        Delivered delivered = {};
        bool again = false;       // WeChat no longer has a file that we thought it had
        bool unreadable = false;  // the store cannot be read now: later it may go
    };

    /// Words and uploads. Nobody sees anything of it: never uncertain, and done again after a crash.
    Task<> prepare(Attempt& attempt);

    /// custom/send of what was prepared; where WeChat has lost the file (40007), once more with it uploaded anew.
    Task<> send(Attempt& attempt);

    [[nodiscard]] const Figures& figures() const { return figures_; }

private:
    // Gives no media id where it failed: the attempt says why.
    Task<std::optional<std::string>> media_id_of(Attempt& attempt, std::string type, std::string path);
    Task<std::optional<std::string>> upload(Attempt& attempt, platform::Upload file, std::string sha256);
    // What an employee has said; nothing: the attempt says why.
    [[nodiscard]] std::optional<Content> content_of(Attempt& attempt, const ClientId& id);
    [[nodiscard]] std::optional<std::string> words_of(Attempt& attempt);

    store::Store& store_;
    Worker& worker_;
    Figures figures_ = {};
};

}  // namespace wechat::engine
