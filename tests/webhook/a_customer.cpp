#include "webhook/a_customer.hpp"

namespace wechat::webhook {

std::shared_ptr<const codec::CallbackAccount> a_customer()
{
    auto account = std::make_shared<codec::CallbackAccount>();
    account->app_id = AppId{"wx01"};
    account->callback_token = Secret{"token"};
    account->aes_key =
        codec::AesKey::from_encoding_aes_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG").value();
    return account;
}

codec::CallbackRequest a_message(const codec::CallbackAccount& account, const std::string& text)
{
    codec::ContactMessage message;
    message.id = 23813376000000001;
    message.content.text = text;
    codec::Callback callback;
    callback.to = "gh_1";
    callback.from = OpenId{"o-lily"};
    callback.at = from_seconds(1'700'000'000);
    callback.what = std::move(message);
    const codec::Delivery delivery{
        .to = "gh_1", .openid = callback.from, .timestamp = "1700000000", .nonce = "n1", .random = {}};
    return codec::make_request(account, codec::write_callback_xml(callback), delivery);
}

}  // namespace wechat::webhook
