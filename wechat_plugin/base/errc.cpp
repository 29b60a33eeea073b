#include "base/errc.hpp"

namespace wechat {

std::string_view name_of(errc code)
{
    switch (code) {
    case errc::bad_signature: return "bad_signature";
    case errc::bad_base64: return "bad_base64";
    case errc::bad_ciphertext: return "bad_ciphertext";
    case errc::wrong_app_id: return "wrong_app_id";
    case errc::bad_xml: return "bad_xml";
    case errc::bad_json: return "bad_json";
    case errc::missing_field: return "missing_field";
    case errc::plaintext_refused: return "plaintext_refused";
    case errc::bad_aes_key: return "bad_aes_key";
    case errc::too_large: return "too_large";
    case errc::bad_utf8: return "bad_utf8";
    case errc::not_connected: return "not_connected";
    case errc::no_answer: return "no_answer";
    case errc::bad_answer: return "bad_answer";
    case errc::refused_by_platform: return "refused_by_platform";
    case errc::bad_url: return "bad_url";
    case errc::tls: return "tls";
    case errc::store_busy: return "store_busy";
    case errc::store_full: return "store_full";
    case errc::store_broken: return "store_broken";
    case errc::store_too_new: return "store_too_new";
    case errc::not_found: return "not_found";
    case errc::stopping: return "stopping";
    case errc::unknown_customer: return "unknown_customer";
    case errc::bad_settings: return "bad_settings";
    case errc::secret_unreadable: return "secret_unreadable";
    case errc::port_unavailable: return "port_unavailable";
    case errc::crypto: return "crypto";
    case errc::media_full: return "media_full";
    }
    return "unknown";
}

}  // namespace wechat
