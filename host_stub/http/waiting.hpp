/// A coroutine waits for a call from another thread, for a while.
#pragma once

#include "http/message.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace host::http {

/// Where the value arrives: set from any thread, once; later ones are dropped.
template <class Value>
class Mailbox : public std::enable_shared_from_this<Mailbox<Value>> {
public:
    explicit Mailbox(boost::asio::io_context& loop) : loop_(loop), timer_(loop) {}

    void put(Value value)
    {
        // The mailbox outlives whoever gave up waiting: the call may come later.
        const auto arrive = [self = this->shared_from_this(), value = std::move(value)] {
            if (!self->value_)
                self->value_ = value;
            self->timer_.cancel();
        };
        boost::asio::post(loop_, arrive);
    }

    /// What has arrived within patience; nothing if nothing has. On the loop's thread.
    Task<std::optional<Value>> take(std::chrono::milliseconds patience)
    {
        if (!value_) {
            timer_.expires_after(patience);
            boost::system::error_code woken;
            auto with_fault = boost::asio::redirect_error(boost::asio::use_awaitable, woken);
            co_await timer_.async_wait(std::move(with_fault));
        }
        co_return value_;
    }

private:
    boost::asio::io_context& loop_;
    boost::asio::steady_timer timer_;
    std::optional<Value> value_;
};

}  // namespace host::http
