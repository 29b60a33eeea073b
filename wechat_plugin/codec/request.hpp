/// From the bytes of a callback request to a callback we may believe.
#pragma once

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "codec/callback.hpp"
#include "codec/envelope.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace wechat::codec {

enum class CallbackMode { plain, compatible, secure };

/// What is needed to believe callbacks of one account.
struct CallbackAccount {
    AppId app_id = {};
    Secret callback_token = {};
    CallbackMode mode = CallbackMode::secure;
    std::optional<AesKey> aes_key = {};           // none only in plain mode
    std::optional<AesKey> previous_aes_key = {};  // while a key is changed, both are good
};

/// The query of a callback request (wechat-protocol.md 1.2, 1.3), percent-decoded.
struct CallbackQuery {
    std::string signature = {};
    std::string timestamp = {};
    std::string nonce = {};
    std::string msg_signature = {};
    std::string encrypt_type = {};
    std::string echostr = {};
    std::string openid = {};
};

/// Takes a query string apart; unknown parameters are ignored, missing ones are empty, of repeated ones the first counts.
[[nodiscard]] CallbackQuery parse_query(std::string_view query);

/// Answers the platform's GET check: the echostr to send back, verbatim.
///
/// Faults: bad_signature
[[nodiscard]] Result<std::string> answer_check(const CallbackAccount& account, const CallbackQuery& query);

/// What a signature over an Encrypt needs besides it and the token.
struct Signed {
    std::string_view signature = {};
    std::string_view timestamp = {};
    std::string_view nonce = {};
};

/// Verifies an Encrypt and opens it with the account's key, or else its previous one; gives the document inside.
///
/// Faults: bad_signature (nothing was decoded then), bad_base64, bad_ciphertext, wrong_app_id, bad_aes_key (none is set)
[[nodiscard]] Result<std::string>
open_signed(const CallbackAccount& account, const Signed& signature, std::string encrypt);

/// Verifies, opens and reads one POST.
///
/// In secure mode a plain body is refused; in compatible mode only the decrypted part counts, a body without Encrypt is
/// refused; in plain mode the signature over token, timestamp and nonce counts.
/// All of it happens in the body's own memory: hand it over.
/// Faults: plaintext_refused (no Encrypt), those of open_signed and of parse_callback. The signature is checked before
///         anything is decoded.
/// Source: wechat-protocol.md 1.3 to 1.5
[[nodiscard]] Result<Callback>
read_callback(const CallbackAccount& account, const CallbackQuery& query, std::string body);

/// A text as a query's value: all but letters, digits and -._~ is escaped.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace wechat::codec
