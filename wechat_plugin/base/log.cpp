#include "base/log.hpp"


namespace wechat {

std::string log_hash(const OpenId& openid)
{
    // 24 bits, folded from 64: one in sixteen million contacts shares a line's mark with another.
    const auto hash = stable_hash(openid.str());
    const auto folded = (hash ^ (hash >> 24U) ^ (hash >> 48U)) & 0xFFFFFFU;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string mark = "#000000";
    for (std::size_t i = 0; i < 6; ++i)
        mark[6 - i] = digits[(folded >> (4 * i)) & 0xFU];
    return mark;
}

}  // namespace wechat
