/// All that the platform knows: accounts, contacts, tokens, files, faults, what was asked. No socket, no thread.
#pragma once

#include "simulator/account.hpp"
#include "simulator/clock.hpp"
#include "simulator/contact.hpp"
#include "simulator/fault.hpp"
#include "simulator/grants.hpp"
#include "simulator/media.hpp"
#include "simulator/push_rules.hpp"
#include "simulator/qr_code.hpp"
#include "simulator/random.hpp"
#include "simulator/tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace simulator {

/// The platform's numbers. Which of them are certain is said in wechat-protocol.md, at the sections named.
///
/// push             how callbacks are delivered, where neither account nor act say otherwise
/// text_bytes       of custom/send (4.2)
/// image_bytes      of media/upload: the platform's page says 10 MB in one place and 2 MB in another (4.5)
/// permanent_codes  QR codes of one account (4.7)
struct Rules {
    GrantRules grants = {};
    PushRules push = {};
    std::chrono::seconds mark_fail_pause{60};
    std::size_t text_bytes = 2048;
    std::size_t image_bytes = 10U * 1024U * 1024U;
    std::size_t permanent_codes = 100'000;
    std::size_t requests_kept = 10'000;
    Clock::Kind clock = Clock::Kind::running;
    std::uint64_t seed = 1;
};

/// How often one path was called, per Beijing day and per minute.
struct Usage {
    std::int64_t day = 0;
    std::int64_t today = 0;
    std::int64_t minute = 0;
    std::int64_t this_minute = 0;
};

/// A template message that would be the same one if it were sent again (wechat-protocol.md 4.4).
struct SentTemplate {
    std::int64_t id = 0;
    Moment at = {};
};

/// What a short key stands for (wechat-protocol.md 4.8).
struct ShortKey {
    std::string data = {};
    Moment created = {};
    std::chrono::seconds lifetime{0};
};

/// One account with everything that has grown around it.
struct OfficialAccount {
    Account settings = {};
    wechat::codec::CallbackAccount callback = {};
    Tokens tokens = {};
    std::unordered_map<std::string, Contact> contacts = {};
    std::unordered_map<std::string, Media> media = {};
    std::unordered_map<std::string, Usage> usage = {};
    std::vector<QrCode> codes = {};  // oldest first; expired ones stay: nobody makes so many
    std::map<std::string, SentTemplate> sent_templates = {};  // by openid and client_msg_id
    std::map<std::string, ShortKey> short_keys = {};
    std::int64_t quota_month = 0;  // of the calls of clear_quota below
    int quotas_cleared = 0;
    int failed_in_a_row = 0;
    Moment marked_failed_until = {};
    bool reachable = false;  // whether anybody listened at the callback URL when it was last called
};

/// One API request as received, and what was answered. number counts all requests since the start.
struct LoggedRequest {
    std::uint64_t number = 0;
    Moment at = {};
    std::string app_id = {};  // empty where no account could be told
    std::string method = {};
    std::string path = {};
    std::string query = {};
    std::string body = {};
    std::string peer = {};
    unsigned status = 0;  // 0: closed without an answer
    std::string answer = {};
    std::string rid = {};
};

/// One delivery of a callback, as made and as answered; delivery 0: it was lost.
struct LoggedCallback {
    std::uint64_t number = 0;
    Moment at = {};
    std::string app_id = {};
    std::string openid = {};
    int delivery = 0;
    std::string url = {};
    std::string query = {};
    std::string body = {};
    unsigned status = 0;  // 0: no answer
    std::string answer = {};
    std::string answered = {};  // one of Answered's words
};

/// One callback to deliver.
///
/// document  XML or JSON, the same in every delivery
/// callback  the account's keys when it was made
struct Push {
    std::string app_id = {};
    std::string openid = {};
    std::string document = {};
    bool is_message = false;
    PushRules rules = {};
    std::optional<wechat::codec::CallbackAccount> callback = {};
};

class Platform {
public:
    explicit Platform(Rules rules);

    const Rules rules;
    Clock clock;
    Faults faults;
    Random random;
    std::string public_url = {};  // where this simulator is reached: for links to files
    std::vector<Push> due =
        {};  // what the platform has to say by itself: delivered after the answer to a call

    /// Creates or changes an account; what has grown around it stays. The settings must be usable.
    OfficialAccount& put(Account account);
    [[nodiscard]] OfficialAccount* find(std::string_view app_id);
    [[nodiscard]] const std::map<std::string, std::unique_ptr<OfficialAccount>, std::less<>>& accounts() const
    {
        return accounts_;
    }

    /// Whose access token this is; null: nobody's that we know of.
    [[nodiscard]] OfficialAccount* owner_of(std::string_view access_token);
    void remember(const std::string& access_token, OfficialAccount& owner);

    /// Stores a file under a new media id.
    std::string store(OfficialAccount& account, Media media);
    /// A file that has not expired; null otherwise.
    [[nodiscard]] static const Media*
    media(const OfficialAccount& account, const std::string& id, Moment now);
    [[nodiscard]] const Media* any_media(const std::string& id) const;

    /// Publishes a file for whoever knows its key, until it expires.
    std::string publish(Media file);
    [[nodiscard]] const Media* published(const std::string& key, Moment now) const;

    /// Of template and mass messages; not a message's id.
    [[nodiscard]] std::int64_t next_job_id() { return ++last_job_id_; }

    /// Above 2^53 and increasing, also from one run of the simulator to the next.
    [[nodiscard]] std::uint64_t next_message_id(Moment now);

    void log(LoggedRequest request);
    void log(LoggedCallback callback);
    [[nodiscard]] const std::deque<LoggedCallback>& callbacks() const { return callbacks_; }
    [[nodiscard]] const std::deque<LoggedRequest>& requests() const { return requests_; }
    [[nodiscard]] std::uint64_t requests_received() const { return received_; }

private:
    std::map<std::string, std::unique_ptr<OfficialAccount>, std::less<>> accounts_;
    std::unordered_map<std::string, OfficialAccount*> token_owners_;
    std::deque<std::string> tokens_in_order_;
    std::unordered_map<std::string, Media> published_;
    std::uint64_t last_message_id_ = 0;
    std::int64_t last_job_id_ = 200'228'331;
    std::deque<LoggedRequest> requests_;
    std::uint64_t received_ = 0;
    std::deque<LoggedCallback> callbacks_;
    std::uint64_t called_ = 0;
};

/// Counts one call of a path. 0, 45009 (the day's are used up) or 45011 (the minute's); a limit of 0 is none.
[[nodiscard]] std::int64_t
count_call(Usage& usage, std::int64_t daily_limit, std::int64_t minute_limit, Moment now);

}  // namespace simulator
