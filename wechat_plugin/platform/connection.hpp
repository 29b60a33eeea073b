/// One connection to an API host, with or without TLS.
#pragma once

#include "base/result.hpp"
#include "loop/task.hpp"
#include "platform/client.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace wechat::platform {

class Connection {
public:
    /// tls: none for http.
    Connection(Loop& loop, asio::ssl::context* tls);

    /// Faults: not_connected, tls
    Task<Result<void>> connect(Url url, std::chrono::milliseconds limit);

    /// request  a whole HTTP request, as bytes
    /// Faults: no_answer, bad_answer
    Task<Result<Answer>> exchange(std::string request, std::chrono::milliseconds limit, std::size_t most);

    /// Whether the last answer left it open.
    [[nodiscard]] bool alive() const { return alive_; }

    /// Ends what is under way with its fault, connecting included; for good.
    void close()
    {
        closed_ = true;
        tcp().close();
    }

    /// Whether it may carry a further request: young enough, and the peer has sent nothing meanwhile. A peer that has
    /// closed has sent its end, so that a request is not written into a connection that is known to be dead.
    [[nodiscard]] bool reusable(std::chrono::seconds idle);

private:
    Stream& tcp() { return tls_ ? beast::get_lowest_layer(*tls_) : *plain_; }

    std::optional<Stream> plain_;
    std::optional<beast::ssl_stream<Stream>> tls_;
    beast::flat_buffer buffer_;
    bool alive_ = false;
    bool closed_ = false;
    std::chrono::steady_clock::time_point used_ = {};
};

}  // namespace wechat::platform
