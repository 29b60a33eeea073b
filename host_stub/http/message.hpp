/// One request and its answer, without a socket.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::http {

template <class T>
using Task = boost::asio::awaitable<T>;

struct Request {
    std::string method = {};  // "GET"
    std::string path = {};    // as sent, without the query
    std::map<std::string, std::string, std::less<>> query = {};
    std::string host = {}, origin = {}, authorization = {}, protocol = {}, range = {};  // headers; empty: not there
    std::string body = {};

    [[nodiscard]] std::string parameter(std::string_view name) const
    {
        const auto found = query.find(name);
        return found == query.end() ? std::string{} : found->second;
    }
};

struct Answer {
    unsigned status = 200;
    std::string type = "application/json";
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

[[nodiscard]] Answer json_answer(unsigned status, const boost::json::value& value);
/// {error, text}: how every failure looks.
[[nodiscard]] Answer failure(unsigned status, std::string_view error, std::string_view text);

/// "/api/x?after=3&name=a%20b": path and query. The path keeps its escapes, so that %2F divides nothing.
void read_target(std::string_view target, Request& request);
/// Undoes %41 and, in queries, +. What is no escape stays as it is.
[[nodiscard]] std::string unescape(std::string_view text, bool in_query);

}  // namespace host::http
