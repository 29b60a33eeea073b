/// A document's leaves: what stands where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wechat::codec {

/// The text of every leaf by its path: "ScanCodeInfo.ScanResult", repeated siblings with [i], from 0. In the document's
/// order; equal are those with the same leaves in any order.
///
/// Texts are verbatim but for control characters. An array of one is no repetition: XML could not say so.
/// All texts stand in one string, and of a usual document that is the document itself: a map of strings took more time
/// than verifying and decrypting it (tests/bench: micro, parsing).
class Fields {
public:
    struct Leaf {
        std::string_view path = {};
        std::string_view text = {};
        bool operator==(const Leaf&) const = default;
    };

    Fields() = default;
    Fields(std::initializer_list<Leaf> leaves);
    /// Keeps a document whose leaves are then named by `found`.
    explicit Fields(std::string document) : bytes_(std::move(document)) {}
    [[nodiscard]] std::string_view document() const { return bytes_; }
    /// Gives the document back; what was found is void.
    [[nodiscard]] std::string take_document() && { return std::move(bytes_); }

    /// A leaf whose path and text are parts of `document()`, and whose path is new.
    void found(std::string_view path, std::string_view text);
    /// A copy of a leaf; a path that is there already gets the new text.
    void put(std::string_view path, std::string_view text);

    [[nodiscard]] std::optional<std::string_view> find(std::string_view path) const;
    /// Throws std::out_of_range where there is none.
    [[nodiscard]] std::string_view at(std::string_view path) const;
    [[nodiscard]] bool contains(std::string_view path) const { return find(path).has_value(); }

    [[nodiscard]] std::size_t size() const { return places_.size(); }
    [[nodiscard]] Leaf operator[](std::size_t number) const { return leaf_at(places_[number]); }
    bool operator==(const Fields& other) const;

    class Iterator {
    public:
        using value_type = Leaf;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        Iterator(const Fields& fields, std::size_t number) : fields_(&fields), number_(number) {}
        Leaf operator*() const { return (*fields_)[number_]; }
        Iterator& operator++()
        {
            ++number_;
            return *this;
        }
        void operator++(int) { ++number_; }
        bool operator==(const Iterator&) const = default;

    private:
        const Fields* fields_ = nullptr;
        std::size_t number_ = 0;
    };
    [[nodiscard]] Iterator begin() const { return {*this, 0}; }
    [[nodiscard]] Iterator end() const { return {*this, size()}; }

private:
    // Where path and text stand in bytes_: unlike views these outlive a move. A document has at most 256 KiB.
    struct Place {
        std::uint32_t path = 0, path_size = 0, text = 0, text_size = 0;
    };
    [[nodiscard]] Leaf leaf_at(const Place& place) const
    {
        return {{bytes_.data() + place.path, place.path_size}, {bytes_.data() + place.text, place.text_size}};
    }
    [[nodiscard]] const Place* place_of(std::string_view path) const;
    [[nodiscard]] std::uint32_t kept(std::string_view part);
    void reserve();

    std::string bytes_;
    std::vector<Place> places_;
};

}  // namespace wechat::codec
