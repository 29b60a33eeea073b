/// A coroutine waits for a call from another thread, for a while. Of use to the host and to channels alike.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace host {

/// Where one value arrives. Lives in the coroutine that waits; its address may outlive it, and the loop.
template <class Value>
class Mailbox {
public:
    explicit Mailbox(boost::asio::io_context& loop) : timer_(loop), box_(std::make_shared<Box>())
    {
        box_->loop = &loop;
        box_->timer = &timer_;
    }
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;
    ~Mailbox()
    {
        const std::lock_guard lock{box_->mutex};
        box_->loop = nullptr;
        box_->timer = nullptr;
    }

    /// Takes the value: from any thread, the first one counts, and one that comes too late is dropped.
    [[nodiscard]] std::function<void(const Value&)> address() const
    {
        return [box = box_](const Value& value) {
            const std::lock_guard lock{box->mutex};
            if (!box->loop || box->value)
                return;
            box->value = value;
            boost::asio::post(*box->loop, [box] { box->wake(); });
        };
    }

    /// What has arrived within patience; nothing if nothing has. On the loop's thread.
    boost::asio::awaitable<std::optional<Value>> take(std::chrono::milliseconds patience)
    {
        if (!present()) {
            timer_.expires_after(patience);
            boost::system::error_code woken;
            auto with_fault = boost::asio::redirect_error(boost::asio::use_awaitable, woken);
            co_await timer_.async_wait(std::move(with_fault));
        }
        co_return present();
    }

private:
    struct Box {
        void wake()
        {
            const std::lock_guard lock{mutex};
            if (timer)
                timer->cancel();
        }

        std::mutex mutex;
        boost::asio::io_context* loop = nullptr;  // nullptr: nobody waits any more
        boost::asio::steady_timer* timer = nullptr;
        std::optional<Value> value;
    };

    [[nodiscard]] std::optional<Value> present() const
    {
        const std::lock_guard lock{box_->mutex};
        return box_->value;
    }

    boost::asio::steady_timer timer_;
    std::shared_ptr<Box> box_;  // shared with whoever has the address
};

}  // namespace host
