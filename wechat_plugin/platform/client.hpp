/// The API's hosts over HTTP/1.1: connections that are kept, TLS that is checked, faults that say what may have happened.
#pragma once

#include "base/result.hpp"
#include "loop/task.hpp"
#include "platform/url.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace wechat::platform {

/// content_type and disposition as the header has them; empty: none.
struct Answer {
    unsigned status = 0;
    std::string body = {};
    std::string content_type = {};
    std::string disposition = {};
    std::string date = {};  // the field Date, as it came; empty: none
};

/// How long we wait in real time, and how much we keep. Source: wechat-protocol.md 7 (connect 3 to 5 s, answer 10 s,
/// upload 60 s)
struct Limits {
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds answer{10000};
    std::chrono::milliseconds file_answer{60000};   // of a request or an answer that is a file
    std::size_t connections = 200;                  // at once, to one host
    std::chrono::seconds idle{30};                  // a kept connection older than this is not used again
    std::size_t body = std::size_t{1} << 20;        // of an answer
    std::size_t file_body = std::size_t{32} << 20;  // the same of a file: above all that contacts can send
    std::chrono::milliseconds away{
        300'000};  // so long the next host stays in use before the first is tried again
};

/// One request. file: it carries a file, or its answer does, and the limits of those count.
struct ApiRequest {
    std::string target = {};  // path and query
    std::string body = {};
    std::string content_type = "application/json; charset=utf-8";
    bool post = true;
    bool file = false;
};

struct Figures {
    std::uint64_t requests = 0;
    std::uint64_t connections = 0;  // made; over TLS each is a handshake
    std::uint64_t failovers = 0;    // from one host to the next
};

/// One platform under several host names. Of the loop's thread only.
class Client {
public:
    /// Checks certificates against the system's store, and the host's name.
    ///
    /// hosts  at least one. Where the one in use cannot be reached, or answers 5xx, the next one serves (wechat-protocol.md
    ///        7): at once before anything was written, with the next request after an answer. The first comes back later
    Client(Loop& loop, std::vector<Url> hosts, Limits limits);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Sends one request and reads its answer; waits for a free connection where all are in use.
    ///
    /// Faults: not_connected, tls (nothing was written: it may be tried again), no_answer (it was written, or begun to
    ///         be: it may have been carried out), bad_answer (not HTTP, or beyond the limit: it was carried out)
    Task<Result<Answer>> send(ApiRequest request);
    Task<Result<Answer>> post(std::string target, std::string body)
    {
        return send({.target = std::move(target), .body = std::move(body)});
    }
    Task<Result<Answer>> get(std::string target)
    {
        return send({.target = std::move(target), .post = false});
    }

    /// Ends all waiting and all connections; requests under way end with their fault.
    void stop();

    [[nodiscard]] const Figures& figures() const;

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with requests under way, which may outlive this object
};

}  // namespace wechat::platform
