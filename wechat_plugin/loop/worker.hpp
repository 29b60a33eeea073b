/// A thread for what waits for the disk or computes for long, so that the loop does neither.
#pragma once

#include "base/result.hpp"
#include "loop/task.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <utility>

namespace wechat {

/// Of the loop's thread. Joined by its destructor, when nobody may wait for it any more.
class Worker {
public:
    explicit Worker(Loop& loop) : loop_(loop) {}
    ~Worker() { pool_.join(); }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Runs work there, after what was handed over before; what it throws becomes the fault `failed`.
    template <class T>
    Task<Result<T>> run(std::function<Result<T>()> work, errc failed)
    {
        auto initiate = [this, work = std::move(work), failed](auto handler) mutable {
            // std::function wants to copy, a coroutine's handler cannot be copied.
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            auto there = [this, work = std::move(work), failed, shared, busy = asio::make_work_guard(loop_)] {
                auto result = std::make_shared<Result<T>>(guarded<T>(work, failed));
                asio::post(loop_, [shared, result] { (*shared)(std::move(*result)); });
            };
            asio::post(pool_, std::move(there));
        };
        return asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Result<T>)>(
            std::move(initiate), use_task
        );
    }

private:
    template <class T>
    static Result<T> guarded(const std::function<Result<T>()>& work, errc failed)
    try {
        return work();
    } catch (const std::exception& failure) {
        return fail(failed, failure.what());
    }

    Loop& loop_;
    asio::thread_pool pool_{1};
};

}  // namespace wechat
