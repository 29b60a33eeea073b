/// Text callbacks in secure mode, as many as asked for: the load of every benchmark.
#pragma once

#include "codec/push.hpp"
#include "the_account.hpp"

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace bench {

/// To whom, and by whom, and from which MsgId on. Customers and contacts take turns, scattered: as many callbacks as there
/// are contacts are one of each.
struct Crowd {
    std::uint64_t first_id = 1;
    std::uint64_t contacts = 500;
    std::uint64_t customers = 1;
};

/// MsgIds rise by one. The same crowd gives the same stream.
class CallbackStream {
public:
    CallbackStream(const Crowd& crowd, wechat::Time now);

    /// The next callback, sealed, with a body of about 700 bytes.
    [[nodiscard]] wechat::codec::CallbackRequest next();
    /// The customer of the one that comes next.
    [[nodiscard]] std::string customer() const;

    /// The openid of a contact by his number.
    [[nodiscard]] static std::string openid(std::uint64_t number);

private:
    [[nodiscard]] std::string words();

    Crowd crowd_;
    wechat::Time now_;
    std::uint64_t id_;
    std::mt19937_64 random_{1};
    std::vector<std::shared_ptr<const wechat::codec::CallbackAccount>> accounts_ = {};
};

}  // namespace bench
