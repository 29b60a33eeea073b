/// A request and its answer, without a socket.
#pragma once

#include "simulator/clock.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace simulator {

/// path and query as received, percent-encoding included; peer is an address without port.
struct Request {
    std::string method = {};
    std::string path = {};
    std::string query = {};
    std::string content_type = {};
    std::string body = {};
    std::string peer = {};
    bool chunked = false;
};

/// An answer. The platform's are HTTP 200 also for failures (wechat-protocol.md 4.0).
///
/// manner          cut: the connection ends half-way through the body; none: it ends without a byte; reset: it is reset
/// content_length  what the header says, where that is not the body's length
/// latency         how long the answer waits
struct Response {
    enum class Manner { whole, cut, none, reset };
    unsigned status = 200;
    std::string content_type = "application/json; encoding=utf-8";
    std::string body = {};
    std::string disposition = {};  // Content-disposition, where there is a file
    Manner manner = Manner::whole;
    std::optional<std::size_t> content_length = {};
    Milliseconds latency{0};
};

/// A parameter of a query, percent-decoded, `+` included; empty: there is none.
[[nodiscard]] std::string parameter(std::string_view query, std::string_view name);
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace simulator
