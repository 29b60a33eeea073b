/// The gateway's side that takes our texts. It knows our id, so that asking again is safe.
#pragma once

#include "sms/settings.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace sms {

struct Text {
    std::string id, from, to, text;
};

/// What the gateway made of a text.
struct Delivery {
    enum class Outcome {
        sent,
        failed,  // never: the number, the text
        later,   // nobody answers, or the gateway is at its limit: the same again, with the same id
    };
    Outcome outcome = Outcome::later;
    std::string code = {}, words = {};  // the gateway's, of what has not been sent
};

/// POST /messages {id, from, to, text}: 2xx is sent, 408, 429 and 5xx are later, other 4xx failed with {code, text}.
[[nodiscard]] boost::asio::awaitable<Delivery> deliver(Endpoint gateway, std::string token, Text text);

}  // namespace sms
