#include "codec/envelope.hpp"

#include "base/secret.hpp"
#include "codec/base64.hpp"
#include "codec/spare.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace wechat::codec {
namespace {

constexpr std::size_t aes_block = 16;
constexpr std::size_t pad_block = 32;  // wechat-protocol.md 1.5: PKCS#7 over 32 bytes
constexpr std::size_t random_size = std::tuple_size_v<RandomBytes>;
constexpr std::size_t head_size = random_size + 4;  // random bytes, length of the message
constexpr std::size_t encoding_aes_key_size = 43;   // wechat-protocol.md 1.1

using Contexts = Spare<EVP_CIPHER_CTX, &EVP_CIPHER_CTX_free>;

const EVP_CIPHER* aes_256_cbc()
{
    // Fetched once, for an implicit fetch costs three times the decryption of a message.
    static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher{
        EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr), &EVP_CIPHER_free};
    must(cipher != nullptr, "fetch AES-256-CBC");
    return cipher.get();
}

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

std::uint32_t big_endian(std::string_view four)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = (value << 8U) | bytes_of(four)[i];
    return value;
}

// How many bytes of padding stand at the end; 0: none that fits.
std::size_t padding_of(std::string_view plain)
{
    const std::size_t size = bytes_of(plain)[plain.size() - 1];
    if (size == 0 || size > pad_block || size > plain.size())
        return 0;
    const auto tail = plain.substr(plain.size() - size);
    return std::ranges::count(tail, plain.back()) == static_cast<std::ptrdiff_t>(size) ? size : 0;
}

// A context with the key's schedule inside, for one direction.
class Cipher {
public:
    Cipher(std::span<const unsigned char> key, bool sealing) : master_(EVP_CIPHER_CTX_new())
    {
        must(master_ != nullptr, "context");
        must(
            EVP_CipherInit_ex2(master_.get(), aes_256_cbc(), key.data(), key.data(), sealing ? 1 : 0, nullptr)
                == 1,
            "AES key"
        );
        // Once is enough: a context keeps it, and its copies do.
        must(EVP_CIPHER_CTX_set_padding(master_.get(), 0) == 1, "padding off");
    }

    // Over whole blocks, without a padding of OpenSSL's; in and out may be the same.
    void run(const unsigned char* iv, const unsigned char* in, unsigned char* out, std::size_t size) const
    {
        auto context = spare_.take();
        if (!context) {
            context.reset(EVP_CIPHER_CTX_new());
            must(context && EVP_CIPHER_CTX_copy(context.get(), master_.get()) == 1, "copy of a context");
        }
        int written = 0;
        must(EVP_CipherInit_ex2(context.get(), nullptr, nullptr, iv, -1, nullptr) == 1, "AES start");
        must(EVP_CipherUpdate(context.get(), out, &written, in, static_cast<int>(size)) == 1, "AES");
        must(static_cast<std::size_t>(written) == size, "whole blocks");
        spare_.keep(std::move(context));
    }

private:
    Contexts::Owned master_;  // never worked with, only copied: that may any thread
    Contexts spare_;
};

}  // namespace

struct AesKey::Schedule {
    explicit Schedule(std::span<const unsigned char> key) : opening(key, false), sealing(key, true)
    {
        std::copy_n(key.begin(), iv.size(), iv.begin());
    }
    Schedule(const Schedule&) = delete;
    Schedule& operator=(const Schedule&) = delete;
    ~Schedule() { wipe(iv.data(), iv.size()); }  // half of the key; OpenSSL wipes its schedules itself

    Cipher opening;
    Cipher sealing;
    std::array<unsigned char, aes_block> iv = {};
};

AesKey::AesKey(std::shared_ptr<const Schedule> schedule) : schedule_(std::move(schedule)) {}

Result<AesKey> AesKey::from_encoding_aes_key(std::string_view text)
{
    if (text.size() != encoding_aes_key_size)
        return fail(errc::bad_aes_key, "it has " + std::to_string(text.size()) + " characters, not 43");
    std::string padded{text};
    padded += '=';
    auto decoded = from_base64(padded);
    wipe(padded.data(), padded.size());
    if (!decoded)
        return fail(errc::bad_aes_key, "a character that is not base64");
    auto key = std::move(decoded).value();
    if (key.size() != 32) {
        wipe(key.data(), key.size());
        return fail(errc::bad_aes_key, "a padding character");
    }
    auto schedule = std::make_shared<const Schedule>(key);
    wipe(key.data(), key.size());
    return AesKey{std::move(schedule)};
}

Result<std::string> open_envelope(std::string plain, const AesKey& key, std::string_view app_id)
{
    if (plain.empty() || plain.size() % aes_block != 0 || plain.size() > largest_envelope)
        return fail(errc::bad_ciphertext, std::to_string(plain.size()) + " bytes are no whole blocks");
    key.schedule().opening.run(key.schedule().iv.data(), bytes_of(plain), bytes_of(plain), plain.size());

    const auto padding = padding_of(plain);
    if (padding == 0)
        return fail(errc::bad_ciphertext, "padding");
    plain.resize(plain.size() - padding);
    if (plain.size() < head_size)
        return fail(errc::bad_ciphertext, "shorter than its head");
    const std::size_t length = big_endian(std::string_view{plain}.substr(random_size));
    if (length > plain.size() - head_size)
        return fail(errc::bad_ciphertext, "a length beyond the end");
    if (std::string_view{plain}.substr(head_size + length) != app_id)
        return fail(errc::wrong_app_id);
    plain.resize(head_size + length);
    plain.erase(0, head_size);
    return plain;
}

RandomBytes random_bytes()
{
    RandomBytes bytes{};
    must(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "random bytes");
    return bytes;
}

std::string
seal_envelope(std::string_view message, const AesKey& key, std::string_view app_id, const RandomBytes& random)
{
    const auto length = static_cast<std::uint32_t>(message.size());
    std::string plain;
    plain.reserve(head_size + message.size() + app_id.size() + pad_block);
    plain.append(reinterpret_cast<const char*>(random.data()), random.size());
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        plain += static_cast<char>((length >> shift) & 0xFFU);
    plain.append(message).append(app_id);
    const auto padding = pad_block - plain.size() % pad_block;
    plain.append(padding, static_cast<char>(padding));

    key.schedule().sealing.run(key.schedule().iv.data(), bytes_of(plain), bytes_of(plain), plain.size());
    return to_base64({bytes_of(plain), plain.size()});
}

}  // namespace wechat::codec
