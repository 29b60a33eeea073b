#include "platform/fetch.hpp"

#include "platform/connection.hpp"

#include <boost/asio/ssl/context.hpp>

namespace wechat::platform {

Task<Result<Answer>> fetch(Loop& loop, std::string url, Limits limits)
{
    const auto where = read_file_url(url);
    if (!where)
        co_return where.error();
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_default_verify_paths();
    tls.set_verify_mode(asio::ssl::verify_peer);
    Connection connection(loop, where->tls ? &tls : nullptr);
    Url host = *where;
    const auto connected = co_await connection.connect(host, limits.connect);
    if (!connected)
        co_return connected.error();
    std::string request =
        "GET " + host.path + " HTTP/1.1\r\nHost: " + authority(host) + "\r\nConnection: close\r\n\r\n";
    auto answer = co_await connection.exchange(std::move(request), limits.file_answer, limits.file_body);
    if (answer && answer->status != 200)
        co_return fail(errc::bad_answer, "HTTP " + std::to_string(answer->status));
    co_return answer;
}

}  // namespace wechat::platform
