/// One connection to the simulator: requests in, answers out, until either side has enough.
#pragma once

#include "simulator/control.hpp"
#include "simulator/loop.hpp"

#include <boost/asio/ssl/context.hpp>

#include <functional>

namespace simulator {

/// What every connection is served with; outlives the loop.
struct Service {
    Hands hands;
    Executor loop;
    boost::asio::ssl::context* tls = nullptr;  // null: plain HTTP
    std::function<bool()> refusing = {};       // whether connections are to be reset
};

/// Limits: headers 16 KiB, bodies 1 MiB (files 12 MiB), a request within 30 s, idle for 2 min.
[[nodiscard]] Task<void> serve(Service& service, TcpStream stream);

}  // namespace simulator
