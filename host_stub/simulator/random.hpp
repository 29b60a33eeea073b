/// The platform's made-up names: tokens, media ids, request ids, nonces. A seed makes them repeatable.
#pragma once

#include "codec/envelope.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace simulator {

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// Letters, digits, - and _, as in tokens and media ids.
    [[nodiscard]] std::string letters(std::size_t count)
    {
        return pick(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    }
    [[nodiscard]] std::string digits(std::size_t count) { return pick(count, "1234567890"); }
    [[nodiscard]] std::string hex(std::size_t count) { return pick(count, "0123456789abcdef"); }

    /// 8hex-8hex-8hex, at the end of every errmsg (wechat-protocol.md 4.0).
    [[nodiscard]] std::string rid() { return hex(8) + '-' + hex(8) + '-' + hex(8); }

    template <class List>
    void shuffle(List& list)
    {
        std::shuffle(list.begin(), list.end(), engine_);
    }

    [[nodiscard]] wechat::codec::RandomBytes bytes()
    {
        // The platform's own are hex digits (wechat-protocol.md 1.5).
        const auto text = hex(16);
        wechat::codec::RandomBytes bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<unsigned char>(text[i]);
        return bytes;
    }

private:
    std::string pick(std::size_t count, std::string_view alphabet)
    {
        std::uniform_int_distribution<std::size_t> index{0, alphabet.size() - 1};
        std::string text(count, '\0');
        for (auto& c : text)
            c = alphabet[index(engine_)];
        return text;
    }

    std::mt19937_64 engine_;
};

}  // namespace simulator
