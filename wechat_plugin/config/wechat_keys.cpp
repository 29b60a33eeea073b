#include "config/wechat_keys.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace wechat::config {
namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
bool is_letter_or_digit(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_app_id(std::string_view text)
{
    return !text.empty() && text.size() <= 64
        && std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

// It goes into a JSON body: anything that can be seen.
bool is_app_secret(std::string_view text)
{
    return !text.empty() && text.size() <= 128
        && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

// wechat-protocol.md 1.1
bool is_token(std::string_view text)
{
    return text.size() >= 3 && text.size() <= 32 && std::ranges::all_of(text, is_letter_or_digit);
}

// wechat-protocol.md 1.1; + and / are base64, too, and no key that works is refused for them.
bool is_aes_key(std::string_view text)
{
    return text.size() == 43
        && std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '+' || c == '/'; });
}

bool is_this_machine(std::string_view host)
{
    const bool ipv4 =
        host.starts_with("127.") && std::ranges::all_of(host, [](char c) { return is_digit(c) || c == '.'; });
    return host == "localhost" || host == "[::1]" || ipv4;
}

// The host of "HOST" or "HOST:PORT", of which "[::1]" is one; nothing: it is neither.
std::string_view host_of(std::string_view authority)
{
    const auto bracket = authority.rfind(']');
    const auto colon = authority.find(':', authority.starts_with('[') ? bracket : 0);
    const auto host = authority.substr(0, colon);
    if (host.starts_with('[') != host.ends_with(']'))
        return {};
    if (colon == std::string_view::npos)
        return host;
    const auto port = authority.substr(colon + 1);
    return !port.empty() && port.size() <= 5 && std::ranges::all_of(port, is_digit) ? host
                                                                                    : std::string_view{};
}

// Access tokens and texts stand in requests, so http:// must not leave this machine.
bool is_api(std::string_view text)
{
    const bool tls = text.starts_with("https://");
    if (!tls && !text.starts_with("http://"))
        return false;
    text.remove_prefix(tls ? 8 : 7);
    const bool readable = std::ranges::all_of(text, [](char c) {
        return is_letter_or_digit(c) || std::string_view{"-._~:[]/"}.find(c) != std::string_view::npos;
    });
    const auto host = host_of(text.substr(0, text.find('/')));
    return readable && !host.empty() && (tls || is_this_machine(host));
}

// It becomes part of a text that contacts tap on.
bool is_map_link(std::string_view text)
{
    return text.starts_with("https://") && text.size() <= 512
        && text.find("{latitude}") != std::string_view::npos
        && text.find("{longitude}") != std::string_view::npos
        && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

bool is_sendable(std::string_view name)
{
    return policy::sendable.contains(kind_named(name));
}

std::optional<std::set<Kind>> can_send(const Reader& in)
{
    if (in.node().kind != Node::Kind::list) {
        in.expected("a list of text, image, voice, video, location, link");
        return std::nullopt;
    }
    std::set<Kind> kinds;
    bool good = true;
    for (const auto& item : in.node().items) {
        const auto name = in.of(item).text("text, image, voice, video, location or link", is_sendable);
        good = good && name;
        if (name)
            kinds.insert(kind_named(*name));
    }
    return good ? std::optional{kinds} : std::nullopt;
}

constexpr std::string_view aes_key_words = "an EncodingAESKey: 43 letters and digits";

std::optional<CallbackMode> callback_mode(const Reader& in)
{
    constexpr std::array modes{
        std::pair{std::string_view{"plain"}, CallbackMode::plain},
        std::pair{std::string_view{"compatible"}, CallbackMode::compatible},
        std::pair{std::string_view{"secure"}, CallbackMode::secure},
    };
    for (const auto& [name, mode] : modes)
        if (in.node().kind == Node::Kind::scalar && in.node().text == name)
            return mode;
    in.expected("secure, compatible or plain");
    return std::nullopt;
}

constexpr std::array rows{
    Key<WeChat>{
        "app_id",
        "The account's id, from the platform's console: wx and 16 hexadecimal digits, as a rule.",
        [](const Reader& in, WeChat& wechat) {
            take(wechat.app_id, in.text("an app_id such as wx0123456789abcdef", is_app_id));
        },
        true,
    },
    Key<WeChat>{
        "app_secret",
        "The account's secret, with which access tokens are fetched.",
        [](const Reader& in, WeChat& wechat) {
            take(
                wechat.app_secret,
                in.secret("an app secret: 1 to 128 visible ASCII characters", is_app_secret)
            );
        },
        true,
    },
    Key<WeChat>{
        "token",
        "The Token of the account's callbacks: 3 to 32 letters and digits.",
        [](const Reader& in, WeChat& wechat) {
            take(wechat.token, in.secret("a token: 3 to 32 letters and digits", is_token));
        },
        true,
    },
    Key<WeChat>{
        "encoding_aes_key",
        "The EncodingAESKey of the account's callbacks, 43 characters; needed unless callback_mode is plain.",
        [](const Reader& in, WeChat& wechat) {
            take(wechat.encoding_aes_key, in.secret(aes_key_words, is_aes_key));
        },
    },
    Key<WeChat>{
        "previous_encoding_aes_key",
        "The EncodingAESKey that was in use before, while the key is being changed.",
        [](const Reader& in, WeChat& wechat) {
            take(wechat.previous_encoding_aes_key, in.secret(aes_key_words, is_aes_key));
        },
    },
    Key<WeChat>{
        "callback_mode",
        "How WeChat sends callbacks, as set in the platform's console: secure, unless there is a reason.",
        [](const Reader& in, WeChat& wechat) { take(wechat.callback_mode, callback_mode(in)); },
    },
    Key<WeChat>{
        "api",
        "Where the platform's API is; http:// is accepted for this machine only.",
        [](const Reader& in, WeChat& wechat) {
            take(wechat.api, in.text("https://HOST, or http:// to this machine only", is_api));
        },
    },
    Key<WeChat>{
        "map_link",
        "What a location becomes for the contact: a link with {latitude}, {longitude} and, if wanted, {name} "
        "in it.",
        [](const Reader& in, WeChat& wechat) {
            take(
                wechat.map_link,
                in.text(
                    "a link that begins with https:// and has {latitude} and {longitude} in it", is_map_link
                )
            );
        },
    },
    Key<WeChat>{
        "can_send",
        "What the account's rights let it send; an account that is not verified sends nothing: [] (S5).",
        [](const Reader& in, WeChat& wechat) { take(wechat.can_send, can_send(in)); },
    },
};

}  // namespace

std::span<const Key<WeChat>> wechat_keys()
{
    return rows;
}

void read_wechat(const Reader& in, WeChat& wechat)
{
    in.keys(wechat_keys(), wechat);
    if (in.node().kind != Node::Kind::map || in.node().find("encoding_aes_key"))
        return;
    if (wechat.callback_mode != CallbackMode::plain)
        in.of(in.node().nearest({"callback_mode"}))
            .complain("missing_key", "a callback_mode other than plain needs the key \"encoding_aes_key\"");
    else if (const auto* const previous = in.node().find("previous_encoding_aes_key"))
        in.of(*previous).complain("bad_value", "a previous_encoding_aes_key without an encoding_aes_key");
}

}  // namespace wechat::config
