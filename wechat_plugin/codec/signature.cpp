#include "codec/signature.hpp"

#include "codec/spare.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace wechat::codec {
namespace {

using Digest = std::array<unsigned char, 20>;
using Parts = std::initializer_list<std::string_view>;

// Fetched once: an implicit fetch for every signature costs as much as the SHA-1, and threads wait for each other.
class Sha1 {
public:
    Sha1() : algorithm_(EVP_MD_fetch(nullptr, "SHA1", nullptr)) { must(algorithm_ != nullptr, "fetch SHA1"); }
    Sha1(const Sha1&) = delete;
    Sha1& operator=(const Sha1&) = delete;
    ~Sha1() { EVP_MD_free(algorithm_); }

    [[nodiscard]] Digest of(const std::string_view* first, const std::string_view* last) const
    {
        auto context = spare_.take();
        if (!context)
            context.reset(EVP_MD_CTX_new());
        Digest digest{};
        must(context && EVP_DigestInit_ex2(context.get(), algorithm_, nullptr) == 1, "SHA1 init");
        for (; first != last; ++first)
            must(EVP_DigestUpdate(context.get(), first->data(), first->size()) == 1, "SHA1 update");
        must(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1, "SHA1 final");
        spare_.keep(std::move(context));
        return digest;
    }

private:
    EVP_MD* algorithm_;
    Spare<EVP_MD_CTX, &EVP_MD_CTX_free> spare_;
};

using Hex = std::array<char, 2 * std::tuple_size_v<Digest>>;

Hex hex_of(Parts parts)
{
    std::array<std::string_view, 8> sorted{};
    assert(parts.size() <= sorted.size());
    auto* end = sorted.begin();
    for (const auto part : parts) {
        auto* const place = std::upper_bound(sorted.begin(), end, part);
        std::move_backward(place, end, end + 1);
        *place = part;
        ++end;
    }

    static const Sha1 sha1;
    const auto digest = sha1.of(sorted.begin(), end);
    constexpr std::string_view digits = "0123456789abcdef";
    Hex hex{};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        hex[2 * i] = digits[digest[i] >> 4U];
        hex[2 * i + 1] = digits[digest[i] & 0xFU];
    }
    return hex;
}

}  // namespace

std::string signature_of(Parts parts)
{
    const auto hex = hex_of(parts);
    return {hex.begin(), hex.end()};
}

bool signature_matches(std::string_view signature, Parts parts)
{
    const auto hex = hex_of(parts);
    return signature.size() == hex.size() && CRYPTO_memcmp(signature.data(), hex.data(), hex.size()) == 0;
}

}  // namespace wechat::codec
