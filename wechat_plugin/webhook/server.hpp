/// The HTTP server that WeChat calls: GET and POST /wechat/<customer> (interfaces.md 3).
#pragma once

#include "base/log.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/request.hpp"
#include "loop/busy.hpp"
#include "loop/task.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wechat::webhook {

/// What a peer may use up. All of it in real time: these are a socket's limits, and looked at once a second.
struct Limits {
    std::size_t header = std::size_t{16} << 10;  // 431 beyond it
    std::size_t body = std::size_t{64} << 10;    // 413; the largest callback we know is under 16 KiB
    std::chrono::seconds arrival{5};    // from a request's first byte to its last: WeChat itself waits 5 s
    std::chrono::seconds idle{75};      // between two requests of a connection
    std::chrono::seconds departure{5};  // for our answer to be taken
    std::size_t connections = 12000;    // one more is closed at once
    std::size_t in_hand = 4096;         // callbacks being applied; one more is told 503, WeChat comes again
};

struct Certificate {
    std::string chain_file = {};  // PEM
    std::string key_file = {};    // PEM
};

struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8081;  // 0: any free one
    std::optional<Certificate> tls = {};
    Limits limits = {};
};

/// What the server needs of the rest: whom a path names, and what to do with a callback that may be believed.
struct Seam {
    /// The account of a customer's name; null: there is none.
    std::function<std::shared_ptr<const codec::CallbackAccount>(std::string_view customer)> account_of;

    /// Applies a callback. When it has finished without a fault, the callback is durable and may be acknowledged.
    ///
    /// Gives the text of a passive reply, to be answered instead of `success`; usually empty.
    std::function<Task<Result<std::string>>(std::string customer, codec::Callback callback)> apply;

    std::function<Time()> now;
};

struct Figures {
    std::uint64_t requests = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t checks = 0;       // GETs answered with their echostr
    std::uint64_t forged = 0;       // 403
    std::uint64_t unreadable = 0;   // 400, 404, 405, 413, 431
    std::uint64_t put_off = 0;      // 503: WeChat comes again
    std::uint64_t cut_off = 0;      // too slow, or gone in mid-request
    std::uint64_t connections = 0;  // open now
};

/// Answers: 200 `success` or the echostr; 400 unreadable; 403 forged; 404 no such path or customer; 405 neither GET nor
/// POST; 413 and 431 too large; 503 not durable, so that WeChat comes again. Of the loop's thread only.
class Server {
public:
    Server(Loop& loop, Options options, Seam seam, Log log, Busy& busy);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Opens the port and begins to accept.
    ///
    /// Faults: port_unavailable, bad_settings (certificate or key)
    [[nodiscard]] Result<void> start();

    /// The port it listens on; good after start.
    [[nodiscard]] std::uint16_t port() const;

    /// Closes the port, lets requests in hand be answered for at most `grace`, and ends all connections.
    Task<> stop(std::chrono::milliseconds grace);

    [[nodiscard]] const Figures& figures() const;

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with the connections
};

}  // namespace wechat::webhook
