/// Who may ask at all: decided before a request's path is looked at.
#pragma once

#include "http/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace host::http {

/// The rules for one server.
///
/// loopback  it listens on a loopback address: then a request must name a loopback host, or a web page could
///           reach us by a name of its own that it lets point here (DNS rebinding)
/// token     empty: none is asked for
struct Guard {
    bool loopback = true;
    std::string token;

    /// Why the request is turned away: 401 unauthorized, 403 wrong_host, wrong_origin; or nothing.
    [[nodiscard]] std::optional<Answer> refuse(const Request& request) const;

private:
    [[nodiscard]] bool token_matches(const Request& request) const;
};

/// Compares in a time that tells nothing about where the difference is; the length it does tell.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace host::http
