/// Coroutines run to their end by a test.
#pragma once

#include "loop/task.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace wechat {

/// Runs one coroutine, and all else on the loop, until nothing is left to do.
template <class T>
T finished(Loop& loop, Task<T> task)
{
    std::optional<T> result;
    const auto told = [&](const std::exception_ptr& failure, T value) {
        if (failure)
            std::rethrow_exception(failure);
        result.emplace(std::move(value));
    };
    asio::co_spawn(loop, std::move(task), told);
    loop.restart();
    loop.run();
    return std::move(result).value();
}

}  // namespace wechat
