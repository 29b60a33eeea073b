#include "codec/request.hpp"

#include "codec/base64.hpp"
#include "codec/document.hpp"
#include "codec/signature.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace wechat::codec {
namespace {

// Sequences that are none stay as they are, and so does `+`: the platform writes %2B and %20.
std::string percent_decoded(std::string_view text)
{
    if (text.find('%') == std::string_view::npos)
        return std::string{text};
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char byte = 0;
        const auto hex = text.substr(i).size() >= 3 ? text.substr(i + 1, 2) : std::string_view{};
        if (text[i] == '%'
            && std::from_chars(hex.data(), hex.data() + hex.size(), byte, 16).ptr == hex.data() + 2
            && hex.size() == 2) {
            plain += static_cast<char>(byte);
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

constexpr std::array<std::pair<std::string_view, std::string CallbackQuery::*>, 7> parameters{{
    {"signature", &CallbackQuery::signature},
    {"timestamp", &CallbackQuery::timestamp},
    {"nonce", &CallbackQuery::nonce},
    {"msg_signature", &CallbackQuery::msg_signature},
    {"encrypt_type", &CallbackQuery::encrypt_type},
    {"echostr", &CallbackQuery::echostr},
    {"openid", &CallbackQuery::openid},
}};

bool plainly_signed(const CallbackAccount& account, const CallbackQuery& query)
{
    return signature_matches(
        query.signature, {account.callback_token.reveal(), query.timestamp, query.nonce}
    );
}

Result<std::string> open_encrypt(const CallbackAccount& account, std::string encrypt)
{
    if (!account.aes_key)
        return fail(errc::bad_aes_key, "the account has none");
    const auto size = from_base64(encrypt, reinterpret_cast<unsigned char*>(encrypt.data()));
    if (!size)
        return size.error();
    encrypt.resize(*size);
    const auto& app_id = account.app_id.str();
    if (!account.previous_aes_key)
        return open_envelope(std::move(encrypt), *account.aes_key, app_id);
    // wechat-protocol.md 1.5: a new key acts at once, and what is on its way still has the old one.
    auto document = open_envelope(encrypt, *account.aes_key, app_id);
    if (document)
        return document;
    auto older = open_envelope(std::move(encrypt), *account.previous_aes_key, app_id);
    return older ? std::move(older) : std::move(document);
}

}  // namespace

CallbackQuery parse_query(std::string_view query)
{
    CallbackQuery parsed;
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos)
            continue;
        for (const auto& [name, member] : parameters)
            if (pair.substr(0, equals) == name && (parsed.*member).empty())
                parsed.*member = percent_decoded(pair.substr(equals + 1));
    }
    return parsed;
}

Result<std::string> answer_check(const CallbackAccount& account, const CallbackQuery& query)
{
    if (!plainly_signed(account, query))
        return fail(errc::bad_signature);
    return query.echostr;
}

Result<std::string> open_signed(const CallbackAccount& account, const Signed& signature, std::string encrypt)
{
    const auto token = account.callback_token.reveal();
    if (!signature_matches(signature.signature, {token, signature.timestamp, signature.nonce, encrypt}))
        return fail(errc::bad_signature);
    return open_encrypt(account, std::move(encrypt));
}

Result<Callback> read_callback(const CallbackAccount& account, const CallbackQuery& query, std::string body)
{
    if (account.mode == CallbackMode::plain) {
        if (!plainly_signed(account, query))
            return fail(errc::bad_signature);
        return parse_callback(std::move(body));
    }
    auto encrypt = encrypted_part(std::move(body));
    if (!encrypt)
        return encrypt.error().code == errc::missing_field ? fail(errc::plaintext_refused) : encrypt.error();
    const Signed signature{query.msg_signature, query.timestamp, query.nonce};
    auto document = open_signed(account, signature, std::move(*encrypt));
    if (!document)
        return document.error();
    return parse_callback(std::move(*document));
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z')
                        || (byte >= 'a' && byte <= 'z')
                        || std::string_view{"-._~"}.find(c) != std::string_view::npos;
        if (plain)
            encoded += c;
        else
            encoded.append({'%', hex[byte >> 4U], hex[byte & 0xFU]});
    }
    return encoded;
}

}  // namespace wechat::codec
