/// One connection to the simulator: requests in, answers out, until either side has enough.
#pragma once

#include "simulator/delivery.hpp"
#include "simulator/loop.hpp"
#include "simulator/platform.hpp"

#include <boost/asio/ssl/context.hpp>

namespace simulator {

/// What every connection is served with; outlives the loop.
struct Service {
    Platform& platform;
    Courier& courier;
    Executor loop;
    boost::asio::ssl::context* tls = nullptr;  // null: plain HTTP
    bool files = true;                         // whether callers may name files of this machine
};

/// Limits: headers 16 KiB, bodies 1 MiB (files 12 MiB), a request within 30 s, idle for 2 min.
[[nodiscard]] Task<void> serve(Service& service, TcpStream stream);

}  // namespace simulator
