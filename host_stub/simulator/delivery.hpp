/// Callbacks on their way: signed, sealed, posted, repeated.
#pragma once

#include "simulator/callback_answer.hpp"
#include "simulator/http_client.hpp"
#include "simulator/loop.hpp"
#include "simulator/platform.hpp"

#include <chrono>
#include <string>

namespace simulator {

/// What became of a callback: attempts made, the last answer, and what the phone shows of it (empty: nothing).
struct Delivered {
    int deliveries = 0;
    Answered answered = Answered::none;
    std::string shown = {};
};

/// Delivers callbacks. All references outlive the loop; everything happens on its thread.
class Courier {
public:
    Courier(Platform& platform, Executor loop, boost::asio::ssl::context& tls, std::chrono::milliseconds deadline)
        : platform_(platform), loop_(loop), tls_(tls), deadline_(deadline)
    {
    }

    /// Posts it up to `deliveries` times, each with fresh nonce, timestamp and random bytes; finished after the last.
    ///
    /// An answer ends it, a time-out or another status than 200 does not. Nothing is delivered where the account has no
    /// callback URL, or while the platform has marked it as failed.
    [[nodiscard]] Task<Delivered> deliver(Push push);

    /// The GET check of the console's "submit": whether the echostr came back, verbatim.
    [[nodiscard]] Task<bool> verify(std::string app_id);

private:
    [[nodiscard]] Task<CallbackAnswer> post(Url url, Push push);
    void count(OfficialAccount& account, Answered answered);

    Platform& platform_;
    Executor loop_;
    boost::asio::ssl::context& tls_;
    std::chrono::milliseconds deadline_;
};

}  // namespace simulator
