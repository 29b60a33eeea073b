#include "simulator/account.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace simulator {
namespace {

namespace codec = wechat::codec;
namespace ip = boost::asio::ip;
using wechat::errc;
using wechat::fail;

constexpr std::array<std::pair<std::string_view, codec::CallbackMode>, 3> modes{{
    {"plain", codec::CallbackMode::plain},
    {"compatible", codec::CallbackMode::compatible},
    {"secure", codec::CallbackMode::secure},
}};

bool covers(const std::string& allowed, const std::string& address)
{
    boost::system::error_code other;
    const auto v4 = ip::make_address_v4(address, other);
    const auto network = other ? ip::network_v4{} : ip::make_network_v4(allowed, other);
    if (!other)
        return network.canonical() == ip::network_v4{v4, network.prefix_length()}.canonical();
    const auto v6 = ip::make_address_v6(address, other);
    const auto network6 = other ? ip::network_v6{} : ip::make_network_v6(allowed, other);
    return !other && network6.canonical() == ip::network_v6{v6, network6.prefix_length()}.canonical();
}

}  // namespace

wechat::Result<codec::CallbackAccount> callback_account(const Account& account)
{
    codec::CallbackAccount made{
        .app_id = wechat::AppId{account.app_id}, .callback_token = wechat::Secret{account.token}};
    const auto* const mode =
        std::ranges::find(modes, account.callback_mode, &decltype(modes)::value_type::first);
    if (mode == modes.end())
        return fail(errc::bad_settings, "callback_mode: expected plain, compatible or secure");
    made.mode = mode->second;
    if (made.mode == codec::CallbackMode::plain && account.encoding_aes_key.empty())
        return made;
    auto key = codec::AesKey::from_encoding_aes_key(account.encoding_aes_key);
    if (!key)
        return key.error();
    made.aes_key = std::move(*key);
    return made;
}

bool allows(const Account& account, std::string_view address)
{
    const std::string from{address};
    return account.allowed_ips.empty()
        || std::ranges::any_of(account.allowed_ips, [&](const std::string& allowed) {
               return allowed == from || covers(allowed, from);
           });
}

}  // namespace simulator
