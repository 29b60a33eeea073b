/// One HTTP request to a callback URL, on a connection of its own, as the platform makes it.
#pragma once

#include "simulator/loop.hpp"

#include <boost/asio/ssl/context.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace simulator {

struct Url {
    bool tls = false;
    std::string host = {};
    std::string port = {};
    std::string path = "/";  // with the query, if there is one
};

/// Takes http:// and https:// URLs apart; nothing: it is none. Other ports than 80 and 443 are allowed, as the
/// platform does not.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

struct CallbackAnswer {
    unsigned status = 0;  // 0: no complete answer within the deadline
    std::string body = {};
};

/// What one request is made with. An empty body makes it a GET.
struct CallbackCall {
    Url url = {};
    std::string query = {};
    std::string body = {};
    std::chrono::milliseconds deadline{5000};  // from connecting to the end of the answer (wechat-protocol.md 1.6)
};

/// Finished by the deadline, whatever the other side does. The certificate and its name are verified with tls.
[[nodiscard]] Task<CallbackAnswer> exchange(Executor loop, boost::asio::ssl::context& tls, CallbackCall call);

}  // namespace simulator
