/// Callbacks on their way: signed, sealed, posted, repeated.
#pragma once

#include "simulator/callback_answer.hpp"
#include "simulator/http_client.hpp"
#include "simulator/loop.hpp"
#include "simulator/platform.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace simulator {

/// What became of a callback: attempts made, the last answer, and what the phone shows of it (empty: nothing).
struct Delivered {
    int deliveries = 0;
    Answered answered = Answered::none;
    std::string shown = {};
};

/// Delivers callbacks. All references outlive the loop; everything happens on its thread.
///
/// Each delivery has five seconds of the platform's clock (wechat-protocol.md 1.6), and no more than `patience` of real
/// time: where the clock stands still, nothing else would end it.
class Courier {
public:
    Courier(Platform& platform, Executor loop, boost::asio::ssl::context& tls, Milliseconds patience);

    /// Posts it up to `deliveries` times, each with fresh nonce, timestamp and random bytes; finished after the last.
    ///
    /// An answer ends it, a time-out does not, and another status than 200 as the push's rules say. Nothing is
    /// delivered where the account has no callback URL, or while the platform has marked it as failed.
    [[nodiscard]] Task<Delivered> deliver(Push push);

    /// The same of several: one after the other, or all at once. Gives what became of each, in the order given.
    [[nodiscard]] Task<std::vector<Delivered>> deliver_all(std::vector<Push> pushes, bool at_once);

    /// The same, without waiting.
    void start(Push push);

    /// Starts what the platform has made by itself: results of jobs.
    void start_due();

    /// Finished when nothing is on its way any more.
    [[nodiscard]] Task<void> settle();

    /// The GET check of the console's "submit": whether the echostr came back, verbatim.
    [[nodiscard]] Task<bool> verify(std::string app_id);

private:
    struct Batch;
    struct UnderWay;
    class Counted;
    [[nodiscard]] Task<Understood> deliver_once(Url url, Push push, int number);
    [[nodiscard]] Task<void> deliver_into(Push push, std::shared_ptr<Batch> batch, std::size_t index);
    [[nodiscard]] Task<void> forget(Push push, std::shared_ptr<const Counted> counted);
    void count(OfficialAccount& account, const PushRules& rules, Answered answered);

    Platform& platform_;
    Executor loop_;
    Caller caller_;
    Milliseconds patience_;
    std::shared_ptr<UnderWay>
        under_way_;  // shared with what is under way, which may outlive us in a stopped loop
};

}  // namespace simulator
