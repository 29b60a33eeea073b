/// A text that must not be seen: app secrets, access tokens, callback tokens.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace wechat {

/// Overwrites memory in a way that no compiler leaves out.
void wipe(void* bytes, std::size_t size) noexcept;

/// Holds a secret; prints as ***, and its memory is wiped when it goes.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(text) { wipe(text.data(), text.size()); }
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : text_(other.text_) { other.clear(); }
    Secret& operator=(const Secret& other)
    {
        if (this != &other) {
            clear();
            text_ = other.text_;
        }
        return *this;
    }
    Secret& operator=(Secret&& other) noexcept
    {
        if (this != &other) {
            clear();
            text_ = other.text_;
            other.clear();
        }
        return *this;
    }
    ~Secret() { clear(); }

    /// The secret itself, good as long as this object: for a request or a signature, never for a log.
    [[nodiscard]] std::string_view reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    bool operator==(const Secret&) const = default;

private:
    void clear() noexcept
    {
        wipe(text_.data(), text_.size());
        text_.clear();
    }

    std::string text_;
};

}  // namespace wechat
