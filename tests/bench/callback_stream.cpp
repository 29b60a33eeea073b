#include "callback_stream.hpp"

#include <array>
#include <string_view>

namespace bench {

using namespace wechat;

namespace {

constexpr std::size_t text_bytes = 48;            // about what people write at once
constexpr std::uint64_t scatter = 2'654'435'761;  // a prime: neighbours in time are none in the store
constexpr std::array<std::string_view, 4> phrases{
    "你好，我想问一下我的银行卡什么时候可以取",
    "Hello, where is my card? ",
    "谢谢 🙂 ",
    "Please call me back at six. "};

}  // namespace

CallbackStream::CallbackStream(const Crowd& crowd, Time now) : crowd_(crowd), now_(now), id_(crowd.first_id)
{
    for (std::uint64_t number = 0; number < crowd_.customers; ++number)
        accounts_.push_back(account_number(number));
}

std::string CallbackStream::customer() const
{
    return customer_number(id_ % crowd_.customers);
}

std::string CallbackStream::openid(std::uint64_t number)
{
    auto digits = std::to_string(number);
    return "oBench" + std::string(22 - digits.size(), '0') + digits;  // 28 characters, as the platform's
}

std::string CallbackStream::words()
{
    std::string text{phrases[random_() % phrases.size()]};
    while (text.size() < text_bytes)
        text += std::to_string(random_() % 100'000) + ' ';
    return text;
}

codec::CallbackRequest CallbackStream::next()
{
    const auto& account = *accounts_[id_ % crowd_.customers];
    codec::ContactMessage message;
    message.id = id_;
    message.content.text = words();
    codec::Callback callback;
    callback.to = original_id;
    callback.from = OpenId{openid(id_ * scatter % crowd_.contacts)};
    callback.at = now_;
    callback.what = std::move(message);
    codec::Delivery delivery{
        .to = callback.to,
        .openid = callback.from,
        .timestamp = std::to_string(to_seconds(now_)),
        .nonce = std::to_string(random_() % 1'000'000'000),
    };
    for (auto& byte : delivery.random)
        byte = static_cast<unsigned char>('a' + random_() % 26);
    ++id_;
    return codec::make_request(account, codec::write_callback_xml(callback), delivery);
}

}  // namespace bench
