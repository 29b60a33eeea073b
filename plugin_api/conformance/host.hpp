#pragma once
/// The host of a check: notes all that it is told, keeps a ledger, and settles as the check says.

#include "ledger.hpp"

#include <channel/host.hpp>

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace conformance {

class Host : public channel::LaneServices {
public:
    Host(channel::Lane& lane, Ledger ledger) : LaneServices(lane), ledger_(std::move(ledger)) {}

    // ---- What a check may change; each has a good host's behaviour ----

    /// What offer and report answer at once.
    std::function<channel::Outcome(const channel::Item&)> take_item = [](const auto&) { return channel::ok; };
    std::function<channel::Outcome(const channel::Report&)> take_report = [](const auto&) {
        return channel::ok;
    };
    /// What settle says then. Nothing: it is left open.
    std::function<std::optional<channel::Outcome>(const channel::Item&)> settle_item = [](const auto&) {
        return std::optional(channel::ok);
    };
    std::function<std::optional<channel::Outcome>(const channel::Report&)> settle_report = [](const auto&) {
        return std::optional(channel::ok);
    };
    /// Moments that a kill may strike, by name.
    std::function<void(const char*)> moment = [](const char*) {};
    /// Set by the stage: settles a token, on the lane.
    std::function<void(channel::Token, channel::Outcome)> settle;

    // ---- What it has heard ----

    struct Offered {
        channel::Item item;
        channel::Token token;
    };
    struct Said {
        channel::Health level;
        std::string code;
    };

    [[nodiscard]] Ledger& ledger() { return ledger_; }
    [[nodiscard]] std::vector<Offered> offered() const { return copy(offered_); }
    [[nodiscard]] std::vector<channel::Report> reported() const { return copy(reported_); }
    [[nodiscard]] std::vector<std::string> logged() const { return copy(logged_); }
    [[nodiscard]] std::vector<Said> healths() const { return copy(healths_); }
    [[nodiscard]] std::vector<std::string> misbehaviours() const { return copy(misbehaviours_); }

    /// The last health that was said; ok if none was.
    [[nodiscard]] channel::Health health_now() const;
    /// The state that the host believes a message to be in; nothing: it has not heard of it.
    [[nodiscard]] std::optional<channel::State> state_of(const std::string& client_id) const;

    // ---- Services ----

    void
    log(channel::Level level, std::string_view code, std::string_view text, std::string_view fields) override;
    void health(channel::Health level, std::string_view code, std::string_view text) override;
    channel::Outcome offer(const channel::Item& item, channel::Token token) override;
    channel::Outcome report(const channel::Report& report, channel::Token token) override;
    std::string conversation_of(std::string_view client_id) override;
    void misbehaves(std::string_view sentence) override;

private:
    template <class List>
    List copy(const List& list) const
    {
        const std::lock_guard lock(mutex_);
        return list;
    }

    mutable std::mutex mutex_;
    Ledger ledger_;
    std::vector<Offered> offered_;
    std::vector<channel::Report> reported_;
    std::vector<std::string> logged_, misbehaviours_;
    std::vector<Said> healths_;
};

}  // namespace conformance
