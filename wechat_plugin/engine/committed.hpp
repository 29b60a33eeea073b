/// The store's answers, for coroutines.
#pragma once

#include "base/result.hpp"
#include "loop/task.hpp"
#include "store/store.hpp"

#include <boost/asio/async_result.hpp>

#include <memory>
#include <utility>

namespace wechat::engine {

/// Runs work in a transaction; finishes when it is durable, or with the reason why it is not. What the work refers to
/// must live until then.
inline Task<Result<void>> committed(store::Store& store, store::Key key, store::Work work)
{
    auto initiate = [&store, key = std::move(key), work = std::move(work)](auto handler) mutable {
        // std::function wants to copy, a coroutine's handler cannot be copied.
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        auto done = [shared](const Result<void>& result) { (*shared)(Result<void>(result)); };
        store.run(std::move(key), std::move(work), std::move(done));
    };
    return asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Result<void>)>(
        std::move(initiate), use_task
    );
}

}  // namespace wechat::engine
