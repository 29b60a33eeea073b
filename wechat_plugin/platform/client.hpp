/// One API host over HTTP/1.1: connections that are kept, TLS that is checked, faults that say what may have happened.
#pragma once

#include "base/result.hpp"
#include "loop/task.hpp"
#include "platform/url.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace wechat::platform {

struct Answer {
    unsigned status = 0;
    std::string body = {};
};

/// How long we wait in real time, and how much we keep. Source: wechat-protocol.md 7 (connect 3 to 5 s, answer 10 s)
struct Limits {
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds answer{10000};
    std::size_t connections = 200;            // at once, to one host
    std::chrono::seconds idle{30};            // a kept connection older than this is not used again
    std::size_t body = std::size_t{1} << 20;  // of an answer
};

struct Figures {
    std::uint64_t requests = 0;
    std::uint64_t connections = 0;  // made; over TLS each is a handshake
};

/// Of the loop's thread only.
class Client {
public:
    /// Checks certificates against the system's store, and the host's name.
    Client(Loop& loop, Url url, Limits limits);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Sends one request and reads its answer; waits for a free connection where all are in use.
    ///
    /// target  path and query; body is JSON and empty for a GET
    /// Faults: not_connected, tls (nothing was written: it may be tried again), no_answer (it was written, or begun to
    ///         be: it may have been carried out), bad_answer (not HTTP, or beyond the limit: it was carried out)
    Task<Result<Answer>> post(std::string target, std::string body);
    Task<Result<Answer>> get(std::string target);

    /// Ends all waiting and all connections; requests under way end with their fault.
    void stop();

    [[nodiscard]] const Figures& figures() const;

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with requests under way, which may outlive this object
};

}  // namespace wechat::platform
