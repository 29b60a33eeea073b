/// From one HTTP request to one answer.
#pragma once

#include "webhook/server.hpp"

#include <string>
#include <string_view>

namespace wechat::webhook {

struct Answer {
    unsigned status = 200;
    std::string body = {};  // plain text
    bool operator==(const Answer&) const = default;
};

struct Request {
    enum class Method { get, post, other };
    Method method = Method::other;
    std::string target = {};  // path and query, as they came
    std::string body = {};
};

/// The customer that a target names: "/wechat/harbour-bank?signature=..." gives harbour-bank; empty: another path.
[[nodiscard]] std::string_view customer_of(std::string_view target);

/// Verifies, reads and applies one request. The signature is checked before anything else costs anything.
///
/// why   what an operator reads about a refusal; empty where there is none
Task<Answer> answer(const Seam& seam, Request request, std::string& why);

/// The whole HTTP answer as bytes; of a refusal with "Connection: close".
[[nodiscard]] std::string to_bytes(const Answer& answer, bool keep_alive);

}  // namespace wechat::webhook
