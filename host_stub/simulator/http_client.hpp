/// HTTP requests to callback URLs, as the platform makes them.
#pragma once

#include "simulator/deadline.hpp"
#include "simulator/loop.hpp"

#include <boost/asio/ssl/context.hpp>

#include <map>
#include <memory>
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

/// status     0: no complete answer within the deadline
/// connected  whether anybody listens there
struct CallbackAnswer {
    unsigned status = 0;
    std::string body = {};
    bool connected = false;
};

/// What one request is made with. An empty body makes it a GET.
///
/// reset  the connection is reset when the first byte of the answer comes: it was handled, and nobody will know
/// pauses between every 16 bytes, in real time
struct CallbackCall {
    Url url = {};
    std::string query = {};
    std::string content_type = {};
    std::string body = {};
    bool keep_alive = false;
    bool chunked = false;
    bool reset = false;
    Milliseconds slow_write{0};
    Milliseconds slow_read{0};
};

/// Makes requests; keeps connections that may be used again. Belongs to the loop's thread, and outlives it.
class Caller {
public:
    Caller(Executor loop, boost::asio::ssl::context& tls);
    ~Caller();
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    /// Finished by the deadline, whatever the other side does. The certificate and its name are verified with TLS.
    ///
    /// The deadline counts from connecting to the end of the answer (wechat-protocol.md 1.6).
    [[nodiscard]] Task<CallbackAnswer> call(CallbackCall call, Deadline& deadline);

    struct Connection;

private:
    [[nodiscard]] Task<std::unique_ptr<Connection>> connect(Url url, Deadline& deadline);

    Executor loop_;
    boost::asio::ssl::context& tls_;
    std::map<std::string, std::unique_ptr<Connection>> idle_;  // by scheme, host and port
};

}  // namespace simulator
