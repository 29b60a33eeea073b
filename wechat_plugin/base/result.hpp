/// What an operation that can fail gives: its value, or a fault with a name and a detail.
#pragma once

#include "base/errc.hpp"

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace wechat {

/// Why an operation did not happen. Decisions read the code; people and logs the detail.
///
/// The detail never quotes a text, an openid, a token or a secret.
struct Fault {
    errc code = {};
    std::string detail = {};
    bool operator==(const Fault&) const = default;
};

/// "bad_ciphertext: 17 bytes are no whole blocks", or the name alone.
[[nodiscard]] inline std::string describe(const Fault& fault)
{
    std::string words{name_of(fault.code)};
    if (!fault.detail.empty())
        words += ": " + fault.detail;
    return words;
}

// Found by boost::system::result where value() is called on a fault: a mistake of ours.
[[noreturn]] inline void throw_exception_from_error(const Fault& fault, const boost::source_location&)
{
    throw std::logic_error("value of a failed result: " + describe(fault));
}

template <class T>
using Result = boost::system::result<T, Fault>;

[[nodiscard]] inline Fault fail(errc code, std::string detail = {})
{
    return Fault{.code = code, .detail = std::move(detail)};
}

}  // namespace wechat
