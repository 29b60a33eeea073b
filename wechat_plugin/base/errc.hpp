/// Every fault of the plugin by name. Numbers are appended, never reused: logs and stores keep them.
#pragma once

#include <string_view>

namespace wechat {

enum class errc {
    // What came from outside and cannot be believed or read.
    bad_signature = 1,       // a callback's signature does not fit its parts
    bad_base64 = 2,          // not base64, or not of the length it must have
    bad_ciphertext = 3,      // blocks, padding or length of an envelope do not fit
    wrong_app_id = 4,        // the envelope is for another account
    bad_xml = 5,             // not the XML that WeChat writes
    bad_json = 6,            // not JSON, or without what must be in it
    missing_field = 7,       // a callback without sender, time or type
    plaintext_refused = 8,   // a plain body where the account's mode is secure
    bad_aes_key = 9,         // not 43 characters of base64
    too_large = 10,          // beyond a limit of ours
    bad_utf8 = 11,           // text that is not UTF-8

    // The way to the platform.
    not_connected = 20,      // nothing was written: it may be tried again
    no_answer = 21,          // the request was written, its answer never came: it may have been carried out
    bad_answer = 22,         // an answer that is neither JSON nor anything else we know
    refused_by_platform = 23,  // an errcode, kept in the answer's words
    bad_url = 24,            // not http:// or https:// with a host
    tls = 25,                // certificate, host name or handshake

    // The store.
    store_busy = 40,         // somebody else writes
    store_full = 41,         // no room on the disk, or the disk is read-only
    store_broken = 42,       // it cannot be opened or read
    store_too_new = 43,      // written by a later version of this program
    not_found = 44,          // no such row

    // The plugin itself.
    stopping = 60,           // on the way down: nothing new is taken
    unknown_customer = 61,   // no customer of that name
    bad_settings = 62,       // settings that cannot be used
    secret_unreadable = 63,  // an environment variable or a file that should hold a secret
    port_unavailable = 64,   // the address to listen on cannot be had
    crypto = 65,             // OpenSSL would not do what it always does
    media_full = 66,         // no room for a file: the folder's limit, or the disk's
};

/// The fault's name, as logs show it: "bad_signature".
[[nodiscard]] std::string_view name_of(errc code);

}  // namespace wechat
