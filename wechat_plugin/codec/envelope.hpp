/// WeChat's encryption of callbacks and of the replies to them.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace wechat::codec {

/// A key of 32 bytes; its schedule is computed once, its memory wiped. Copies share it. May be used by any thread.
class AesKey {
public:
    /// From EncodingAESKey: 43 characters, of which the last one's two lowest bits are ignored (real keys set them).
    ///
    /// Faults: bad_aes_key
    [[nodiscard]] static Result<AesKey> from_encoding_aes_key(std::string_view text);

    struct Schedule;
    [[nodiscard]] const Schedule& schedule() const { return *schedule_; }

private:
    explicit AesKey(std::shared_ptr<const Schedule> schedule);
    std::shared_ptr<const Schedule> schedule_;
};

/// No envelope of ours or the platform's comes near it: a document has at most 64 KiB.
inline constexpr std::size_t largest_envelope = 1U << 20U;

/// Opens WeChat's envelope: the message inside, without random bytes and app_id.
///
/// sealed   whole AES blocks, at most largest_envelope, as decoded from Encrypt; they become the result, UTF-8 XML or JSON
/// app_id   whom the message must be for
/// Faults:  bad_ciphertext (blocks, padding or length do not fit), wrong_app_id
/// Padding is PKCS#7 over 32 bytes, not 16: OpenSSL's own would refuse about half of all messages.
/// Source:  wechat-protocol.md 1.5; vectors/wechat.json, crypt_vectors, synthetic_crypt
[[nodiscard]] Result<std::string>
open_envelope(std::string sealed, const AesKey& key, std::string_view app_id);

/// The same of bytes that stay as they are.
[[nodiscard]] inline Result<std::string>
open_envelope(std::span<const unsigned char> sealed, const AesKey& key, std::string_view app_id)
{
    return open_envelope(
        std::string{reinterpret_cast<const char*>(sealed.data()), sealed.size()}, key, app_id
    );
}

/// The 16 random bytes at the head of an envelope; a parameter, so that a vector can be made again.
using RandomBytes = std::array<unsigned char, 16>;
[[nodiscard]] RandomBytes random_bytes();

/// Seals a message as WeChat does: the simulator's callbacks, and our passive replies. Gives base64, one line.
[[nodiscard]] std::string seal_envelope(
    std::string_view message, const AesKey& key, std::string_view app_id, const RandomBytes& random
);

}  // namespace wechat::codec
